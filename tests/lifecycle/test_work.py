"""Stories of the work on a case: questions, contact, notes and replies."""

from datetime import timedelta

from dandang.lifecycle.intake.rules import Contact
from dandang.lifecycle.states import State
from dandang.terms import Actor, Code
from tests import town
from tests.lifecycle.story import MRS_LIU, Story, refused

QUESTION = {"missing": "The house number", "text": "Which house is it?"}


def at_work(**more: object) -> Story:
    """Cao Lei accepted a matter of the city's appearance."""
    return Story().opens("city_appearance", **more).does("accept", town.CAO_LEI)


def test_a_question_pauses_the_units_clock_and_never_the_total_clock() -> None:
    story = at_work()
    total = story.case.total
    story.does("ask", town.CAO_LEI, **QUESTION)
    assert story.case.state is State.WAITING_REQUESTER
    assert story.case.clocks["resolution"].paused
    assert story.case.clocks["total"] == total


def test_an_answer_gives_the_unit_back_exactly_the_working_time_it_waited() -> None:
    story = at_work()
    due = story.case.clocks["resolution"].at
    story.does("ask", town.CAO_LEI, **QUESTION).after(days=1)
    story.does("answer", MRS_LIU, text="Number 9")
    resumed = story.case.clocks["resolution"]
    assert story.case.state is State.IN_PROGRESS
    assert not resumed.paused
    waited = town.calendar().working_time_between(story.now - timedelta(days=1), story.now)
    assert town.calendar().working_time_between(due, resumed.at) == waited
    assert story.case.waited_minutes == waited // timedelta(minutes=1)


def test_two_questions_and_three_working_days_are_the_limit() -> None:
    story = at_work()
    for _ in range(2):
        story.does("ask", town.CAO_LEI, **QUESTION).after(hours=1)
        story.does("answer", MRS_LIU, text="Number 9")
    refused(Code.TOO_MANY_QUESTIONS, story, "ask", town.CAO_LEI, **QUESTION)


def test_when_the_time_for_questions_is_spent_the_unit_goes_on_without_an_answer() -> None:
    story = at_work().does("ask", town.CAO_LEI, **QUESTION)
    story.after(days=1)
    refused(Code.QUESTION_TIME_OPEN, story, "resume", town.CAO_LEI)
    story.after(days=7).does("resume", town.CAO_LEI)
    assert story.case.state is State.IN_PROGRESS
    refused(Code.QUESTION_TIME_SPENT, story, "ask", town.CAO_LEI, **QUESTION)
    refused(Code.WRONG_STATE, story, "resume", town.CAO_LEI)


def test_nobody_is_asked_who_left_no_contact() -> None:
    story = at_work(contact=Contact())
    refused(Code.NO_CONTACT_LEFT, story, "ask", town.CAO_LEI, **QUESTION)


def test_the_first_contact_stops_the_clock_of_the_first_response_for_good() -> None:
    story = at_work()
    assert "first_response" in story.case.clocks
    story.does("contacted", town.CAO_LEI, how="phone", text="She will wait")
    first = story.case.first_response_at
    assert "first_response" not in story.case.clocks
    story.after(hours=1).does("reply", town.CAO_LEI, text="Cleaned on Friday")
    assert story.case.first_response_at == first


def test_a_proposal_says_something_and_counts_as_a_response() -> None:
    story = at_work().does("propose", town.CAO_LEI, outcome="resolved", text="It is clean")
    assert "first_response" not in story.case.clocks
    assert story.case.first_response_at == story.now


def test_a_note_answers_nobody_and_is_no_first_action() -> None:
    story = Story().opens("city_appearance")
    story.does("note", town.CAO_LEI, text="Waiting for the van", internal=True)
    assert {"first_response", "return_window"} <= story.case.clocks.keys()
    assert story.case.acted_at is None


def test_a_requesters_own_note_is_never_internal() -> None:
    story = at_work().does("note", MRS_LIU, text="It smells", internal=True)
    assert story.records[-1].event.to_fields()["internal"] is False


def test_only_the_holder_works_on_the_case() -> None:
    story = at_work()
    refused(Code.NOT_PERMITTED, story, "reply", town.LI_NA, text="Hello")
    refused(Code.NOT_THE_HOLDER, story, "ask", town.LI_NA, **QUESTION)
    refused(Code.NOT_PERMITTED, story, "reply", Actor.requester(7), text="Hello")


def test_fields_are_checked_before_anything_else_happens() -> None:
    story = at_work()
    refused(Code.FIELD_REQUIRED, story, "reply", town.CAO_LEI, text="   ")
    refused(Code.FIELD_UNKNOWN, story, "reply", town.CAO_LEI, text="Hi", to="her")
    refused(Code.TEXT_TOO_LONG, story, "reply", town.CAO_LEI, text="x" * 10_001)
    refused(Code.TEXT_UNUSABLE, story, "reply", town.CAO_LEI, text="a\x00b")
    refused(Code.TEXT_UNUSABLE, story, "reply", town.CAO_LEI, text="a\ud800b")
    refused(Code.VALUE_INVALID, story, "contacted", town.CAO_LEI, how="telepathy", text="We spoke")

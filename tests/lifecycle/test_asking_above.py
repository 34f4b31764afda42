"""Stories of a requester who asks the office above to act, after a deadline was missed."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.casework.rules.missed import (
    may_ask_above,
    missed_deadlines,
    shown_to_requesters,
)
from dandang.lifecycle.casework.rules.particulars import Call
from dandang.lifecycle.escalation.events import BY_REQUESTER, ActedOnCall, EscalationAsked
from dandang.lifecycle.escalation.rules.asking import AskEscalation, ask_escalation
from dandang.lifecycle.states import State
from dandang.policy import ClockName
from dandang.terms import Actor, Code
from tests import town
from tests.lifecycle.lateness import (
    A_WEEK_ON,
    DAY,
    REPAIRED,
    TOLD,
    at_work,
    called,
    rubbish,
    told,
)
from tests.lifecycle.story import MRS_LIU, Story, refused

MR_ZHOU = Actor.requester(2)
SOON = timedelta(days=1)
REVIEWED = {"reason": "final_review_given", "review_number": "2025-3", "text": "It was reviewed"}


def answers(story: Story) -> list[ActedOnCall]:
    return [one.event for one in story.records if isinstance(one.event, ActedOnCall)]


def test_before_a_deadline_is_missed_nobody_can_be_asked() -> None:
    story = at_work()
    assert not may_ask_above(story.facts(MRS_LIU))
    refused(Code.NO_DEADLINE_MISSED, story, "ask-escalation", MRS_LIU)


def test_where_nobody_is_called_the_first_above_the_holder_is() -> None:
    story = Story().opens("water_supply").does("accept", town.LI_NA).after(hours=3)
    assert [due.clock for due in missed_deadlines(story.case, story.now)] == ["first_response"]
    story.does("ask-escalation", MRS_LIU, text="Nobody has called me")
    assert called(story) == [(BY_REQUESTER, "water-head")]
    (call,) = story.case.calls
    assert story.now < call.due_at == story.case.clocks[ClockName.CALL].at
    asked = story.records[-2].event
    assert asked == EscalationAsked(1, ("first_response",), "Nobody has called me")
    assert story.replayed() == story.case


def test_the_next_above_whoever_is_called_already_is_called_and_nobody_twice() -> None:
    story = at_work().lets_time_run(A_WEEK_ON)
    assert called(story) == [("blue", "supervision-desk")]
    story.does("ask-escalation", MRS_LIU)
    assert called(story) == [("blue", "supervision-desk"), (BY_REQUESTER, "mayor")]
    assert story.replayed() == story.case


def test_it_is_asked_once_for_each_missed_deadline() -> None:
    story = at_work().lets_time_run(A_WEEK_ON)
    story.does("ask-escalation", MRS_LIU)
    assert not may_ask_above(story.facts(MRS_LIU))
    refused(Code.ALREADY_ASKED, story, "ask-escalation", MRS_LIU)
    # A call that nobody answers is a missed deadline, too.
    story.after(days=2)
    assert may_ask_above(story.facts(MRS_LIU))
    story.does("ask-escalation", MRS_LIU)
    assert [one.clock for one in story.case.asked_above][-1] == "call"


def test_several_requesters_have_one_question_between_them() -> None:
    story = at_work().does("attach", MRS_LIU, text="Here too").lets_time_run(A_WEEK_ON)
    story.does("ask-escalation", MR_ZHOU)
    refused(Code.ALREADY_ASKED, story, "ask-escalation", MRS_LIU)
    assert {one.request for one in story.case.asked_above} == {2}


def test_where_the_top_is_called_already_nobody_else_is() -> None:
    story = rubbish().lets_time_run(town.MONDAY + timedelta(hours=9))
    assert called(story) == [("accept", "supervision-desk"), ("accept", "mayor")]
    story.does("ask-escalation", MRS_LIU)
    assert story.names[-1] == "escalation_asked"
    assert [post for _, post in called(story)] == ["supervision-desk", "mayor"]
    assert story.case.listed_at is None


def test_where_the_top_stayed_silent_the_matter_is_on_the_leaders_list_once() -> None:
    story = rubbish().lets_time_run(town.MONDAY + 3 * DAY)
    assert story.case.listed_at is not None
    story.does("ask-escalation", MRS_LIU)
    assert story.names[-1] == "escalation_asked"
    assert told(story, "escalated").count("leaders_list") == 1


def test_where_nobody_can_be_called_it_is_on_the_leaders_list() -> None:
    story = at_work().after(days=8)
    story.does("name-subject", town.ZHAO_MIN, unit="qingshan", text="About them")
    facts = story.facts(MRS_LIU)
    nobody = replace(facts, case=facts.case.changed(conflicts=tuple(facts.directory.officers)))
    names = [one.type_name() for one in ask_escalation(nobody, AskEscalation())]
    assert names == ["escalation_asked", "escalated"]


def test_a_call_for_a_sponsor_stands_in_nobodys_way() -> None:
    story = at_work().lets_time_run(A_WEEK_ON)
    (call,) = story.case.calls
    sponsor = replace(call, answers="named_sponsor,took_over", post="mayor", target="leader")
    facts = story.facts(MRS_LIU)
    facts = replace(facts, case=facts.case.changed(calls=(call, sponsor)))
    assert ask_escalation(facts, AskEscalation())[-1].called_post == "mayor"


def test_while_requesters_are_asked_themselves_there_is_nothing_to_ask() -> None:
    story = at_work().lets_time_run(A_WEEK_ON).does("propose", town.CAO_LEI, **REPAIRED)
    assert not may_ask_above(story.facts(MRS_LIU))
    refused(Code.WRONG_STATE, story, "ask-escalation", MRS_LIU)


def test_their_own_time_to_answer_is_no_deadline_of_the_office() -> None:
    story = at_work().does("ask", town.CAO_LEI, missing="The lane", text="Which lane?")
    story.after(days=4)
    assert story.case.clocks[ClockName.QUESTION].at < story.now
    refused(Code.NO_DEADLINE_MISSED, story, "ask-escalation", MRS_LIU)


def test_no_officer_asks_in_their_place() -> None:
    story = at_work().lets_time_run(A_WEEK_ON)
    refused(Code.NOT_THE_REQUESTER, story, "ask-escalation", town.CAO_LEI)


def test_the_call_is_answered_like_any_other_and_the_answer_says_that_it_was_asked_for() -> None:
    story = at_work().lets_time_run(A_WEEK_ON).does("ask-escalation", MRS_LIU)
    story.does("act-on-call", town.CHEN_HUI, **TOLD, due_at=story.now + SOON)
    assert called(story) == [(BY_REQUESTER, "mayor")]
    assert answers(story)[-1].asked_for is None
    assert story.replayed() == story.case


def test_whoever_acts_higher_up_answers_the_requester_too() -> None:
    story = Story().opens("water_supply").does("accept", town.LI_NA).after(days=2)
    story.does("ask-escalation", MRS_LIU).lets_time_run(story.now + 2 * DAY)
    assert [post for _, post in called(story)][-1] != "water-head"
    story.does("act-on-call", town.CHEN_HUI, **TOLD, due_at=story.now + SOON)
    assert answers(story)[-1].asked_for
    assert BY_REQUESTER not in {step for step, _ in called(story)}


def test_a_decision_answers_it_as_well() -> None:
    story = at_work().lets_time_run(A_WEEK_ON).does("ask-escalation", MRS_LIU)
    assert (BY_REQUESTER, "mayor") in called(story)
    story.does("conclude", town.MA_LIN, **REVIEWED, reviewed_at=town.MONDAY - 90 * DAY)
    assert answers(story)[-1].asked_for
    assert story.replayed() == story.case


def test_requesters_see_their_own_objection_and_no_officers() -> None:
    story = at_work().does("object", town.CAO_LEI, to_post="supervision-desk", text="Not ours")
    shown = [due.clock for due in shown_to_requesters(story.case)]
    assert ClockName.OBJECTION_ANSWER in story.case.clocks
    assert ClockName.OBJECTION_ANSWER not in shown
    own = tuple(replace(one, by_requester=True) for one in story.case.objections)
    case = story.case.changed(objections=own)
    assert ClockName.OBJECTION_ANSWER in [due.clock for due in shown_to_requesters(case)]


def test_after_the_matter_came_back_one_can_ask_anew() -> None:
    story = at_work().lets_time_run(A_WEEK_ON).does("ask-escalation", MRS_LIU)
    story.does("propose", town.CAO_LEI, **REPAIRED).does("judge", MRS_LIU, verdict="solved")
    assert story.case.asked_above == ()
    story.after(days=1).does("judge", MRS_LIU, verdict="no", text="It is back")
    assert story.case.state is State.IN_PROGRESS
    assert may_ask_above(story.facts(MRS_LIU))


@given(st.lists(st.integers(1, 100), min_size=1, max_size=8))
def test_however_often_it_is_asked_nobody_is_called_twice_and_calls_only_rise(
    hours: list[int],
) -> None:
    story = at_work().lets_time_run(A_WEEK_ON)
    for span in hours:
        story.lets_time_run(story.now + timedelta(hours=span))
        if may_ask_above(story.facts(MRS_LIU)):
            before: tuple[Call, ...] = story.case.calls
            story.does("ask-escalation", MRS_LIU)
            new = [one for one in story.case.calls if one not in before]
            assert not {one.post for one in new} & {one.post for one in before if not one.kind}
    general = [one.post for one in story.case.calls if not one.kind]
    assert len(general) == len(set(general))
    assert story.replayed() == story.case

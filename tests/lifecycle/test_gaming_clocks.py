"""How units, heads and leaders try to silence a clock or a call, and why it gets them nowhere.

Each story is one way. Somebody tries it; somebody above is called all the same.
"""

from dataclasses import replace
from datetime import timedelta

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.escalation.rules.above import above
from dandang.lifecycle.states import State
from dandang.organization.directory import Directory
from dandang.organization.entries import Appointment
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


def overdue() -> Story:
    """An ordinary matter long overdue: the whole chain was called and is silent."""
    return at_work().lets_time_run(A_WEEK_ON + 20 * DAY)


class TestEndingAndComingBack:
    def test_a_fake_end_does_not_wipe_the_calls_away(self) -> None:
        story = overdue()
        assert {"supervision-desk", "mayor"} <= {post for _, post in called(story)}
        story.does("propose", town.CAO_LEI, **REPAIRED).lets_time_run(story.now + 20 * DAY)
        assert story.case.state is State.UNANSWERED
        assert story.case.calls == ()
        story.does("reopen", MRS_LIU, text="Nothing was done").lets_time_run(story.now)
        assert "mayor" in {post for _, post in called(story)}
        assert story.case.published_at is not None
        assert story.replayed() == story.case

    def test_joining_a_case_and_parting_it_again_does_not_wipe_the_calls_away(self) -> None:
        story = overdue()
        other = story.another().opens("city_appearance")
        story.does("merge", town.ZHAO_MIN, into=other.tag, text="The same")
        story.after(hours=1).does("unmerge", town.ZHAO_MIN, text="Not the same")
        story.lets_time_run(story.now)
        assert "mayor" in {post for _, post in called(story)}
        assert story.replayed() == story.case

    def test_what_was_ordered_is_followed_when_the_case_comes_back(self) -> None:
        story = at_work().lets_time_run(A_WEEK_ON)
        until = A_WEEK_ON + DAY
        story.does("act-on-call", town.CHEN_HUI, due_at=until, **TOLD)
        story.does("propose", town.CAO_LEI, **REPAIRED).does("judge", MRS_LIU, verdict="solved")
        story.after(days=2).does("reopen", MRS_LIU, text="It was not").lets_time_run(story.now)
        assert ("instruction", "mayor") in called(story)


class TestOrdersOverOrders:
    def test_a_lower_one_cannot_put_off_what_a_higher_one_ordered(self) -> None:
        story = Story().opens("water_supply").does("accept", town.LI_NA)
        story.does("contacted", town.LI_NA, how="phone", text="Called")
        story.lets_time_run(story.case.total.at + 2 * DAY)
        soon = story.now + 6 * DAY
        story.does("act-on-call", town.MA_LIN, act="decided", text="By then", due_at=soon)
        story.does("request-assist", town.LI_NA, of_post="labour-duty", text="Hands")
        story.lets_time_run(story.case.assists[0].due_at)
        assert called(story) == [("assistance", "water-head")]
        later = soon + timedelta(hours=12)
        story.does("act-on-call", town.SUN_TAO, act="decided", text="Later", due_at=later)
        assert (story.case.instruction.post, story.case.instruction.due_at) == ("mayor", soon)
        story.lets_time_run(soon)
        assert ("instruction", "mayor") in called(story)
        assert story.replayed() == story.case


class TestBeingKeptOutAfterwards:
    def test_a_conflict_declared_after_the_call_only_brings_the_next_above(self) -> None:
        story = at_work().lets_time_run(A_WEEK_ON)
        story.does("declare-conflict", town.CHEN_HUI, text="My brother lives there")
        story.lets_time_run(story.case.calls[0].due_at)
        assert ("blue", "mayor") in called(story)

    def test_a_complaint_about_the_unit_that_was_called_takes_the_answer_out_of_its_hands(
        self,
    ) -> None:
        story = at_work().lets_time_run(A_WEEK_ON)
        story.does("name-subject", town.ZHAO_MIN, unit="supervision", text="They sit on it")
        act = {"act": "decided", "text": "Later", "due_at": story.now + DAY}
        refused(Code.NOT_PERMITTED, story, "act-on-call", town.CHEN_HUI, **act)
        story.lets_time_run(story.case.calls[0].due_at)
        assert ("blue", "mayor") in called(story)


class TestMovingTheCase:
    def test_a_head_to_whom_the_case_is_handed_does_not_end_the_call_by_deciding_for_ever(
        self,
    ) -> None:
        story = Story().opens("water_supply").does("accept", town.LI_NA)
        story.does("contacted", town.LI_NA, how="phone", text="Called")
        story.lets_time_run(story.case.total.at)
        why = {"reason": "not_our_duty", "text": "The head's", "basis": "Duty list 9"}
        story.does("hand-over", town.LI_NA, to_post="water-head", **why)
        assert called(story) == [("blue", "water-head")]
        until = story.now + timedelta(hours=5)
        story.does("act-on-call", town.SUN_TAO, act="decided", text="Wait", due_at=until)
        story.lets_time_run(until)
        assert ("instruction", "supervision-desk") in called(story)

    def test_an_answer_expected_from_another_body_in_ten_years_keeps_nobody_from_the_top(
        self,
    ) -> None:
        story = at_work()
        ten_years = {"asked_at": story.now, "expected_at": story.now + 3650 * DAY}
        story.does("ask-other", town.CAO_LEI, body="The railway", text="When?", **ten_years)
        story.lets_time_run(story.now + 30 * DAY)
        assert {"supervision-desk", "mayor"} <= {post for _, post in called(story)}
        assert story.case.listed_at is not None


class TestManyAtOnce:
    def test_of_calls_that_end_together_each_goes_up_by_itself(self) -> None:
        story = rubbish().does("accept", town.CAO_LEI)
        story.lets_time_run(town.MONDAY + timedelta(days=60, minutes=1))
        (sponsor,) = [one for one in story.case.calls if one.step == "sponsor"]
        other = replace(sponsor, seq=1, step="orange", answers="took_over,instructed,decided")
        story.case = story.case.changed(calls=(other, sponsor), listed_at=None)
        story.lets_time_run(sponsor.due_at)
        assert {one for one in called(story) if one[1] == "mayor"} == {
            ("orange", "mayor"),
            ("sponsor", "mayor"),
        }
        before = told(story, "escalated").count("leaders_list")
        story.lets_time_run(sponsor.due_at + 5 * DAY)
        assert told(story, "escalated").count("leaders_list") == before + 1
        assert story.case.listed_at is not None


class TestDecidingWithoutDeciding:
    def test_letting_the_clock_of_the_unit_stand_still_answers_no_call(self) -> None:
        story = Story().opens("water_supply").does("accept", town.LI_NA)
        story.does("contacted", town.LI_NA, how="phone", text="Called")
        story.lets_time_run(story.case.total.at)
        assert ("blue", "water-head") in called(story)
        story.does(
            "pause",
            town.SUN_TAO,
            reason="bad_weather",
            condition="The warning is lifted",
            check_at=story.now + timedelta(hours=3),
            text="Storm",
        )
        assert ("blue", "water-head") in called(story)

    def test_a_decision_about_an_overdue_case_that_names_no_date_is_followed_all_the_same(
        self,
    ) -> None:
        story = overdue().does("propose", town.CAO_LEI, **REPAIRED)
        story.does("reject-proposal", town.CHEN_HUI, reason="work_not_done", text="It lies there")
        until = story.case.instruction.due_at
        assert until > story.now
        story.does("act-on-call", town.MA_LIN, act="decided", text="Soon", due_at=until)
        assert called(story) == []
        for _ in range(3):
            story.does("reply", town.CAO_LEI, text="Soon").lets_time_run(story.now + 3 * DAY)
        assert ("instruction", "mayor") in called(story)
        assert story.replayed() == story.case

    def test_who_refuses_a_result_again_and_again_is_asked_about_the_case_again(self) -> None:
        story = at_work().lets_time_run(A_WEEK_ON)
        story.does("propose", town.CAO_LEI, **REPAIRED)
        story.does("reject-proposal", town.CHEN_HUI, reason="work_not_done", text="It lies there")
        assert called(story) == []
        for _ in range(3):
            story.does("reply", town.CAO_LEI, text="Soon").lets_time_run(story.now + 3 * DAY)
        assert story.case.clocks[ClockName.INSTRUCTION].missed
        assert "mayor" in {post for _, post in called(story)}

    def test_more_time_that_was_granted_needs_no_other_date(self) -> None:
        granted = at_work()
        why = {"reason": "construction_time", "condition": "The bins are there", "text": "Late"}
        granted.does("ask-extension", town.CAO_LEI, working_days=5, **why)
        granted.lets_time_run(A_WEEK_ON)
        assert ("blue", "supervision-desk") in called(granted)
        granted.does("decide-extension", town.CHEN_HUI, decision="granted", text="Yes")
        assert called(granted) == []
        assert granted.case.instruction is None

    def test_answering_an_objection_of_a_colleague_answers_no_call_about_the_matter(self) -> None:
        story = at_work().lets_time_run(A_WEEK_ON)
        story.does("object", town.CAO_LEI, to_post="supervision-desk", text="The date is wrong")
        story.does(
            "answer-objection", town.CHEN_HUI, objection_seq=story.case.seq, text="It is not"
        )
        assert ("blue", "supervision-desk") in called(story)

    def test_an_end_does_not_silence_who_was_called_about_an_objection(self) -> None:
        story = rubbish().does("accept", town.CAO_LEI)
        story.does("object", town.CAO_LEI, to_post="supervision-desk", text="The date is wrong")
        story.does("contacted", town.CAO_LEI, how="phone", text="Called")
        seq = story.case.objections[0].seq
        story.lets_time_run(story.case.clocks[ClockName.OBJECTION_ANSWER].at)
        assert ("objection_answer", "mayor") in called(story)
        story.does("withdraw", MRS_LIU)
        assert called(story) == [("objection_answer", "mayor")]
        story.does("answer-objection", town.CHEN_HUI, objection_seq=seq, text="It is right")
        assert called(story) == []
        assert story.replayed() == story.case


class TestCallingOneself:
    def test_who_holds_the_case_and_heads_the_unit_is_not_called_upon_about_it(self) -> None:
        story = Story().opens("water_supply")
        facts = with_appointment(story.facts(Actor.system()), town.LI_NA, "water-head")
        assert town.LI_NA not in {one.officer.code for one in above(facts)}


def with_appointment(facts: Facts, officer: str, post: str) -> Facts:
    register = facts.directory.organization
    others = tuple(one for one in register.appointments if one.post != post)
    head = Appointment(officer, post, town.MONDAY.date(), None)
    directory = Directory(replace(register, appointments=(*others, head)))
    return replace(facts, directory=directory)

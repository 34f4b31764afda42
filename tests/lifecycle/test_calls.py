"""Stories of time that runs out: who is reminded, who is called, and the top."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.escalation.rules.above import above, callee, next_above
from dandang.lifecycle.escalation.rules.firing import fire
from dandang.lifecycle.states import State
from dandang.policy import CallTarget, ClockName
from dandang.terms import Actor, Code, Due, Refusal
from tests import town
from tests.lifecycle.lateness import (
    A_WEEK_ON,
    DAY,
    REPAIRED,
    TUESDAY,
    at_work,
    called,
    rubbish,
    told,
)
from tests.lifecycle.story import MRS_LIU, Story


def test_who_does_not_accept_in_time_has_the_next_above_called_by_name() -> None:
    story = rubbish().lets_time_run(town.MONDAY + timedelta(hours=5))
    assert story.names[-2:] == ["deadline_missed", "called_upon"]
    (call,) = story.case.calls
    assert (call.officer, call.post, call.step) == (town.CHEN_HUI, "supervision-desk", "accept")
    assert call.due_at == datetime(2026, 10, 12, 10, tzinfo=UTC)
    assert story.replayed() == story.case


def test_a_call_about_something_done_late_is_over_when_it_is_done() -> None:
    story = rubbish().lets_time_run(town.MONDAY + timedelta(hours=5))
    story.does("accept", town.CAO_LEI)
    assert story.case.calls == ()
    assert ClockName.CALL not in story.case.clocks
    assert story.replayed() == story.case


def test_silence_of_the_one_who_was_called_calls_the_next_and_then_it_is_on_the_list() -> None:
    story = rubbish().lets_time_run(town.MONDAY + timedelta(hours=9))
    assert called(story) == [("accept", "supervision-desk"), ("accept", "mayor")]
    assert [one.missed for one in story.case.calls] == [True, False]
    story.lets_time_run(TUESDAY + timedelta(hours=5))
    assert story.case.listed_at == datetime(2026, 10, 13, 6, tzinfo=UTC)
    assert told(story, "escalated") == ["leaders_list"]
    assert story.replayed() == story.case


def test_two_at_one_level_are_called_one_after_the_other() -> None:
    story = Story().opens("water_supply")
    story.does("name-sponsor", town.CHEN_HUI, to_post="housing-duty")
    story.does("accept", town.LI_NA).does("contacted", town.LI_NA, how="phone", text="Called")
    story.lets_time_run(story.case.total.at)
    assert called(story) == [("blue", "housing-duty")]
    story.lets_time_run(story.case.calls[0].due_at)
    assert called(story) == [("blue", "housing-duty"), ("blue", "water-head")]
    assert [one.target for one in story.case.calls] == ["unit_head", "unit_head"]


def test_when_time_runs_short_the_holder_is_reminded_and_when_it_is_out_somebody_is_called() -> (
    None
):
    story = at_work()
    story.lets_time_run(A_WEEK_ON - timedelta(hours=1))
    assert told(story, "reminded") == ["near"]
    assert story.case.calls == ()
    story.lets_time_run(A_WEEK_ON)
    assert story.case.total.missed
    assert called(story) == [("blue", "supervision-desk")]
    assert told(story, "deadline_missed") == ["None", "None"]
    story.lets_time_run(A_WEEK_ON + 40 * DAY)
    assert story.case.published_at is not None
    assert {"blue", "orange", "red"} <= set(told(story, "called_upon"))
    assert story.replayed() == story.case


def test_while_the_requester_is_asked_nobody_is_called_and_a_no_lets_the_call_run_on() -> None:
    story = at_work().lets_time_run(A_WEEK_ON)
    story.does("propose", town.CAO_LEI, **REPAIRED)
    assert {ClockName.CALL, ClockName.LADDER}.isdisjoint(story.case.clocks)
    story.lets_time_run(A_WEEK_ON + DAY).does("judge", MRS_LIU, verdict="no", text="Still there")
    story.lets_time_run(A_WEEK_ON + DAY)
    assert ("blue", "mayor") in called(story)
    assert story.replayed() == story.case


def test_a_case_that_ends_calls_nobody_any_more() -> None:
    story = at_work().lets_time_run(A_WEEK_ON)
    story.does("propose", town.CAO_LEI, **REPAIRED).does("judge", MRS_LIU, verdict="solved")
    assert story.case.calls == ()
    assert story.case.clocks.keys() == {ClockName.LOOK_BACK}
    story.lets_time_run(A_WEEK_ON + 90 * DAY)
    assert story.case.state is State.SOLVED


def test_a_case_reopened_after_its_time_is_not_missed_twice() -> None:
    story = at_work().lets_time_run(A_WEEK_ON)
    story.does("propose", town.CAO_LEI, **REPAIRED).does("judge", MRS_LIU, verdict="solved")
    story.after(days=1).does("judge", MRS_LIU, verdict="no", text="It is back")
    assert story.case.total.missed
    story.lets_time_run(story.now)
    missed = [
        record.event.to_fields()["clock"]
        for record in story.records
        if record.event.type_name() == "deadline_missed"
    ]
    assert missed.count("total") == 1
    assert story.replayed() == story.case


def test_a_question_whose_time_is_spent_lets_the_work_go_on_by_itself() -> None:
    story = rubbish().does("accept", town.CAO_LEI)
    story.does("ask", town.CAO_LEI, missing="The house number", text="Which house is it?")
    assert story.case.state is State.WAITING_REQUESTER
    story.lets_time_run(town.MONDAY + 4 * DAY)
    assert story.case.state is State.IN_PROGRESS
    assert ClockName.QUESTION not in story.case.clocks
    assert story.replayed() == story.case


def test_a_pause_that_nobody_checks_ends_when_its_check_is_due() -> None:
    story = Story().opens("water_supply").does("accept", town.LI_NA)
    story.does(
        "pause",
        town.SUN_TAO,
        reason="bad_weather",
        condition="The warning is lifted",
        check_at=town.MONDAY + timedelta(hours=3),
        text="Storm",
    )
    step = story.case.clocks[ClockName.RESOLUTION]
    assert step.paused
    story.lets_time_run(town.MONDAY + timedelta(hours=3))
    assert story.case.pause is None
    assert story.case.clocks[ClockName.RESOLUTION].at >= step.at


def test_a_promise_that_passes_is_broken_and_the_head_is_called() -> None:
    story = Story().opens("water_supply").does("accept", town.LI_NA)
    story.does("promise", town.LI_NA, promised_for=town.MONDAY + timedelta(hours=1), text="Soon")
    story.lets_time_run(town.MONDAY + timedelta(hours=1))
    assert "promise_broken" in story.names
    assert story.case.promised_for is None
    assert ("promise", "water-head") in called(story)
    assert story.replayed() == story.case


def test_the_requester_is_reminded_once_before_silence_ends_the_case() -> None:
    story = rubbish().does("accept", town.CAO_LEI).does("propose", town.CAO_LEI, **REPAIRED)
    story.lets_time_run(town.MONDAY + 30 * DAY)
    assert story.case.state is State.UNANSWERED
    assert told(story, "reminded") == ["judgement"]


def test_of_two_who_help_each_is_late_at_a_time_of_its_own() -> None:
    story = rubbish().does("accept", town.CAO_LEI)
    story.does("request-assist", town.CAO_LEI, of_post="water-duty", text="The drain")
    story.after(days=1).does("request-assist", town.CAO_LEI, of_post="labour-duty", text="Hands")
    story.lets_time_run(town.MONDAY + 5 * DAY)
    missed = [
        record.event.to_fields()["due_at"]
        for record in story.records
        if record.event.to_fields().get("clock") == "assistance"
        and record.event.type_name() == "deadline_missed"
    ]
    assert len(missed) == len(set(missed)) == 2
    assert story.replayed() == story.case


def test_many_hands_and_a_long_silence_are_steps_of_the_ladder_too() -> None:
    story = rubbish().does("accept", town.CAO_LEI)
    story.case = replace(story.case, hand_overs=3, refusals=2)
    story.after(hours=1).does("reply", town.CAO_LEI, text="Nothing new").lets_time_run(story.now)
    assert set(told(story, "called_upon")) | set(told(story, "escalated")) >= {"bounced"}
    steps = {one.split()[0] for one in story.case.stepped}
    assert {"bounced", "refused_twice"} <= steps
    quiet = at_work()
    quiet.lets_time_run(A_WEEK_ON + DAY)
    assert any(one.startswith("quiet ") for one in quiet.case.stepped)
    before = quiet.case.stepped
    quiet.does("contacted", town.CAO_LEI, how="phone", text="Again").lets_time_run(
        quiet.now + 8 * DAY
    )
    assert [one for one in quiet.case.stepped if one.startswith("quiet ")] != [
        one for one in before if one.startswith("quiet ")
    ]


def test_a_clock_that_is_not_due_does_not_fire() -> None:
    story = rubbish()
    facts = story.facts(Actor.system())
    with pytest.raises(Refusal) as early:
        fire(facts, story.case.clocks[ClockName.ACCEPT])
    assert early.value.code is Code.CLOCK_NOT_DUE
    with pytest.raises(Refusal):
        fire(facts, Due("promise", story.now))


def test_where_nobody_is_above_a_case_goes_on_the_list_at_once() -> None:
    story = Story().opens("city_appearance", subject_units=("supervision", "government"))
    story.lets_time_run(A_WEEK_ON + 30 * DAY)
    assert story.case.listed_at is not None
    facts = story.facts(Actor.system())
    assert next_above(facts, "mayor", CallTarget.LEADER) is None
    assert story.replayed() == story.case


def test_a_target_that_is_empty_is_answered_for_by_the_next_above() -> None:
    facts = rubbish().facts(Actor.system())
    assert callee(facts, CallTarget.OFFICER).post.code == "cityman-duty"
    assert callee(facts, CallTarget.UNIT_HEAD).post.code == "supervision-desk"
    assert callee(facts, CallTarget.LEADER).post.code == "mayor"
    lone = replace(
        facts, case=replace(facts.case, holder="sites-duty", holder_unit="housing-sites")
    )
    assert callee(lone, CallTarget.OFFICER).post.code == "supervision-desk"
    assert next_above(facts, "water-head", CallTarget.UNIT_HEAD).post.code == "supervision-desk"


@given(
    category=st.sampled_from(["city_appearance", "water_supply", "enquiries", "staff_conduct"]),
    accepts=st.booleans(),
    about=st.sampled_from([(), ("water",), ("supervision",)]),
)
def test_when_all_are_silent_the_top_is_always_reached(
    *, category: str, accepts: bool, about: tuple[str, ...]
) -> None:
    story = Story().opens(category, subject_units=about)
    holder = {"cityman-duty": town.CAO_LEI, "water-duty": town.LI_NA}.get(story.case.holder)
    if accepts and holder is not None:
        story.does("accept", holder)
    story.lets_time_run(town.MONDAY + 120 * DAY)
    assert story.case.is_open
    assert story.case.total.missed
    assert story.case.listed_at is not None
    assert "called_upon" in story.names
    assert story.replayed() == story.case


def test_where_everybody_is_complained_about_nobody_can_be_called() -> None:
    story = rubbish()
    everybody = ("government", "hotline", "supervision")
    story.case = replace(story.case, subject_units=everybody)
    assert above(story.facts(Actor.system())) == []
    story.lets_time_run(A_WEEK_ON)
    assert story.case.listed_at is not None
    assert story.case.calls == ()


def test_what_an_extension_rests_on_is_checked_outside_the_unit_when_it_would_have_been_due() -> (
    None
):
    story = at_work()
    story.does(
        "ask-extension",
        town.CAO_LEI,
        reason="construction_time",
        working_days=3,
        condition="The new bins are there",
        text="They are ordered",
    )
    story.does("decide-extension", town.CHEN_HUI, decision="granted", text="Until Thursday")
    assert story.case.clocks[ClockName.CONDITION].at == A_WEEK_ON
    story.lets_time_run(A_WEEK_ON)
    assert ("condition", "supervision-desk") in called(story)
    story.does("check-condition", town.ZHAO_MIN, holds=True, text="They stand there")
    assert "condition" not in {step for step, _ in called(story)}
    assert ClockName.CONDITION not in story.case.clocks
    assert story.replayed() == story.case


def test_an_answer_of_another_body_that_does_not_come_calls_the_head() -> None:
    story = Story().opens("water_supply").does("accept", town.LI_NA)
    story.does(
        "ask-other",
        town.LI_NA,
        body="The power company",
        asked_at=town.MONDAY,
        expected_at=town.MONDAY + timedelta(hours=1),
        text="When is the pump on?",
    )
    story.lets_time_run(town.MONDAY + timedelta(hours=1))
    assert ("check", "water-head") in called(story)
    assert story.case.state is State.WAITING_OTHER
    story.does(
        "check-condition",
        town.SUN_TAO,
        holds=True,
        text="Still waiting",
        check_at=story.now + timedelta(hours=1),
    )
    assert "check" not in {step for step, _ in called(story)}
    assert story.replayed() == story.case

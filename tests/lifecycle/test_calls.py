"""Stories of time that runs out: who is reminded, who is called, what answers, and the top."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.casework.rules.called import may_act
from dandang.lifecycle.casework.rules.particulars import Call
from dandang.lifecycle.casework.rules.permit import may_read
from dandang.lifecycle.escalation.rules.above import above, callee, next_above
from dandang.lifecycle.escalation.rules.calling import (
    ActOnCall,
    NameSponsor,
    act_on_call,
    answers_by,
    name_sponsor,
)
from dandang.lifecycle.escalation.rules.firing import fire
from dandang.lifecycle.states import State
from dandang.organization.directory import Directory
from dandang.policy import CallAnswer, CallTarget, ClockName
from dandang.terms import Actor, Code, Due, Refusal
from tests import town
from tests.lifecycle.story import MRS_LIU, Story, refused

DAY = timedelta(days=1)
TUESDAY = town.MONDAY + DAY
A_WEEK_ON = town.MONDAY + timedelta(days=7, hours=9)
"""The moment at which an ordinary matter sent on Monday morning is due."""
REPAIRED = {"outcome": "resolved", "text": "The bins are emptied", "contacted_by": "phone"}
GONE = {"labour-duty", "water-head", "mayor"}
TOLD = {"act": "instructed", "text": "Empty the bins of Lane 9", "who": "cityman-duty"}


def rubbish() -> Story:
    return Story().opens("city_appearance")


def at_work() -> Story:
    """Cao Lei has accepted the matter and spoken to Mrs Liu: only the due time is ahead."""
    story = rubbish().does("accept", town.CAO_LEI)
    return story.does("contacted", town.CAO_LEI, how="phone", text="Called")


def called(story: Story) -> list[tuple[str, str]]:
    return [(one.step, one.post) for one in story.case.calls]


def told(story: Story, name: str) -> list[str]:
    return [
        str(record.event.to_fields().get("step"))
        for record in story.records
        if record.event.type_name() == name
    ]


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


def test_an_instruction_answers_the_call_and_is_followed_to_its_own_date() -> None:
    story = at_work().lets_time_run(A_WEEK_ON)
    until = A_WEEK_ON + DAY
    story.does("act-on-call", town.CHEN_HUI, due_at=until, **TOLD)
    assert story.case.calls == ()
    assert story.case.instruction.who == "cityman-duty"
    story.lets_time_run(until)
    assert told(story, "deadline_missed")[-1:] != []
    assert ("instruction", "mayor") in called(story)
    assert story.replayed() == story.case


def test_what_the_mayor_ordered_and_nobody_did_comes_back_to_the_mayor() -> None:
    story = at_work().lets_time_run(A_WEEK_ON + 2 * DAY)
    assert ("blue", "mayor") in called(story)
    until = story.now + DAY
    story.does("act-on-call", town.MA_LIN, act="decided", text="By tomorrow", due_at=until)
    assert story.case.calls == ()
    story.lets_time_run(until)
    assert ("instruction", "mayor") in called(story)


def test_an_order_of_a_post_that_is_gone_calls_whoever_is_above_the_unit() -> None:
    story = at_work().lets_time_run(A_WEEK_ON)
    story.does("act-on-call", town.CHEN_HUI, due_at=A_WEEK_ON + DAY, **TOLD)
    ordered = replace(story.case.instruction, post="housing-head")
    story.case = replace(story.case, instruction=ordered)
    story.lets_time_run(A_WEEK_ON + DAY)
    assert ("instruction", "supervision-desk") in called(story)


def test_who_takes_over_holds_the_case_with_all_its_clocks() -> None:
    story = at_work().lets_time_run(A_WEEK_ON)
    due = story.case.total
    story.does("act-on-call", town.CHEN_HUI, act="took_over", text="I see to it myself")
    assert (story.case.holder, story.case.state) == ("supervision-desk", State.IN_PROGRESS)
    assert story.case.total == due
    assert story.case.calls == ()
    assert story.replayed() == story.case
    story.lets_time_run(A_WEEK_ON + 10 * DAY)
    assert "mayor" in {post for _, post in called(story)}


def test_a_decision_about_the_case_answers_the_call_as_well() -> None:
    story = rubbish().does("accept", town.CAO_LEI)
    story.does(
        "hand-over",
        town.CAO_LEI,
        to_post="water-duty",
        reason="not_our_duty",
        text="Theirs",
        basis="Duty list 9",
    )
    story.does(
        "dispute",
        town.LI_NA,
        to_post="cityman-duty",
        reason="not_our_duty",
        text="Theirs",
        basis="Duty list 3",
    )
    story.lets_time_run(town.MONDAY + 2 * DAY)
    assert ("dispute_decision", "supervision-desk") in called(story)
    story.does("decide-dispute", town.CHEN_HUI, to_post="cityman-duty", basis="List 9", text="You")
    assert "dispute_decision" not in {step for step, _ in called(story)}
    assert "acted_on_call" in story.names
    assert story.replayed() == story.case


def test_nobody_answers_a_call_but_who_was_called_and_only_with_an_act() -> None:
    story = at_work().lets_time_run(A_WEEK_ON)
    due = A_WEEK_ON + DAY
    act = {"act": "decided", "text": "Tomorrow", "due_at": due}
    refused(Code.NOT_PERMITTED, story, "act-on-call", town.CAO_LEI, **act)
    refused(Code.FIELD_REQUIRED, story, "act-on-call", town.CHEN_HUI, act="decided", text="Well")
    for wrong, values in (
        (Code.IN_THE_PAST, {"due_at": A_WEEK_ON}),
        (Code.TOO_LATE, {"due_at": A_WEEK_ON + 200 * DAY}),
        (Code.VALUE_INVALID, {"who": "water-duty"}),
    ):
        refused(wrong, story, "act-on-call", town.CHEN_HUI, **{**act, **values})
    over = {"act": "took_over", "text": "Mine"}
    refused(Code.VALUE_INVALID, story, "act-on-call", town.CHEN_HUI, **over, due_at=due)
    gone = {**TOLD, "who": "nowhere", "due_at": due}
    refused(Code.UNKNOWN_POST, story, "act-on-call", town.CHEN_HUI, **gone)


def test_who_holds_a_case_cannot_take_it_over_nor_while_the_requester_is_asked() -> None:
    story = at_work().lets_time_run(A_WEEK_ON)
    story.case = replace(story.case, holder="supervision-desk", holder_unit="supervision")
    over = {"act": "took_over", "text": "Mine"}
    refused(Code.ALREADY_HELD_THERE, story, "act-on-call", town.CHEN_HUI, **over)
    story = at_work().lets_time_run(A_WEEK_ON)
    story.does("propose", town.CAO_LEI, **REPAIRED)
    refused(Code.WRONG_STATE, story, "act-on-call", town.CHEN_HUI, **over)


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
    story.does("note", town.CAO_LEI, text="Nothing new").lets_time_run(story.now)
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


def test_an_old_case_gets_a_sponsor_who_is_called_first_from_then_on() -> None:
    story = rubbish().does("accept", town.CAO_LEI)
    story.lets_time_run(town.MONDAY + timedelta(days=60, minutes=1))
    assert ("sponsor", "supervision-desk") in called(story)
    until = story.now + DAY
    story.does("act-on-call", town.MA_LIN, act="decided", text="Soon", due_at=until)
    assert ("sponsor", "supervision-desk") in called(story)
    refused(
        Code.ANSWER_NOT_ENOUGH,
        story,
        "act-on-call",
        town.CHEN_HUI,
        act="decided",
        text="Later",
        due_at=until,
    )
    story.does("name-sponsor", town.CHEN_HUI, to_post="mayor")
    assert story.case.sponsor == "mayor"
    assert "sponsor" not in {step for step, _ in called(story)}
    facts = story.facts(Actor.system())
    assert above(facts)[0].post.code == "mayor"
    assert story.replayed() == story.case


def test_a_sponsor_is_somebody_else_who_is_there_and_not_complained_about() -> None:
    story = Story().opens("city_appearance", subject_units=("qingshan",))
    for code, post in (
        (Code.ALREADY_HELD_THERE, "cityman-duty"),
        (Code.NOBODY_THERE, "water-night"),
        (Code.SUBJECT_OF_COMPLAINT, "qingshan-duty"),
        (Code.UNKNOWN_POST, "nowhere"),
    ):
        refused(code, story, "name-sponsor", town.CHEN_HUI, to_post=post)
    story.does("name-sponsor", town.CHEN_HUI, to_post="mayor", text="From now on")
    refused(Code.ALREADY_NAMED, story, "name-sponsor", town.CHEN_HUI, to_post="mayor")


def test_only_who_was_called_is_offered_to_act_and_may_read_for_it() -> None:
    story = rubbish()
    call = Call(
        9,
        town.LI_NA,
        "water-duty",
        "water",
        "blue",
        "unit_head",
        "named_sponsor",
        story.now,
        story.now,
    )
    story.case = replace(story.case, calls=(call,))
    facts = story.facts(Actor.officer(town.LI_NA))
    assert may_read(facts)
    assert not may_act(facts)
    assert not may_read(story.facts(Actor.officer(town.WANG_QIANG)))
    refused(Code.ANSWER_NOT_ENOUGH, story, "act-on-call", town.LI_NA, act="decided", text="x")


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


def test_the_rule_itself_knows_who_was_called() -> None:
    facts = rubbish().facts(Actor.officer(town.CHEN_HUI))
    with pytest.raises(Refusal) as uncalled:
        act_on_call(facts, ActOnCall(CallAnswer.DECIDED, "Done"))
    assert uncalled.value.code is Code.NOT_CALLED
    assert answers_by(rubbish().facts(Actor.system()), CallAnswer.DECIDED) == ()


def test_a_post_that_is_gone_neither_sponsors_nor_carries_out() -> None:
    story = at_work().lets_time_run(A_WEEK_ON)
    facts = story.facts(Actor.officer(town.CHEN_HUI))
    register = facts.directory.organization
    gone = tuple(
        replace(post, ended=town.MONDAY.date()) if post.code in GONE else post
        for post in register.posts
    )
    facts = replace(facts, directory=Directory(replace(register, posts=gone)))
    order = ActOnCall(CallAnswer.INSTRUCTED, "Go on", "labour-duty", A_WEEK_ON + DAY)
    for rule, wish in ((act_on_call, order), (name_sponsor, NameSponsor("water-head"))):
        with pytest.raises(Refusal) as refused_post:
            rule(facts, wish)
        assert refused_post.value.code is Code.UNKNOWN_POST
    assert "mayor" not in {one.post.code for one in above(facts)}


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

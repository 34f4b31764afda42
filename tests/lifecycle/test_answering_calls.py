"""Stories of those who were called: what answers a call, and what does not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dandang.lifecycle.casework.rules.called import may_act
from dandang.lifecycle.casework.rules.particulars import Call
from dandang.lifecycle.casework.rules.permit import may_read
from dandang.lifecycle.escalation.rules.above import above
from dandang.lifecycle.escalation.rules.calling import (
    ActOnCall,
    NameSponsor,
    act_on_call,
    answers_by,
    name_sponsor,
)
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import VERBS
from dandang.organization.directory import Directory
from dandang.policy import CallAnswer
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.lateness import (
    A_WEEK_ON,
    DAY,
    GONE,
    REPAIRED,
    TOLD,
    at_work,
    called,
    rubbish,
    told,
)
from tests.lifecycle.story import Story, refused


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


def test_the_rule_itself_knows_who_was_called() -> None:
    facts = rubbish().facts(Actor.officer(town.CHEN_HUI))
    with pytest.raises(Refusal) as uncalled:
        act_on_call(facts, ActOnCall(CallAnswer.DECIDED, "Done"))
    assert uncalled.value.code is Code.NOT_CALLED
    assert answers_by(rubbish().facts(Actor.system()), VERBS["reject-proposal"]) == ()


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

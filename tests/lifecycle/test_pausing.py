"""Stories and laws of pauses: for a checkable condition, decided by others, the total runs on."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.states import State
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.at_water import MINUTE, at_water, due, in_days, worked
from tests.lifecycle.story import MRS_LIU, Story, refused

NOT_OURS = {"reason": "not_our_duty", "text": "Theirs", "basis": "Duty list 9"}
DECLINED = {"outcome": "declined", "reason": "cannot_lawfully", "basis": "Art. 3"}


def because(check_at: datetime) -> dict[str, object]:
    """It rains."""
    return {
        "reason": "bad_weather",
        "condition": "The warning is lifted",
        "check_at": check_at,
        "text": "The pit is full of water",
    }


def paused(days: int = 2, by: str = town.SUN_TAO) -> Story:
    story = at_water()
    return story.does("pause", by, **because(in_days(story, days)))


def offered(story: Story, by: Actor | str) -> set[str]:
    actor = Actor.officer(by) if isinstance(by, str) else by
    return {verb.name for verb in possible_verbs(story.facts(actor))}


def test_a_pause_stops_the_step_clock_and_never_the_total_clock() -> None:
    story = at_water()
    total = story.case.total
    check = in_days(story, 2)
    story.does("pause", town.SUN_TAO, **because(check))
    assert story.case.state is State.IN_PROGRESS
    assert story.case.clocks["resolution"].paused
    assert due(story, "check") == check
    assert story.case.total == story.case.clocks["total"] == total


def test_the_head_ends_a_pause_and_the_unit_has_back_what_it_stood_still() -> None:
    story = paused()
    before = due(story, "resolution")
    story.after(days=1).does("resume", town.SUN_TAO)
    event = story.records[-1].event
    assert (event.cause, event.waited_minutes) == ("decided", story.case.paused_minutes)
    assert worked(before, due(story, "resolution")) == story.case.paused_minutes * MINUTE
    assert not story.case.clocks["resolution"].paused
    assert "check" not in story.case.clocks


def test_holder_and_system_go_on_only_when_the_check_is_due() -> None:
    for by in (town.LI_NA, Actor.system()):
        story = paused()
        refused(Code.CHECK_NOT_DUE, story, "resume", by)
        assert "resume" not in offered(story, by)
        story.now = story.case.pause.check_at
        assert "resume" in offered(story, by)
        story.does("resume", by)
        assert story.records[-1].event.cause == "check_passed"


def test_what_stands_still_after_the_check_was_due_is_not_given_back() -> None:
    story = paused(days=1)
    check_at = story.case.pause.check_at
    since = story.now
    story.after(days=20).does("resume", town.LI_NA)
    assert story.case.paused_minutes * MINUTE == worked(since, check_at)


def test_nobody_pauses_a_case_of_their_own() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    refused(Code.DECIDER_INVOLVED, story, "pause", town.CAO_LEI, **because(in_days(story, 1)))
    refused(
        Code.DECIDER_INVOLVED,
        story,
        "check-condition",
        town.CAO_LEI,
        holds=True,
        text="It rains",
        check_at=in_days(story, 1),
    )
    assert not {"pause", "check-condition"} & offered(story, town.CAO_LEI)
    refused(Code.NOT_PERMITTED, at_water(), "pause", town.LI_NA, **because(in_days(story, 1)))


def test_a_head_pauses_for_the_policys_time_and_a_deciding_office_for_longer() -> None:
    story = at_water()
    refused(Code.TOO_LATE, story, "pause", town.SUN_TAO, **because(in_days(story, 4)))
    refused(Code.TOO_LATE, story, "pause", town.CHEN_HUI, **because(in_days(story, 11)))
    refused(Code.IN_THE_PAST, story, "pause", town.SUN_TAO, **because(story.now))
    wrong = {**because(in_days(story, 1)), "reason": "not_our_duty"}
    refused(Code.UNKNOWN_REASON, story, "pause", town.SUN_TAO, **wrong)
    story.does("pause", town.CHEN_HUI, **because(in_days(story, 10)))
    refused(Code.ALREADY_PAUSED, story, "pause", town.SUN_TAO, **because(in_days(story, 1)))
    assert "pause" not in offered(story, town.SUN_TAO)


def test_short_pauses_in_a_row_are_no_way_round_the_deciding_office() -> None:
    story = at_water()
    for _ in range(2):
        story.does("pause", town.SUN_TAO, **because(in_days(story, 1)))
        story.now = story.case.pause.check_at
        story.does("resume", town.SUN_TAO)
    refused(Code.TOO_LATE, story, "pause", town.SUN_TAO, **because(in_days(story, 1)))
    story.does("pause", town.CHEN_HUI, **because(in_days(story, 1)))


def test_the_rest_of_a_heads_time_can_still_be_used() -> None:
    story = at_water()
    story.does("pause", town.SUN_TAO, **because(in_days(story, 1)))
    story.now = story.case.pause.check_at
    story.does("resume", town.SUN_TAO)
    refused(Code.TOO_LATE, story, "pause", town.SUN_TAO, **because(in_days(story, 2)))
    story.does("pause", town.SUN_TAO, **because(in_days(story, 1)))


def test_a_condition_that_still_holds_is_checked_again_within_the_same_limit() -> None:
    story = paused(days=1)
    since = story.case.pause.since
    story.after(days=1)
    check = {"holds": True, "text": "Still raining"}
    refused(Code.FIELD_REQUIRED, story, "check-condition", town.SUN_TAO, **check)
    late = {**check, "check_at": in_days(story, 4)}
    refused(Code.TOO_LATE, story, "check-condition", town.SUN_TAO, **late)
    early = {**check, "check_at": story.now}
    refused(Code.IN_THE_PAST, story, "check-condition", town.SUN_TAO, **early)
    story.does("check-condition", town.SUN_TAO, **check, check_at=in_days(story, 1))
    assert (story.case.pause.since, story.case.pause.check_at) == (since, in_days(story, 1))
    assert due(story, "check") == in_days(story, 1)


def test_a_condition_that_holds_no_more_ends_the_pause() -> None:
    story = paused().after(hours=3)
    done = {"holds": False, "text": "The sun shines"}
    again = {**done, "check_at": in_days(story, 1)}
    refused(Code.VALUE_INVALID, story, "check-condition", town.SUN_TAO, **again)
    story.does("check-condition", town.SUN_TAO, **done)
    assert story.names[-2:] == ["condition_checked", "resumed"]
    assert story.records[-1].event.cause == "condition_met"
    assert (story.case.pause, story.case.paused_minutes) == (None, 180)


def test_the_wait_for_another_body_is_checked_too() -> None:
    story = at_water()
    story.does(
        "ask-other",
        town.LI_NA,
        body="The power company",
        asked_at=story.now,
        expected_at=in_days(story, 1),
        text="When?",
    ).after(days=2)
    story.does(
        "check-condition", town.SUN_TAO, holds=True, text="Silence", check_at=in_days(story, 8)
    )
    assert (story.case.state, story.case.pause) == (State.WAITING_OTHER, None)
    assert due(story, "check") == in_days(story, 8)
    story.does("check-condition", town.CHEN_HUI, holds=False, text="They wrote to us")
    assert (story.case.state, story.records[-1].event.cause) == (
        State.IN_PROGRESS,
        "other_answered",
    )


def test_a_decline_is_looked_at_later_by_somebody_who_did_not_decide_it() -> None:
    story = at_water().does("propose", town.LI_NA, text="No way", **DECLINED)
    story.does(
        "decline",
        town.CHEN_HUI,
        reason="cannot_lawfully",
        basis="Art. 3",
        text="No way",
        alternative="Court",
        second_reader=town.ZHAO_MIN,
    )
    look = {"holds": False, "text": "The law has changed"}
    refused(Code.NOT_THE_DECIDING_OFFICE, story, "check-condition", town.SUN_TAO, **look)
    refused(Code.DECIDER_INVOLVED, story, "check-condition", town.CHEN_HUI, **look)
    assert "check-condition" not in offered(story, town.CHEN_HUI)
    story.case = replace(story.case, deciders=(town.CHEN_HUI,))
    later = {**look, "check_at": in_days(story, 1)}
    refused(Code.VALUE_INVALID, story, "check-condition", town.ZHAO_MIN, **later)
    assert "check-condition" in offered(story, town.ZHAO_MIN)
    before = story.case
    story.does("check-condition", town.ZHAO_MIN, **look)
    assert story.case == replace(before, seq=before.seq + 1)


def test_there_is_nothing_to_check_where_nothing_was_made_to_wait() -> None:
    story = at_water()
    refused(Code.NO_CONDITION, story, "check-condition", town.CHEN_HUI, holds=True, text="Well")
    assert "check-condition" not in offered(story, town.CHEN_HUI)
    refused(Code.WRONG_STATE, story, "resume", town.LI_NA)
    assert "resume" not in offered(story, town.SUN_TAO)


def test_whatever_moves_a_paused_case_ends_its_pause() -> None:
    moves = {
        "hand-over": {"to_post": "cityman-duty", **NOT_OURS},
        "dispute": {"to_post": "cityman-duty", **NOT_OURS},
        "propose": {"outcome": "resolved", "text": "Dry"},
        "ask": {"missing": "Gate", "text": "Which?"},
        "ask-other": {
            "body": "Power",
            "asked_at": town.MONDAY,
            "expected_at": town.MONDAY + timedelta(days=9),
            "text": "When?",
        },
    }
    for verb, values in moves.items():
        story = paused().after(hours=2).does(verb, town.LI_NA, **values)
        assert "resumed" in story.names[-3:], verb
        assert (story.case.pause, story.case.paused_minutes) == (None, 120), verb
        assert story.replayed() == story.case


def test_a_dispatcher_who_moves_a_bound_case_ends_its_pause() -> None:
    story = at_water().does("dispute", town.LI_NA, to_post="cityman-duty", **NOT_OURS)
    story.does("decide-dispute", town.CHEN_HUI, to_post="water-duty", basis="List", text="Yours")
    story.does("accept", town.LI_NA).does("pause", town.SUN_TAO, **because(in_days(story, 1)))
    story.does("assign", town.ZHAO_MIN, to_post="cityman-duty")
    assert story.names[-2:] == ["resumed", "assigned"]
    assert (story.case.pause, story.case.check_at) == (None, None)


def test_an_end_leaves_no_pause_behind() -> None:
    story = paused().does("withdraw", MRS_LIU)
    assert (story.case.pause, story.case.clocks) == (None, {})


@given(days=st.integers(1, 3), before=st.integers(0, 60), hours=st.integers(0, 300))
def test_a_pause_gives_back_the_working_time_until_its_check_and_moves_no_total(
    days: int, before: int, hours: int
) -> None:
    story = at_water().after(hours=before)
    total, step = story.case.total, due(story, "resolution")
    since = story.now
    story.does("pause", town.SUN_TAO, **because(in_days(story, days)))
    check_at = story.case.pause.check_at
    story.after(hours=hours).does("resume", town.SUN_TAO)
    still = worked(since, min(story.now, check_at))
    back = worked(step, due(story, "resolution"))
    assert still <= back < still + MINUTE
    assert story.case.total == total
    assert story.replayed() == story.case


@given(spans=st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), max_size=8))
def test_a_heads_pauses_together_never_exceed_the_policys_time(
    spans: list[tuple[int, int]],
) -> None:
    story = at_water()
    for length, hours in spans:
        check_at = story.now + timedelta(hours=length)
        with suppress(Refusal):
            story.does("pause", town.SUN_TAO, **because(check_at))
            story.after(hours=hours).does("resume", town.SUN_TAO)
    allowed = worked(town.MONDAY, in_days(Story(), 3))
    assert story.case.paused_minutes * MINUTE <= allowed + len(spans) * MINUTE

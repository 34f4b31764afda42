"""A clock says whose turn it is and how much of its own time is left, in both languages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from dandang.interfaces.shared import clocks
from dandang.interfaces.shared.clocks import (
    counts_elapsed,
    keeper,
    keeper_to_requester,
    left_on,
    shown,
)
from dandang.interfaces.shared.words.cases import CLOCK_TASKS
from dandang.interfaces.shared.words.remaining import elapsed, time_left, working_time
from dandang.lifecycle.casework.rules.particulars import (
    Asked,
    Call,
    Instruction,
    Objection,
    Pause,
    Wanted,
)
from dandang.lifecycle.states import State
from dandang.policy import ClockName
from dandang.terms import Due
from tests import town
from tests.interfaces.plain_case import HELP, LATER, NOW, PLAIN, SOON, names

FRIDAY_NOON = datetime(2026, 10, 16, 4, 0, tzinfo=UTC)
"""12:00 in Jiangcheng."""


def left(due_at, *, is_elapsed=False, language="en", now=FRIDAY_NOON):
    with override(language):
        return time_left(due_at, now, town.calendar(), is_elapsed=is_elapsed)


def call(post, unit, due_at, *, missed=False):
    return Call(
        seq=4,
        officer="W-004",
        post=post,
        unit=unit,
        step="red",
        target="unit_head",
        answers="took_over",
        called_at=NOW,
        due_at=due_at,
        missed=missed,
    )


# whose turn


@pytest.mark.parametrize(
    ("clock", "who"),
    [
        (ClockName.TOTAL, "Water bureau · Duty desk"),
        (ClockName.RESOLUTION, "Water bureau · Duty desk"),
        (ClockName.DISPUTE_DECISION, "the deciding office"),
        (ClockName.EXTENSION_DECISION, "the deciding office"),
        (ClockName.JUDGEMENT_WINDOW, "the requester"),
        (ClockName.QUESTION, "the requester"),
        (ClockName.STATUTORY, "the legally competent body"),
        (ClockName.CHECK, "the head of the unit or the deciding office"),
        (ClockName.CALL, "the officer who was called"),
        (ClockName.ASSISTANCE, "Water bureau · Duty desk"),
        (ClockName.OBJECTION_ANSWER, "Water bureau · Duty desk"),
        (ClockName.INSTRUCTION, "Water bureau · Duty desk"),
        (ClockName.LOOK_BACK, "whoever looks back"),
    ],
)
def test_every_clock_has_somebody_who_keeps_it(clock, who):
    with override("en"):
        assert keeper(clock, PLAIN, names()) == who


@pytest.mark.parametrize(
    ("clock", "more", "who"),
    [
        # Of several, the one that is due first.
        (ClockName.ASSISTANCE, {"assists": HELP}, "Urban management bureau · Duty desk"),
        (
            ClockName.OBJECTION_ANSWER,
            {"objections": (Objection(3, "supervision-desk", "x"),)},
            "Supervision office · Supervision",
        ),
        (
            ClockName.CALL,
            {
                "calls": (
                    call("water-head", "water", SOON, missed=True),
                    call("supervision-desk", "supervision", LATER),
                )
            },
            "Supervision office · Supervision",
        ),
        (
            ClockName.INSTRUCTION,
            {"instruction": Instruction("water-head", "housing-duty", SOON)},
            "Housing bureau · Duty desk",
        ),
        (
            ClockName.JUDGEMENT_WINDOW,
            {"set_by": "supervision-desk"},
            "Supervision office · Supervision",
        ),
        (
            ClockName.EXTENSION_DECISION,
            {"asked": Asked(Wanted.SPLIT, "W-017")},
            "the dispatcher",
        ),
        (
            ClockName.EXTENSION_DECISION,
            {"asked": Asked(Wanted.EXTENSION, "W-017", 3)},
            "the deciding office",
        ),
    ],
)
def test_a_post_that_the_case_names_keeps_its_own_clock(clock, more, who):
    with override("en"):
        assert keeper(clock, replace(PLAIN, **more), names()) == who


@pytest.mark.parametrize("clock", ClockName)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_requester_is_told_whose_turn_it_is_and_never_a_person(clock, language):
    case = replace(PLAIN, calls=(call("water-head", "water", SOON),), assists=HELP)
    with override(language):
        words = keeper_to_requester(clock, case)
        assert words
        assert not any(one in words for one in ("Sun Tao", "孙涛", "water"))


@pytest.mark.parametrize(
    ("clock", "who"),
    [
        (ClockName.RESOLUTION, "the unit that holds it"),
        (ClockName.JUDGEMENT_WINDOW, "you"),
        (ClockName.CALL, "the office above that was called"),
    ],
)
def test_in_words_to_the_requester(clock, who):
    with override("en"):
        assert keeper_to_requester(clock, PLAIN) == who


def test_the_total_clock_is_the_turn_of_whoever_the_case_waits_for():
    waiting = replace(PLAIN, state=State.WAITING_REQUESTER)
    with override("en"):
        assert keeper_to_requester(ClockName.TOTAL, PLAIN) == "the unit that holds it"
        assert keeper_to_requester(ClockName.TOTAL, waiting) == "you"


def test_every_clock_has_a_task_in_words():
    assert set(CLOCK_TASKS) == set(ClockName)


# how much time is left


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (timedelta(hours=-71), "overdue by 3 working days"),
        (timedelta(days=-1, hours=-1), "overdue by 1 working day 1 hour"),
        (timedelta(minutes=-90), "overdue by 1 working hour 30 minutes"),
        (timedelta(minutes=-20), "overdue by 20 working minutes"),
        (timedelta(0), "not due yet"),
        (timedelta(days=2), "left"),  # Sunday
        (timedelta(days=3), "1 working day left"),
        (timedelta(days=10), "6 working days left"),
        (timedelta(days=700), "left"),  # beyond every notice
        (timedelta(days=365 * 100), "not due yet"),  # beyond every calendar
        (timedelta(days=-365 * 100), "overdue"),
    ],
)
def test_working_time_that_is_left(due, words):
    assert words in left(FRIDAY_NOON + due)


def test_a_night_and_a_weekend_take_nothing_away():
    friday, monday = FRIDAY_NOON + timedelta(hours=12), FRIDAY_NOON + timedelta(days=2, hours=12)
    due = FRIDAY_NOON + timedelta(days=3)
    assert left(due, now=friday) == left(due, now=monday)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (timedelta(minutes=15), "15 minutes left"),
        (timedelta(hours=2), "2 hours left"),
        (timedelta(hours=26, minutes=5), "1 day 2 hours left"),
        (timedelta(days=-7), "overdue by 7 days"),
        (timedelta(seconds=-20), "overdue"),
        (timedelta(seconds=20), "not due yet"),
    ],
)
def test_time_by_the_wall_clock_that_is_left(due, words):
    assert left(FRIDAY_NOON + due, is_elapsed=True) == words


@pytest.mark.parametrize(
    ("due", "is_elapsed", "words"),
    [
        (timedelta(days=3), False, "还有1个工作日"),
        (timedelta(minutes=90), True, "还有1小时30分钟"),
        (timedelta(days=-1, hours=-1), False, "已超期1个工作日1小时"),
        (timedelta(seconds=-20), True, "已超期"),
    ],
)
def test_time_left_in_chinese(due, is_elapsed, words):
    assert left(FRIDAY_NOON + due, is_elapsed=is_elapsed, language="zh-hans") == words


def test_amounts_of_time_without_anything_are_nothing():
    with override("en"):
        assert elapsed(timedelta()) == working_time(timedelta(), town.calendar()) == ""


@pytest.mark.parametrize(
    ("clock", "case_class", "is_elapsed"),
    [
        (ClockName.TOTAL, "ordinary", False),
        (ClockName.TOTAL, "emergency", True),
        (ClockName.TOTAL, "complex", True),  # days
        (ClockName.DISPATCH, "ordinary", True),
        (ClockName.CALL, "ordinary", False),
        (ClockName.CALL, "emergency", True),
        (ClockName.PROMISE, "ordinary", False),  # a time that was named counts as the total
        (ClockName.PROMISE, "emergency", True),
        (ClockName.QUESTION, "emergency", False),  # the limit of all questions together
    ],
)
def test_a_clock_counts_as_its_policy_says(clock, case_class, is_elapsed):
    assert counts_elapsed(clock, case_class, town.policy()) is is_elapsed


def test_a_class_without_any_span_counts_working_time():
    bare = replace(town.policy().classes["ordinary"], clocks={})
    policy = replace(town.policy(), classes={"ordinary": bare})
    assert not counts_elapsed(ClockName.PROMISE, "ordinary", policy)


def test_a_clock_that_stands_still_says_what_it_has_when_it_goes_on():
    case = replace(PLAIN, pause=Pause("waits_for_parts", NOW, LATER))
    due = Due(ClockName.RESOLUTION, SOON, paused=True)
    with override("en"):
        words = left_on(due, case, town.policy(), town.calendar(), NOW + timedelta(days=5))
    assert words == "paused; then 1 working day left"


def test_a_question_to_the_requester_stops_the_clock_since_it_was_asked():
    case = replace(PLAIN, state=State.WAITING_REQUESTER, asked_at=NOW)
    due = Due(ClockName.RESOLUTION, SOON, paused=True)
    with override("en"):
        words = left_on(due, case, town.policy(), town.calendar(), LATER)
    assert words == "paused; then 1 working day left"


# which clocks


def test_the_clocks_are_shown_by_due_time_without_those_of_the_system():
    dues = (
        Due(ClockName.TOTAL, LATER),
        Due(ClockName.LADDER, NOW),
        Due(ClockName.ACCEPT, SOON),
        Due(ClockName.JUDGEMENT_REMINDER, SOON),
    )
    case = replace(PLAIN, clocks={due.clock: due for due in dues})
    assert [due.clock for due in shown(case, NOW)] == [ClockName.ACCEPT, ClockName.TOTAL]


def test_a_right_is_shown_until_it_is_over():
    due = Due(ClockName.RETURN_WINDOW, SOON)
    case = replace(PLAIN, clocks={due.clock: due})
    assert shown(case, NOW) == [due]
    assert shown(case, LATER) == []


def test_only_the_step_clock_of_a_case_can_stand_still():
    assert clocks.stands_since(PLAIN) is None

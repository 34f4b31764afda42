"""From counters to figures: rates with their wholes, waits in steps, periods."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.states import ENDS, State
from dandang.publication.figures.rules import lines
from dandang.publication.figures.rules.totals import PARTS, ROOTS, UNSHOWN, complete, waits
from dandang.publication.figures.rules.waits import BOUNDS, half, most, step_of
from dandang.publication.figures.shapes import (
    ALL,
    WHOLE_TIME,
    Period,
    PeriodKind,
    Rate,
    Wait,
    Within,
)
from tests.publication.city import later

COUNTED = {
    "received": 100,
    "open": 40,
    "overdue:0": 10,
    "overdue:4": 12,
    "response:in_time": 60,
    "response:late": 30,
    "response:none": 20,
    "response:undecided": 10,
    "end:solved": 30,
    "end:unanswered": 15,
    "end:declined": 11,
    "imported_end": 13,
    "rating:high": 12,
    "rating:low": 10,
    "rating:none": 20,
    "reopened": 14,
    "relapsed": 10,
}


def line(counted):
    return lines.line(ALL, WHOLE_TIME, complete(counted))


def test_the_rates_are_those_of_their_definitions():
    found = line(COUNTED)
    assert found.response == Rate(part=60, whole=90, silent=20, asked=90)
    assert found.resolution == Rate(part=30, whole=45, silent=15, asked=45)
    assert found.satisfaction == Rate(part=12, whole=22, silent=20, asked=42)
    assert (found.received, found.open, found.overdue, found.ended) == (100, 40, 22, 56)


def test_silence_is_in_the_whole_and_never_in_the_part():
    silent = line({"end:unanswered": 50, "end:solved": 50}).resolution
    assert silent.percent == 50
    assert silent.silent_percent == 50


@pytest.mark.parametrize(
    "end", sorted({"declined", "explained", "unreachable", "withdrawn", "merged"})
)
def test_ends_without_a_question_to_anybody_are_in_no_rate(end):
    assert line({f"end:{end}": 20, "imported_end": 20}).resolution.whole == 0


def test_there_is_no_rate_of_nothing_nor_of_what_is_hidden():
    assert Rate(0, 0, 0, 0).percent is None
    assert Rate(None, 50, None, 50).percent is None
    assert Rate(12, None, 12, None).silent_percent is None
    assert Rate(0, 50, 50, 50).percent == 0


def test_the_board_has_every_end_in_a_fixed_order_and_every_age():
    shown = complete(COUNTED)
    found = lines.board(line(COUNTED), shown, [], later())
    assert {one.state for one in found.ends} == ENDS
    assert {one.state: one.cases for one in found.ends}[State.DECLINED] == 11
    assert [(one.over, one.up_to, one.cases) for one in found.overdue_by_age] == [
        (0, 7, 10),
        (7, 30, 0),
        (30, 90, 0),
        (90, 365, 0),
        (365, None, 12),
    ]
    assert (found.undecided, found.unneeded, found.imported_ends, found.unasked) == (10, 0, 13, 11)
    assert (found.reopened, found.relapsed) == (14, 10)
    assert (found.slice, found.period, found.at) == (ALL, WHOLE_TIME, later())
    assert (found.received, found.open, found.overdue, found.ended) == (100, 40, 22, 56)
    assert (found.response, found.resolution, found.satisfaction) == (
        found.line.response,
        found.line.resolution,
        found.line.satisfaction,
    )


def test_every_total_is_the_sum_of_its_parts():
    found = complete(COUNTED)
    for whole, parts in PARTS.items():
        assert found.get(whole, 0) == sum(found.get(part, 0) for part in parts), whole


def test_every_counter_has_one_place_in_the_trees():
    parts = [part for several in PARTS.values() for part in several]
    assert len(parts) == len(set(parts))
    assert not set(parts) & set(ROOTS)
    assert PARTS.keys() <= {*parts, *ROOTS}
    assert set(parts) >= UNSHOWN


def test_waits_are_taken_apart_and_are_in_no_total():
    counted = {"wait:class:ordinary:3": 5, "wait:channel:a:b:0": 2, "end:solved": 1}
    assert list(waits(counted)) == [("class", "ordinary", 3, 5), ("channel", "a:b", 0, 2)]
    assert set(complete(counted)) == {"end:solved", "asked", "ended"}


@given(st.integers(0, 3_000_000))
def test_a_wait_is_within_the_bound_of_its_step_and_beyond_the_one_before(minutes):
    wait, step = timedelta(minutes=minutes), step_of(timedelta(minutes=minutes))
    assert step == len(BOUNDS) or wait <= timedelta(hours=BOUNDS[step])
    assert step == 0 or wait > timedelta(hours=BOUNDS[step - 1])


@given(st.lists(st.integers(0, len(BOUNDS) - 1), min_size=1))
def test_half_and_95_of_100_are_within_what_is_said_and_not_within_a_step_less(steps):
    counted = {step: steps.count(step) for step in steps}
    for percent, share in ((50, half(counted)), (95, most(counted))):
        within = [step for step in steps if BOUNDS[step] <= share.hours]
        below = [step for step in steps if BOUNDS[step] < share.hours]
        assert 100 * len(within) >= percent * len(steps)
        assert 100 * len(below) < percent * len(steps)


def test_what_took_longer_than_the_last_step_is_told_so():
    assert half({len(BOUNDS): 3}) == Within(BOUNDS[-1], more=True)
    assert half({}) is None


def test_the_number_of_waits_is_rounded_down_and_a_small_one_is_not_shown():
    assert lines.wait_of("ordinary", {2: 9}) == Wait("ordinary", None, None, None)
    found = lines.wait_of("ordinary", {0: 19, 5: 1})
    assert found == Wait("ordinary", 20, Within(BOUNDS[0]), Within(BOUNDS[0]))
    assert lines.wait_from(*lines.kept_wait(found)) == found
    small = lines.wait_of("ordinary", {2: 9})
    assert lines.wait_from(*lines.kept_wait(small)) == small


def test_months_go_back_over_new_year_and_older_ones_are_not_told():
    found = lines.months_until(date(2026, 2, 10))
    assert len(found) == lines.MONTHS
    assert found[-1] == Period(PeriodKind.MONTH, date(2026, 2, 1))
    assert found[0] == Period(PeriodKind.MONTH, date(2024, 3, 1))
    since = lines.first_month(date(2026, 2, 10))
    told = {
        key: lines.is_told(key, since) for key in ("", "2020", "2024-02", "2024-03", "2026-02-01")
    }
    assert told == {"": True, "2020": True, "2024-02": False, "2024-03": True, "2026-02-01": False}


def test_periods_have_keys_and_ones_before_them():
    year = Period.year(date(2026, 5, 5))
    assert (lines.key_of(WHOLE_TIME), lines.key_of(year)) == ("", "2026")
    assert year.previous() == Period.year(date(2025, 1, 1))
    assert WHOLE_TIME.previous() is WHOLE_TIME

"""Places in a list by due time: turning pages over and back shows every row once."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.casework.rules.places import FIRST, Beside, Place, parse_place, shown

START = datetime(2026, 10, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    place: Place


dues = st.none() | st.integers(0, 6).map(lambda hours: START + timedelta(hours=hours))
lists = st.lists(dues, max_size=25).map(
    lambda found: [Row(Place(due, number)) for number, due in enumerate(found)]
)


def page(rows: list[Row], beside: Beside, limit: int):
    """Read as the database does: in order, from the place onwards, one row more than is shown."""
    ordered = sorted(rows, key=lambda row: row.place)
    if beside.after is not None:
        ordered = [row for row in ordered if beside.after < row.place]
    elif beside.before is not None:
        ordered = [row for row in reversed(ordered) if row.place < beside.before]
    return shown(ordered[: limit + 1], beside, limit)


@given(lists, st.integers(1, 6))
def test_turning_over_every_page_shows_every_row_once_in_order(rows, limit):
    seen, beside = [], FIRST
    while True:
        part = page(rows, beside, limit)
        seen += part.rows
        assert part.has_earlier == (beside != FIRST)
        if not part.has_later:
            break
        assert len(part.rows) == limit
        beside = Beside(after=part.rows[-1].place)
    assert seen == sorted(rows, key=lambda row: row.place)


@given(lists, st.integers(1, 6))
def test_turning_back_shows_the_pages_before_in_the_same_order(rows, limit):
    ordered = sorted(rows, key=lambda row: row.place)
    seen = ordered[len(ordered) :]
    beside = Beside(before=Place(None, 10**9))
    while True:
        part = page(rows, beside, limit)
        seen = [*part.rows, *seen]
        if not part.has_earlier:
            break
        beside = Beside(before=part.rows[0].place)
    assert seen == ordered


@given(lists, lists, st.integers(1, 6))
def test_rows_that_go_or_come_meanwhile_lose_no_other_row(rows, others, limit):
    if not rows:
        return
    first = page(rows, FIRST, limit)
    come = [Row(Place(one.place.due_at, one.place.id + 1000)) for one in others]
    later = [row for row in rows if row not in first.rows] + come
    beside = Beside(after=first.rows[-1].place)
    behind = [row for row in later if first.rows[-1].place < row.place]
    assert set(page(later, beside, 10**6).rows) == set(behind)


@given(dues, st.integers(0, 10**12))
def test_a_place_is_read_back_from_an_address(due, number):
    place = Place(due, number)
    assert parse_place(str(place)) == place


def test_a_place_before_1970_is_read_back_too():
    place = Place(datetime(1960, 1, 1, tzinfo=UTC), 3)
    assert parse_place(str(place)) == place


@pytest.mark.parametrize(
    "typed", ["", "none", "1", "_", "none_", "x_1", "1_x", "²_1", "1_2_3", "9" * 18 + "_1", "--1_1"]
)
def test_anything_else_is_no_place(typed):
    assert parse_place(typed) is None

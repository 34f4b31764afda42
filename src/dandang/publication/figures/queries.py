"""Asking for the figures: read only, one statement each, by primary key.

Before anything was counted no count is shown, nor of months that are not told apart any more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection

from dandang.organization.queries import current_policy, present
from dandang.publication.figures.rules import lines
from dandang.publication.figures.rules.cells import WHOLE
from dandang.publication.figures.rules.lines import Shown
from dandang.publication.figures.rules.totals import PARTS, ROOTS
from dandang.publication.figures.shapes import (
    ALL,
    SMALL,
    Board,
    Breakdown,
    Dimension,
    Line,
    Months,
    Period,
    Slice,
    Week,
)
from dandang.publication.figures.store import as_json

_DAYS = 7

# The build that is current and its cells are read in one statement: all old or all new.
_CELLS = """
SELECT build.at, cell.dimension, cell.value, cell.period, cell.{shown}, cell.waits
FROM figures_build build LEFT JOIN figures_cell cell ON cell.build = build.id
    AND cell.dimension = ANY(%s) AND cell.period = ANY(%s) AND cell.value = ANY(%s)
WHERE build.state = 'current'
"""
_SHEET = """
SELECT build.at, cell.dimension, cell.value, cell.period, cell.shown, NULL
FROM figures_build build LEFT JOIN figures_cell cell ON cell.build = build.id
    AND cell.dimension = ANY(%s) AND cell.period = %s
WHERE build.state = 'current'
"""


_NOTHING_KNOWN: Shown = dict.fromkeys(
    (*ROOTS, *(name for parts in PARTS.values() for name in parts))
)


class _Read(NamedTuple):
    """The cells that are current, by dimension, value and period, and of when they are.

    `since` is the oldest month that is told.
    """

    at: datetime
    since: str
    is_counted: bool
    cells: Mapping[tuple[str, str, str], tuple[Shown, list[Any]]]

    def shown(self, slice_: Slice, key: str) -> Shown:
        if not self.is_counted or not lines.is_told(key, self.since):
            return _NOTHING_KNOWN
        return self.cells.get((slice_.dimension, slice_.value, key), ({}, []))[0]

    def line(self, slice_: Slice, period: Period) -> Line:
        return lines.line(slice_, period, self.shown(slice_, lines.key_of(period)))


def board(slice_: Slice, period: Period, now: datetime) -> Board:
    """Return everything about a slice in a period. `now` is aware. Refuses `no_organization`."""
    key = lines.key_of(period)
    read = _read([slice_], [key], now)
    waits = read.cells.get((slice_.dimension, slice_.value, key), ({}, []))[1]
    return lines.board(read.line(slice_, period), read.shown(slice_, key), waits, read.at)


def breakdown(dimension: Dimension, period: Period, now: datetime) -> Breakdown:
    """Return the lines of a dimension in a period. `now` is aware.

    Refuses `no_organization`, `no_policy`.
    """
    read = _read_sheet(dimension, lines.key_of(period), now)
    values = [value for one, value, _ in read.cells if one == dimension]
    several = [read.line(Slice(dimension, value), period) for value in in_order(dimension, values)]
    told = tuple(one for one in several if one.received != 0 or one.ended != 0)
    return Breakdown(dimension, period, told, read.line(ALL, period), read.at)


def months(slice_: Slice, now: datetime) -> Months:
    """Return the lines of a slice for the last months, up to that of `now` (aware).

    Refuses `no_organization`.
    """
    periods = lines.months_until(present().calendar.local_date(now))
    read = _read([slice_], [lines.key_of(period) for period in periods], now)
    return Months(slice_, tuple(read.line(slice_, period) for period in periods), read.at)


def week(now: datetime) -> Week:
    """Return the last seven days of all cases, that of `now` (aware) included.

    Refuses `no_organization`.
    """
    today = present().calendar.local_date(now)
    days = [(today - timedelta(days=day)).isoformat() for day in range(_DAYS)]
    counted = _read([ALL], days, now, column="counted")
    total: Counter[str] = Counter()
    for numbers, _ in counted.cells.values():
        total.update({name: number or 0 for name, number in numbers.items()})
    shown = {
        name: number if number >= SMALL or not number else None for name, number in total.items()
    }
    if not counted.is_counted:
        shown = dict.fromkeys(("received", "ended", "solved"))
    return lines.week(
        shown, _read([ALL], [WHOLE], now).shown(ALL, WHOLE).get("open", 0), counted.at
    )


def in_order(dimension: Dimension, values: Iterable[str]) -> list[str]:
    """Return codes in the order of the register or the policy, unknown ones last.

    Refuses `no_organization`, `no_policy`.
    """
    known: Iterable[str] = ()
    if dimension is Dimension.AREA:
        known = present().directory.areas
    elif dimension is Dimension.UNIT:
        known = present().directory.units
    elif dimension is Dimension.CATEGORY:
        known = current_policy().categories
    order = {code: place for place, code in enumerate(known)}
    return sorted(values, key=lambda code: (order.get(code, len(order)), not code, code))


def _read(
    slices: Sequence[Slice], periods: Sequence[str], now: datetime, *, column: str = "shown"
) -> _Read:
    dimensions = [slice_.dimension.value for slice_ in slices]
    values = [slice_.value for slice_ in slices]
    return _of(_CELLS.format(shown=column), [dimensions, list(periods), values], now)


def _read_sheet(dimension: Dimension, period: str, now: datetime) -> _Read:
    return _of(_SHEET, [[dimension.value, Dimension.ALL.value], period], now)


def _of(statement: str, values: Sequence[Any], now: datetime) -> _Read:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    cells = {
        (dimension, value, period): (as_json(shown), as_json(waits))
        for _, dimension, value, period, shown, waits in rows
        if dimension is not None
    }
    counted_at = rows[0][0] if rows else None
    at = counted_at or now
    since = lines.first_month(present().calendar.local_date(at))
    return _Read(at, since, counted_at is not None, cells)

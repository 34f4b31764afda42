"""Asking for the figures: read only, a fixed number of statements whatever is behind them."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from dandang.ledger.queries import events_of
from dandang.organization.queries import current_policy, present
from dandang.publication.figures.reading import cases_after, places
from dandang.publication.figures.rules import lines
from dandang.publication.figures.rules.cells import CellKey, Cells, add
from dandang.publication.figures.rules.contribution import History, after, contributes
from dandang.publication.figures.rules.totals import complete, waits
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
    Wait,
    Week,
)

MONTHS = 24
"""How many months are told at most, the present one included."""

_DAYS = 7


def board(slice_: Slice, period: Period, now: datetime) -> Board:
    """Return everything about a slice in a period. Refuses `no_organization`."""
    cells = _cells(now)
    cell = cells.get(CellKey(slice_.dimension, slice_.value, lines.key_of(period)), Counter())
    shown = _shown(cell)
    return lines.board(lines.line(slice_, period, shown), shown, _waits(cell), now)


def breakdown(dimension: Dimension, period: Period, now: datetime) -> Breakdown:
    """Return the lines of a dimension in a period. Refuses `no_organization`."""
    cells, key = _cells(now), lines.key_of(period)
    found = {one.value: cell for one, cell in cells.items() if one[::2] == (dimension, key)}
    several = [
        lines.line(Slice(dimension, value), period, _shown(found[value]))
        for value in in_order(dimension, found)
    ]
    total = lines.line(ALL, period, _shown(cells.get(CellKey("all", "", key), Counter())))
    return Breakdown(dimension, period, tuple(several), total, now)


def months(slice_: Slice, now: datetime) -> Months:
    """Return the lines of a slice for the last months. Refuses `no_organization`."""
    cells = _cells(now)
    today = present().calendar.local_date(now)
    several = [_line(cells, slice_, period) for period in lines.months_until(today, MONTHS)]
    return Months(slice_, tuple(several), now)


def week(now: datetime) -> Week:
    """Return the last seven days of all cases. Refuses `no_organization`."""
    cells = _cells(now)
    today = present().calendar.local_date(now)
    total: Counter[str] = Counter()
    for day in range(_DAYS):
        key = (today - timedelta(days=day)).isoformat()
        total += cells.get(CellKey("all", "", key), Counter())
    return lines.week(_small(total), _line(cells, ALL, Period()).open, now)


def in_order(dimension: Dimension, values: Mapping[str, object]) -> list[str]:
    """Return codes in the order of the register or the policy, unknown ones last."""
    order: dict[str, int] = {}
    if dimension is Dimension.AREA:
        order = {code: place for place, code in enumerate(present().directory.areas)}
    elif dimension is Dimension.UNIT:
        order = {code: place for place, code in enumerate(present().directory.units)}
    elif dimension is Dimension.CATEGORY:
        order = {code: place for place, code in enumerate(current_policy().categories)}
    return sorted(values, key=lambda code: (order.get(code, len(order)), not code, code))


def _line(cells: Cells, slice_: Slice, period: Period) -> Line:
    cell = cells.get(CellKey(slice_.dimension, slice_.value, lines.key_of(period)), Counter())
    return lines.line(slice_, period, _shown(cell))


def _shown(cell: Mapping[str, int]) -> lines.Shown:
    return _small(complete(cell))


def _small(counted: Mapping[str, int]) -> lines.Shown:
    return {name: number if number >= SMALL else None for name, number in counted.items() if number}


def _waits(cell: Mapping[str, int]) -> list[tuple[str, Wait]]:
    steps: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for by, code, step, number in waits(cell):
        steps[by, code][step] = number
    return [(by, lines.wait_of(code, several)) for (by, code), several in sorted(steps.items())]


def _cells(now: datetime) -> Cells:
    where, cells = places(), Cells()
    for _, stream, facts in cases_after(0, limit=1_000_000):
        history = History()
        for event in events_of(stream):
            history = after(history, event.seq, event.type, event.fields, event.dues)
        add(cells, contributes(facts, history, where, now))
    return cells

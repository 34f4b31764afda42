"""Cells, which counts are kept in: one for each slice and period. They are added and taken away.

The cell of a slice and a period holds the sum of what its cases contribute. In whatever order cases
change: taking away what one contributed and adding what it contributes now leaves that sum.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from dandang.publication.figures.rules.contribution import Contribution

WHOLE = ""
"""The key of the whole time; that of a year is `2026`, of a month `2026-10`, of a day a date."""

_DAILY = {"received": "received", "end:solved": "solved"}


class CellKey(NamedTuple):
    """Which cell: dimension and value of a slice, and the key of a period."""

    dimension: str
    value: str
    period: str


Cells = dict[CellKey, Counter[str]]


def year_of(day: date) -> str:
    """Return the key of the year of a day."""
    return f"{day:%Y}"


def month_of(day: date) -> str:
    """Return the key of the month of a day."""
    return f"{day:%Y-%m}"


def add(cells: Cells, one: Contribution, times: int = 1) -> None:
    """Add what a case contributes; with `times` -1 take it away."""
    for key, counter, number in _amounts(one):
        cell = cells.setdefault(key, Counter())
        cell[counter] += times * number
        if not cell[counter]:
            del cell[counter]


def difference(before: Contribution, now: Contribution) -> Cells:
    """Return what is to be added to the cells when a case contributes something else now."""
    cells: Cells = {}
    if before == now:
        return cells
    add(cells, now)
    add(cells, before, -1)
    return {key: cell for key, cell in cells.items() if cell}


def merge(cells: Cells, more: Mapping[CellKey, Mapping[str, int]]) -> None:
    """Add cells to others."""
    for key, numbers in more.items():
        cell = cells.setdefault(key, Counter())
        for counter, number in numbers.items():
            cell[counter] += number
            if not cell[counter]:
                del cell[counter]


def _amounts(one: Contribution) -> Iterator[tuple[CellKey, str, int]]:
    received = dict.fromkeys(one.received, 1)
    for day, numbers in ((one.received_on, received), (one.ended_on, one.ended)):
        if day is None:
            continue
        for dimension, value in one.slices:
            for period in (WHOLE, year_of(day), month_of(day)):
                key = CellKey(dimension, value, period)
                yield from ((key, counter, number) for counter, number in numbers.items())
        yield from _of_day(day, numbers.items())


def _of_day(day: date, numbers: Iterable[tuple[str, int]]) -> Iterator[tuple[CellKey, str, int]]:
    """Yield what is kept by day: of all cases, and no more than what the last week is told by."""
    key = CellKey("all", "", day.isoformat())
    for counter, number in numbers:
        if counter in _DAILY:
            yield key, _DAILY[counter], number
        if counter.startswith("end:"):
            yield key, "ended", number

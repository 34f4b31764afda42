"""The counts of the public board and of the home page, each with what it is counted from."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.core.cache import cache

from dandang.lifecycle.casework.published import PublishedCase, published_cases
from dandang.lifecycle.casework.queries import Tally, tally
from dandang.lifecycle.states import ENDS, State

RECENT = timedelta(days=7)
_SECONDS = 60
_KEY = "public-figures"

ASKED = (State.SOLVED, State.PARTLY_SOLVED, State.NOT_SOLVED, State.UNANSWERED)
"""Ends at which somebody could be asked whether it is solved."""


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """Open cases that a unit holds now, and how many of them are over their total time."""

    unit: str
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All counts at one instant. Imported ends are counted apart and are in no other end."""

    at: datetime
    received: int
    received_recently: int
    ended_recently: int
    solved_recently: int
    open: int
    overdue: int
    ends: tuple[tuple[State, int], ...]
    imported_ends: int
    units: tuple[UnitFigures, ...]
    published: tuple[PublishedCase, ...] = ()
    published_number: int = 0

    @property
    def ended(self) -> int:
        """How many ended here, in any way."""
        return sum(number for _, number in self.ends)

    @property
    def asked(self) -> int:
        """How many ended where the requester could be asked."""
        return sum(number for end, number in self.ends if end in ASKED)

    @property
    def solved(self) -> int:
        """How many the requesters confirmed as solved."""
        return dict(self.ends).get(State.SOLVED, 0)

    @property
    def unanswered(self) -> int:
        """How many ended without an answer of a requester who could be asked."""
        return dict(self.ends).get(State.UNANSWERED, 0)


def figures(now: datetime) -> Figures:
    """Return the counts, at most a minute old. A query over all cases, two over published."""
    kept: Figures | None = cache.get(_KEY)
    if kept is None or not kept.at <= now < kept.at + timedelta(seconds=_SECONDS):
        published, number = published_cases(now)
        counted = add_up(tally(since=now - RECENT, now=now), now)
        kept = replace(counted, published=tuple(published), published_number=number)
        cache.set(_KEY, kept, _SECONDS)
    return kept


def add_up(tallies: Iterable[Tally], now: datetime) -> Figures:
    """Return the figures that the tallies of units and states add up to."""
    rows = list(tallies)
    own = [row for row in rows if not row.is_imported_end]
    solved = [row for row in own if row.state is State.SOLVED]
    return Figures(
        at=now,
        received=sum(row.cases for row in rows),
        received_recently=sum(row.received_recently for row in rows),
        ended_recently=sum(row.ended_recently for row in own),
        solved_recently=sum(row.ended_recently for row in solved),
        open=sum(row.cases for row in rows if row.state not in ENDS),
        overdue=sum(row.overdue for row in rows),
        ends=tuple(
            (end, number)
            for end in State
            if end in ENDS and (number := sum(row.cases for row in own if row.state is end))
        ),
        imported_ends=sum(row.cases for row in rows if row.is_imported_end),
        units=_by_unit(rows),
    )


def _by_unit(rows: Iterable[Tally]) -> tuple[UnitFigures, ...]:
    found: dict[str, UnitFigures] = {}
    for row in rows:
        before = found.get(row.unit, UnitFigures(row.unit, 0, 0))
        is_open = row.state not in ENDS
        found[row.unit] = UnitFigures(
            row.unit, before.open + (row.cases if is_open else 0), before.overdue + row.overdue
        )
    return tuple(found[unit] for unit in sorted(found))

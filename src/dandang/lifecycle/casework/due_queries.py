"""Asking which clocks run, for whom and until when: read only, every answer bounded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from dandang.lifecycle.casework.clocks import RAN_OUT, RUNS
from dandang.lifecycle.casework.models import Clock
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.deadlines.clocks import NO_DEADLINES
from dandang.terms import Due

PAGE = 500


@dataclass(frozen=True, slots=True)
class SoughtClocks:
    """Which running clocks to find; empty means all.

    `units` and `posts` hold the case. `before` narrows them to those due before that time.
    """

    units: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list: that of the last clock seen."""

    due_at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class DueClock:
    """A running clock with its case, which comes without its requests and its other clocks."""

    id: int
    due: Due
    reference: str
    case: CaseState

    @property
    def place(self) -> Place:
        """Where it stands in the list."""
        assert self.due.at is not None
        return Place(self.due.at, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTally:
    """How many clocks of one name run for cases of one unit, and how many of them are late.

    `today` are due later today, `soon` after today up to the end of what counts as soon.
    """

    unit: str
    clock: str
    running: int
    overdue: int
    today: int
    soon: int


def due_clocks(
    sought: SoughtClocks, *, limit: int = PAGE, after: Place | None = None
) -> list[DueClock]:
    """Return clocks by which somebody has to act, by due time, from the place `after` on.

    Those that stand still are not among them. Two queries, read from indexes in their order.
    """
    where = _where(sought)
    if after is not None:
        earlier = Q(due_at=after.due_at, id__lte=after.id)
        where &= Q(due_at__gte=after.due_at) & ~earlier
    first, second = (_ordered(where & which)[:limit] for which in (RUNS, RAN_OUT))
    found = first.union(second, all=True).order_by("due_at", "id")[:limit]
    ids = [row_id for row_id, _at in found]
    rows = Clock.objects.select_related("case").in_bulk(ids)
    return [
        DueClock(row_id, row.facts(), row.case.reference, row.case.facts((), ()))
        for row_id in ids
        if (row := rows.get(row_id)) is not None
    ]


def is_any_due(sought: SoughtClocks) -> bool:
    """Say whether there is such a clock."""
    where = _where(sought)
    return any(Clock.objects.filter(where & which).exists() for which in (RUNS, RAN_OUT))


def due_tallies(
    units: Sequence[str], *, now: datetime, tomorrow: datetime, soon: datetime
) -> list[DueTally]:
    """Return counts of running clocks by unit and clock. One query, whatever the number.

    `tomorrow` is when today ends, `soon` until when clocks are counted as due soon; all aware.
    """
    sought = SoughtClocks(units=tuple(units))
    rows = (
        Clock.objects.filter(_where(sought), paused=False)
        .values("name", unit=F("case__holder_unit"))
        .annotate(
            running=Count("id"),
            overdue=Count("id", filter=Q(due_at__lt=now)),
            today=Count("id", filter=Q(due_at__gte=now, due_at__lt=tomorrow)),
            soon=Count("id", filter=Q(due_at__gte=tomorrow, due_at__lte=soon)),
        )
        .order_by("unit", "name")
    )
    return [_tallied(dict(row)) for row in rows]


def _tallied(row: dict[str, Any]) -> DueTally:
    return DueTally(clock=row.pop("name"), **row)


def _where(sought: SoughtClocks) -> Q:
    where = ~Q(name__in=sorted(NO_DEADLINES))
    if sought.units:
        where &= Q(case__holder_unit__in=sought.units)
    if sought.posts:
        where &= Q(case__holder__in=sought.posts)
    return where & Q(due_at__lt=sought.before) if sought.before else where


def _ordered(where: Q) -> "QuerySet[Clock, tuple[int, datetime]]":
    return Clock.objects.filter(where).order_by("due_at", "id").values_list("id", "due_at")

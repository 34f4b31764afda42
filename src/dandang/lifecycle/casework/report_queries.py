"""Asking where nothing moves and what became of promises: read only, counts by unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.db.models.functions import Coalesce, TruncMonth, TruncQuarter, TruncYear

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.promises import PromiseRow
from dandang.lifecycle.casework.rules.promises import Fate
from dandang.lifecycle.states import Outcome, State

PAGE = 500
_REQUESTERS_TURN = Q(state=State.WAITING_REQUESTER) | Q(
    state=State.PROPOSED, outcome=Outcome.RESOLVED
)


@dataclass(frozen=True, slots=True)
class QuietPlace:
    """A place in the list of stalled cases: that of the last one seen."""

    since: datetime
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StalledCase:
    """An open case in which nothing of substance was entered for long.

    `since` is the last such entry, or when the case was opened. `calls` are open calls to act.
    """

    id: int
    reference: str
    state: State
    unit: str
    post: str
    since: datetime
    opened_at: datetime
    due_at: datetime | None
    calls: int
    is_listed: bool

    @property
    def place(self) -> QuietPlace:
        """Where it stands in the list."""
        return QuietPlace(self.since, self.id)


class Period(StrEnum):
    """How long the periods of a report are."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseTally:
    """What became of the promises that one unit made for a period, which begins on that day."""

    period: date
    unit: str
    made: int
    kept: int
    broken: int
    replaced: int
    dropped: int
    open: int


def stalled(
    units: Sequence[str],
    *,
    before: datetime,
    limit: int = PAGE,
    after: QuietPlace | None = None,
) -> list[StalledCase]:
    """Return open cases without an entry since `before` (aware), the longest silent first.

    Those that wait for their requester are not among them. One query, from an index.
    """
    where = Q(ended_at=None, quiet__lt=before) & ~_REQUESTERS_TURN
    if units:
        where &= Q(holder_unit__in=tuple(units))
    if after is not None:
        where &= Q(quiet__gte=after.since) & ~Q(quiet=after.since, id__lte=after.id)
    rows = Case.objects.annotate(quiet=Coalesce("last_entry_at", "counts_from"))
    return [
        StalledCase(
            id=row.pk,
            reference=row.reference,
            state=State(row.state),
            unit=row.holder_unit,
            post=row.holder,
            since=row.last_entry_at or row.counts_from,
            opened_at=row.counts_from,
            due_at=row.total_due_at,
            calls=len(row.particulars.get("calls", ())),
            is_listed=row.listed_at is not None,
        )
        for row in rows.filter(where).order_by("quiet", "id")[:limit]
    ]


def promise_tallies(
    units: Sequence[str],
    *,
    first: datetime | None,
    last: datetime | None,
    by: Period,
    zone: ZoneInfo,
) -> list[PromiseTally]:
    """Return what became of promises for times from `first` until before `last`. One query.

    Without either it goes as far as there are any. A promise belongs to the period of the time it
    names, on the clocks of the zone.
    """
    where = Q(promised_for__gte=first) if first else Q()
    if last:
        where &= Q(promised_for__lt=last)
    if units:
        where &= Q(unit__in=tuple(units))
    fates = {fate.value: Count("id", filter=Q(fate=fate.value)) for fate in Fate}
    rows = (
        PromiseRow.objects.filter(where)
        .values("unit", period=_PERIODS[by]("promised_for", tzinfo=zone))
        .annotate(made=Count("id"), open=Count("id", filter=Q(fate="")), **fates)
        .order_by("period", "unit")
    )
    return [_tallied(dict(row)) for row in rows]


def _tallied(row: dict[str, Any]) -> PromiseTally:
    return PromiseTally(period=row.pop("period").date(), **row)


_PERIODS = {
    Period.MONTH: TruncMonth,
    Period.QUARTER: TruncQuarter,
    Period.YEAR: TruncYear,
}

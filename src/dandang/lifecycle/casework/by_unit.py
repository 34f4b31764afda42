"""How the open cases of units stand, counted and listed by the same conditions; read only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import PAGE, ListedCase, listed_lines
from dandang.lifecycle.casework.wanted import Wanted, open_to, where
from dandang.lifecycle.states import Outcome, State
from dandang.policy import CallTarget


class What(StrEnum):
    """What of its open cases a unit is asked about; a case can be several of these at once."""

    OPEN = "open"
    TODAY = "today"
    WEEK = "week"
    OVERDUE = "overdue"
    QUIET = "quiet"
    REQUESTER = "requester"
    OTHERS = "others"
    LEGAL_ROUTE = "legal_route"
    PROPOSED = "proposed"
    DISPUTED = "disputed"
    CALLED = "called"


@dataclass(frozen=True, slots=True)
class Borders:
    """The instants (aware) between which cases are told apart.

    `tomorrow` and `next_week` are when today and this week of the body are over. Whoever entered
    nothing since `quiet` has made no progress.
    """

    now: datetime
    tomorrow: datetime
    next_week: datetime
    quiet: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """One page of cases by due time. `next` names the place after it, "" on the last page."""

    cases: tuple[ListedCase, ...]
    next: str


def unit_tallies(
    units: Sequence[str], borders: Borders, hidden_from: KeptOut
) -> dict[str, dict[What, int]]:
    """Return how the open cases of each unit stand, for units that have any. Two queries.

    Calls stand in another index than all the rest, so they are counted apart.
    """
    numbers = {
        what.value: Count("pk", filter=_condition(what, borders))
        for what in What
        if what is not What.CALLED
    }
    rows = _open(units, hidden_from).order_by().values("holder_unit").annotate(**numbers)
    called = _open(units, hidden_from).filter(_condition(What.CALLED, borders)).order_by()
    found = called.values("holder_unit").annotate(n=Count("pk"))
    calls = {row["holder_unit"]: row["n"] for row in found}
    return {
        unit: {
            what: calls.get(unit, 0) if what is What.CALLED else row[what.value] for what in What
        }
        for unit, row in ((one["holder_unit"], dict[str, Any](one)) for one in rows)
    }


def unit_cases(
    units: Sequence[str],
    what: What,
    borders: Borders,
    hidden_from: KeptOut,
    *,
    after: str = "",
    limit: int = PAGE,
) -> Page:
    """Return the cases that `unit_tallies` counts, by due time, those without one last.

    `after` is the `next` of the page before; anything else begins at the front. Two queries, and
    one more for a page that is not the first.
    """
    found = _open(units, hidden_from).filter(_condition(what, borders))
    last = Case.objects.filter(reference=after).first() if after else None
    if last is not None:
        found = found.filter(_behind(last))
    rows = list(found.order_by("due_at", "id")[: limit + 1])
    shown = rows[:limit]
    return Page(
        cases=tuple(listed_lines(shown)),
        next=shown[-1].reference if len(rows) > limit else "",
    )


def loads_of_sponsors(posts: Sequence[str], hidden_from: KeptOut) -> Mapping[str, int]:
    """Return how many open cases each of these posts sponsors, for those that do. One query."""
    rows = Case.objects.filter(
        open_to(hidden_from), ~Q(sponsor=""), ended_at=None, sponsor__in=tuple(posts)
    )
    counted = rows.order_by().values("sponsor").annotate(n=Count("id"))
    return {row["sponsor"]: row["n"] for row in counted}


def _open(units: Sequence[str], hidden_from: KeptOut) -> QuerySet[Case]:
    found = Case.objects.filter(open_to(hidden_from), ended_at=None, holder_unit__in=tuple(units))
    return found.alias(quiet_since=Coalesce("last_entry_at", "counts_from"))


def _behind(last: Case) -> Q:
    if last.due_at is None:
        return Q(due_at=None, id__gt=last.pk)
    return Q(due_at__gt=last.due_at) | Q(due_at=last.due_at, id__gt=last.pk) | Q(due_at=None)


_TARGETS = tuple(target.value for target in CallTarget)
_REQUESTERS_TURN = Q(state=State.WAITING_REQUESTER) | Q(
    state=State.PROPOSED, outcome=Outcome.RESOLVED
)


def _condition(what: What, borders: Borders) -> Q:
    """Return the condition; `quiet_since` stands for the last entry of substance."""
    to_come = Q(due_at__gte=borders.now)
    return {
        What.OPEN: Q(pk__isnull=False),
        What.TODAY: to_come & Q(due_at__lt=borders.tomorrow),
        What.WEEK: to_come & Q(due_at__lt=borders.next_week),
        What.OVERDUE: Q(due_at__lt=borders.now),
        What.QUIET: Q(quiet_since__lt=borders.quiet) & ~_REQUESTERS_TURN,
        What.REQUESTER: Q(state=State.WAITING_REQUESTER),
        What.OTHERS: Q(state=State.WAITING_OTHER),
        What.LEGAL_ROUTE: Q(state=State.ON_LEGAL_ROUTE),
        What.PROPOSED: Q(state=State.PROPOSED),
        What.DISPUTED: Q(state=State.DISPUTED),
        What.CALLED: where(Wanted(targets=_TARGETS)),
    }[what]

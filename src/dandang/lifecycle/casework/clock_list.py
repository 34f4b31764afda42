"""Lists of running clocks over many cases: read only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.models import Case, Clock
from dandang.lifecycle.casework.queries import PAGE, titles_of
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.wanted import Wanted, where
from dandang.terms import Due


@dataclass(frozen=True, slots=True)
class ListedClock:
    """A clock with its case, without the requests and the other clocks of it.

    `title` is "" where it was erased.
    """

    due: Due
    reference: str
    title: str
    case: CaseState


@dataclass(frozen=True, slots=True)
class WantedClocks:
    """Which clocks of open cases to list: those of the cases that these posts or units hold.

    `only` narrows them to these clocks; empty means all. `never` are left out, and `rights` once
    they are over. `overdue_at` narrows them to those that run and are past their time then.
    """

    posts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    overdue_at: datetime | None = None
    hidden_from: KeptOut | None = None


@dataclass(frozen=True, slots=True)
class ClockTally:
    """How many clocks of one name there are, and how many of them run and are past their time."""

    clock: str
    number: int
    overdue: int


def clocks(
    wanted: WantedClocks, now: datetime, *, limit: int = PAGE, offset: int = 0
) -> list[ListedClock]:
    """Return clocks by due time, those that stand still last. Two queries, whatever the number."""
    rows = list(
        _found(wanted, now)
        .select_related("case")
        .order_by("paused", "due_at", "id")[offset : offset + limit]
    )
    titles = titles_of(row.case for row in rows)
    return [
        ListedClock(
            due=row.facts(),
            reference=row.case.reference,
            title=titles.get(row.case.opening_event, ""),
            case=row.case.facts((), ()),
        )
        for row in rows
    ]


def clock_tallies(wanted: WantedClocks, now: datetime) -> list[ClockTally]:
    """Return how many clocks of each name there are. One query."""
    late = Count("id", filter=_late(now))
    rows = _found(wanted, now).order_by().values("name").annotate(number=Count("id"), overdue=late)
    return [ClockTally(row["name"], row["number"], row["overdue"]) for row in rows]


def _found(wanted: WantedClocks, now: datetime) -> QuerySet[Clock]:
    cases = Case.objects.filter(
        where(
            Wanted(
                posts=wanted.posts,
                units=wanted.units,
                open_only=True,
                hidden_from=wanted.hidden_from,
            )
        )
    )
    found = Clock.objects.filter(case__in=cases)
    found = found.exclude(name__in=wanted.never)
    found = found.exclude(_named(wanted.rights), due_at__lt=now)
    if wanted.only:
        found = found.filter(_named(wanted.only))
    return found.filter(_late(wanted.overdue_at)) if wanted.overdue_at else found


def _named(names: Iterable[str]) -> Q:
    return Q(name__in=tuple(names))


def _late(now: datetime) -> Q:
    return Q(due_at__lt=now, paused=False)

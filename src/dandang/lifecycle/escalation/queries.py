"""Asking how far behind the firing of clocks is, and what was set aside; read only."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from dandang.lifecycle.casework.models import Clock
from dandang.lifecycle.deadlines.clocks import NEVER_FIRE
from dandang.lifecycle.escalation.models import SetAside

MOST_ASIDE = 100


@dataclass(frozen=True, slots=True)
class Aside:
    """A clock of a case (by reference) that was set aside with its error."""

    case: str
    clock: str
    due_at: datetime
    error: str


@dataclass(frozen=True, slots=True)
class WorkStanding:
    """How many clocks are due and for how many seconds the oldest is, and when the next fires.

    `aside` holds the oldest of those set aside, at most `MOST_ASIDE`.
    """

    due: int
    late_seconds: int
    next_at: datetime | None
    aside: tuple[Aside, ...]


def standing(now: datetime) -> WorkStanding:
    """Return how the workers stand at this time (aware)."""
    firing = Clock.objects.filter(paused=False, missed=False, aside=False).exclude(
        name__in=sorted(NEVER_FIRE)
    )
    due = firing.filter(due_at__lte=now)
    oldest = due.order_by("due_at").values_list("due_at", flat=True).first()
    later = firing.filter(due_at__gt=now).order_by("due_at")
    # A clock that was set anew or stopped since is none to look after any more.
    still = Clock.objects.filter(case=OuterRef("case"), name=OuterRef("clock"), aside=True)
    rows = SetAside.objects.select_related("case").filter(Exists(still)).order_by("at")
    return WorkStanding(
        due=due.count(),
        late_seconds=0 if oldest is None else int((now - oldest).total_seconds()),
        next_at=later.values_list("due_at", flat=True).first(),
        aside=tuple(
            Aside(one.case.reference, one.clock, one.due_at, one.error) for one in rows[:MOST_ASIDE]
        ),
    )

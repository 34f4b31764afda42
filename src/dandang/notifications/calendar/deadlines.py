"""Which deadlines an officer has: the running clocks of the open cases held by the own posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from dandang.lifecycle.casework.keeping_out import closed_to, kept_out
from dandang.lifecycle.casework.models import Clock
from dandang.lifecycle.deadlines.clocks import RIGHTS, SYSTEMS_OWN
from dandang.organization.directory import Directory, Post

MOST = 500
"""How many deadlines a calendar shows at most."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One running clock: of which case, what for (a clock name), until when (UTC).

    `is_provisional` marks a time beyond the published calendar.
    """

    reference: str
    clock: str
    due_at: datetime
    is_provisional: bool


def deadlines_of(
    officer: str, posts: Sequence[Post], directory: Directory, *, now: datetime
) -> list[Deadline]:
    """Return at most `MOST` deadlines by due time; what is to come goes before what is overdue.

    Two queries. Clocks that stand still have no time to show, and the right to return a case has
    nothing more to say once it is over.
    """
    held = _running(officer, posts, directory)
    coming = list(held.filter(due_at__gte=now).order_by("due_at", "id")[:MOST])
    late = held.filter(due_at__lt=now).exclude(name__in=sorted(RIGHTS))
    overdue = list(late.order_by("-due_at", "-id")[: MOST - len(coming)])
    return [
        Deadline(row.case.reference, row.name, row.due_at, row.provisional)
        for row in (*reversed(overdue), *coming)
    ]


def _running(officer: str, posts: Sequence[Post], directory: Directory) -> QuerySet[Clock]:
    hidden = closed_to(kept_out(officer, posts, directory)).values("pk")
    return (
        Clock.objects.select_related("case")
        .only("name", "due_at", "provisional", "case__reference")
        .filter(case__holder__in=[post.code for post in posts], case__ended_at=None, paused=False)
        .filter(~Q(case__in=hidden))
        .exclude(name__in=sorted(SYSTEMS_OWN))
    )

"""Asking how far the open cases of posts that changed hands have been told of it; read only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Sum

from dandang.lifecycle.casework.incumbents import Incumbent, IncumbentLook

# Whoever has reached 0 has told nobody yet.
_TELLINGS = """
SELECT i.post, i.coming ->> 'heir', i.coming ->> 'substitute', i.due_at IS NOT NULL,
    (SELECT count(*) FROM casework_case c WHERE c.holder = i.post AND c.ended_at IS NULL),
    (SELECT count(*) FROM casework_case c
     WHERE c.holder = i.post AND c.ended_at IS NULL AND c.id > i.reached),
    i.failed, i.error
FROM casework_incumbent i
WHERE (i.due_at IS NOT NULL OR i.failed > 0) AND (%(all)s OR i.post = ANY(%(posts)s))
ORDER BY i.due_at, i.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Telling:
    """A post that changed hands: how many of its open cases know, and how many do not yet.

    `heir` and `substitute` are staff codes, None where nobody is or it is not known yet. `failed`
    counts cases that could not be told, `error` names the last of them. Where `is_due` is False
    only these are left.
    """

    post: str
    heir: str | None
    substitute: str | None
    is_due: bool
    cases: int
    left: int
    failed: int
    error: str

    @property
    def told(self) -> int:
        """How many of the open cases were told, or had nothing to be told."""
        return self.cases - self.left


@dataclass(frozen=True, slots=True)
class TakingOverStanding:
    """How many posts are due, how many cases failed, when somebody's time next begins or ends."""

    posts: int
    failed: int
    next_at: datetime | None


def tellings(posts: Sequence[str] = (), *, most: int = 50) -> list[Telling]:
    """Return the posts (all, unless named) whose cases are being told or failed, at most so many.

    Those that wait longest go first.
    """
    values: dict[str, Any] = {"all": not posts, "posts": list(posts), "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_TELLINGS, values)
        return [
            Telling(post, heir, substitute, is_due, cases, left if is_due else 0, failed, error)
            for post, heir, substitute, is_due, cases, left, failed, error in cursor.fetchall()
        ]


def standing() -> TakingOverStanding:
    """Return how the telling of cases stands."""
    return TakingOverStanding(
        posts=Incumbent.objects.exclude(due_at=None).count(),
        failed=Incumbent.objects.aggregate(n=Sum("failed"))["n"] or 0,
        next_at=IncumbentLook.objects.values_list("due_at", flat=True).first(),
    )

"""What was joined lately, and what was told apart; read only, every answer bounded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from dandang.ledger import base64url
from dandang.lifecycle.casework.apart import Apart
from dandang.lifecycle.casework.keeping_out import KeptOut, closed_to
from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.queries import titles_of
from dandang.lifecycle.casework.wanted import open_to
from dandang.lifecycle.states import State

JOINED = 50
_DIFFERENT = 20


@dataclass(frozen=True, slots=True)
class Joined:
    """A case that went on in another one; titles are "" where they were erased.

    `holder` is who would hold it again, `requests` how many would leave the other one with it.
    """

    row: int
    reference: str
    title: str
    into: str
    into_title: str
    joined_at: datetime
    holder: str
    requests: int


@dataclass(frozen=True, slots=True)
class Different:
    """Two cases, by reference, that were told apart: why (a code), by which officer, when."""

    number: int
    references: tuple[str, str]
    why: str
    told_by: str
    told_at: datetime


def joined(*, hidden_from: KeptOut, before: int | None = None) -> list[Joined]:
    """Return the cases that were joined into others, the newest row first. Four queries."""
    found = Case.objects.filter(open_to(hidden_from), state=State.MERGED, ended_at__isnull=False)
    if before is not None:
        found = found.filter(id__lt=before)
    rows = list(found.order_by("-id")[:JOINED])
    tags = {row.merged_into: base64url.decode(row.merged_into) for row in rows if row.merged_into}
    others = Case.objects.filter(open_to(hidden_from), stream__in=tags.values())
    into = {one.tag: one for one in others}
    titles = titles_of([*rows, *into.values()])
    numbers = _requests_of(rows)
    return [
        Joined(
            row=row.pk,
            reference=row.reference,
            title=titles.get(row.opening_event, ""),
            into=into[row.merged_into].reference,
            into_title=titles.get(into[row.merged_into].opening_event, ""),
            joined_at=row.ended_at,
            holder=row.holder,
            requests=numbers.get(row.pk, 0),
        )
        for row in rows
        if row.merged_into in into and row.ended_at is not None
    ]


def differences(*, hidden_from: KeptOut) -> list[Different]:
    """Return what was told apart lately, the newest first. One query."""
    closed = closed_to(hidden_from)
    rows = (
        Apart.objects.filter(undone_at=None)
        .exclude(first__in=closed)
        .exclude(second__in=closed)
        .order_by("-told_at", "-id")
        .select_related("first", "second")
        .only("why", "told_by", "told_at", "first__reference", "second__reference")[:_DIFFERENT]
    )
    return [
        Different(
            number=row.pk,
            references=(row.second.reference, row.first.reference),
            why=row.why,
            told_by=row.told_by,
            told_at=row.told_at,
        )
        for row in rows
    ]


def _requests_of(rows: Iterable[Case]) -> dict[int, int]:
    active = Request.objects.filter(case__in=list(rows), withdrawn=False).order_by()
    return dict(active.values_list("case").annotate(n=Count("id")))

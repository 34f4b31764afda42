"""Keeping the rows of published cases at what the ledger and the cases say; it decides nothing.

What a row holds depends on the case as it is now, so reading an event twice, or out of its order,
changes nothing, and the rows rebuilt at any time are those that following gives.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Cast

from dandang.ledger.queries import follow, last_index
from dandang.publication.cases.models import CaseCursor, ShownCase
from dandang.publication.cases.reading import (
    Published,
    all_published,
    published_among,
    published_cases,
)

FOLLOWER = "cases"
_BATCH = 500
_WRITTEN = (
    *("text_event", "title", "text", "place", "area", "category", "unit", "state", "is_open"),
    *("sent_at", "requests", "published_at", "changed_at", "found_by"),
)


@transaction.atomic
def follow_once(*, limit: int = _BATCH) -> int:
    """Deal with at most `limit` events of the ledger; return how many.

    0 when there is nothing new or another process is at it.
    """
    cursor = _cursor(skip=True)
    page = follow(cursor.idx, limit=limit) if cursor else []
    if cursor is None or not page:
        return 0
    streams = list({event.stream for _, event in page})
    shown = _show(published_among(published_cases(streams)))
    ShownCase.objects.filter(case__stream__in=streams).exclude(case__in=shown).delete()
    cursor.idx = page[-1][0]
    cursor.save(update_fields=["idx"])
    return len(page)


@transaction.atomic
def rebuild() -> int:
    """Write every row anew from the cases and the ledger; return how many there are.

    Nobody follows meanwhile, and readers see the old rows until it is done.
    """
    _cursor(skip=False)
    ShownCase.objects.all().delete()
    reached, number = 0, 0
    while cases := all_published(reached, _BATCH):
        number += len(_show(published_among(cases)))
        reached = cases[-1].pk
    return number


def standing() -> tuple[int, datetime | None]:
    """Return how many events are not dealt with, and when the first was recorded (UTC)."""
    cursor = CaseCursor.objects.filter(name=FOLLOWER).first()
    reached = cursor.idx if cursor else -1
    left = follow(reached, limit=1)
    return max(0, last_index() - reached), left[0][1].at if left else None


def _cursor(*, skip: bool) -> CaseCursor | None:
    """Return the place reached, locked; None when another process has it and that is skipped."""
    CaseCursor.objects.get_or_create(name=FOLLOWER)
    return CaseCursor.objects.select_for_update(skip_locked=skip).filter(name=FOLLOWER).first()


def _show(found: Sequence[Published]) -> list[int]:
    rows = list(_rows(found))
    ShownCase.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["case"], update_fields=_WRITTEN
    )
    return [one.case_id for one in found]


def _rows(found: Iterable[Published]) -> Iterable[ShownCase]:
    for one in found:
        columns = asdict(one)
        # Written out by `vector`: no parser of the server has a say in what a word is.
        columns["found_by"] = Cast(Value(one.found_by), SearchVectorField())
        yield ShownCase(**columns)

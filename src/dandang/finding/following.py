"""Keeping the index of all cases at what the ledger and the cases say; it decides nothing.

What a row holds depends on the case as it is now, so reading an event twice, or out of its order,
changes nothing, and rows written anew at any time are those that following gives.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Cast
from django.utils import timezone

from dandang.finding.models import IndexCursor, IndexedCase
from dandang.finding.reading import Indexed, Named, indexed, with_family
from dandang.ledger.queries import follow, last_index
from dandang.lifecycle.casework.models import Case
from dandang.organization.queries import current_policy, directory
from dandang.terms import Refusal

FOLLOWER = "finding"
_BATCH = 500
_WALK = 200
_KEEPS_UP = timedelta(minutes=1)
_EVER = datetime.min.replace(tzinfo=UTC)
_WRITTEN = ("sent_at", "due_at", "keys", "title", "words")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the index is behind the log, in events, and how many cases are to be written anew.

    `since` is when the first of those events was recorded (UTC), None where there is none.
    """

    behind: int
    to_write: int
    since: datetime | None = None


@transaction.atomic
def follow_once(*, limit: int = _BATCH) -> int:
    """Deal with at most `limit` events of the ledger, or write some cases anew; return how many.

    0 when there is nothing to do or another process is at it.
    """
    cursor = _cursor()
    if cursor is None:
        return 0
    page = follow(cursor.idx, limit=limit)
    if not page:
        return _walk_on(cursor)
    _write(with_family({event.stream for _, event in page}))
    cursor.idx = page[-1][0]
    cursor.save(update_fields=["idx"])
    return len(page)


def begin_anew() -> int:
    """Have every row written anew, from the first case on; return how many cases there are.

    Nobody waits for it: rows are found as they were until it is their turn. Whoever follows does
    it, now and after any interruption.
    """
    IndexCursor.objects.update_or_create(
        name=FOLLOWER, defaults={"walked": 0}, create_defaults=_at_first()
    )
    return standing().to_write


def standing() -> Standing:
    """Return how far the index is."""
    cursor = IndexCursor.objects.filter(name=FOLLOWER).first()
    if cursor is None:
        return Standing(behind=0, to_write=Case.objects.count())
    to_write = 0 if cursor.walked is None else Case.objects.filter(pk__gt=cursor.walked).count()
    left = follow(cursor.idx, limit=1)
    return Standing(
        behind=max(0, last_index() - cursor.idx),
        to_write=to_write,
        since=left[0][1].at if left else None,
    )


def walked() -> tuple[int, int] | None:
    """Return the numbers of the last case that was written anew and of the last there is.

    None where nothing is left to write anew. Two rows are looked at, whatever the number of cases.
    """
    cursor = IndexCursor.objects.filter(name=FOLLOWER).first()
    if cursor is None or cursor.walked is None:
        return None
    last = Case.objects.order_by("-pk").values_list("pk", flat=True).first()
    return cursor.walked, max(cursor.walked, last or 0)


def late_since() -> datetime | None:
    """Return since when the index has lacked what was recorded (UTC); None where it keeps up.

    It does within `_KEEPS_UP`. Where not all cases are in it yet that is since ever: the beginning
    of time. A few rows are looked at, whatever the number of cases.
    """
    cursor = IndexCursor.objects.filter(name=FOLLOWER).first()
    if cursor is None:
        return _EVER if Case.objects.exists() else None
    if cursor.walked is not None:
        further = Case.objects.filter(pk__gt=cursor.walked).order_by("pk")
        turn = further.values_list("pk", flat=True).first()
        if turn is not None and not IndexedCase.objects.filter(pk=turn).exists():
            return _EVER
    left = follow(cursor.idx, limit=1)
    return left[0][1].at if left and timezone.now() - left[0][1].at > _KEEPS_UP else None


def _cursor() -> IndexCursor | None:
    """Return the place reached, locked; None when another process has it.

    What stood in the ledger before there was an index is not followed event by event: every case
    is written once.
    """
    IndexCursor.objects.get_or_create(name=FOLLOWER, defaults=_at_first())
    return IndexCursor.objects.select_for_update(skip_locked=True).filter(name=FOLLOWER).first()


def _at_first() -> dict[str, object]:
    return {"idx": last_index(), "walked": 0}


def _walk_on(cursor: IndexCursor) -> int:
    """Write the next cases anew, where that has to be done; return how many."""
    names = _names()
    if names != cursor.names:
        cursor.walked, cursor.names = 0, names
    if cursor.walked is None:
        return 0
    cases = list(Case.objects.filter(pk__gt=cursor.walked).order_by("pk")[:_WALK])
    _write(cases)
    cursor.walked = cases[-1].pk if len(cases) == _WALK else None
    cursor.save(update_fields=["walked", "names"])
    return len(cases)


def _write(cases: Sequence[Case]) -> None:
    """Write the rows of these cases.

    They are locked before their texts are read: what is erased meanwhile waits, and takes from the
    row what it held.
    """
    if not cases:
        return
    numbers = [case.pk for case in cases]
    rows = IndexedCase.objects.filter(pk__in=numbers).order_by("pk")
    list(rows.select_for_update().values_list("pk", flat=True))
    IndexedCase.objects.bulk_create(
        list(_rows(indexed(cases))),
        update_conflicts=True,
        unique_fields=["case_id"],
        update_fields=_WRITTEN,
    )


def _rows(found: Iterable[Indexed]) -> Iterable[IndexedCase]:
    for one in found:
        columns = asdict(one)
        for name in ("title", "words"):
            # Written out by `labelled`: no parser of the server has a say in what a word is.
            columns[name] = Cast(Value(columns[name]), SearchVectorField())
        yield IndexedCase(**columns)


def _names() -> str:
    """Return what tells whether the names that stand in the rows are those of today."""
    try:
        known, policy = directory(), current_policy()
    except Refusal:  # there is no body yet
        return ""
    kinds: list[Mapping[str, Named]] = [known.units, known.posts, known.areas, policy.categories]
    named = (
        f"{code}\t{one.name_zh}\t{one.name_en}" for kind in kinds for code, one in kind.items()
    )
    text = "\n".join(sorted(named))
    return hashlib.sha256(text.encode()).hexdigest()

"""The cases that a policy is tried out on; read only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.deadlines.trying import Came
from dandang.lifecycle.states import State

MOST = 50_000
"""Of more cases an even sample is looked at: a second of work however large the body is."""

_CHUNK = 2_000
_COLUMNS = ("category", "happening_now", "counts_from", "ended_at")


@dataclass(frozen=True, slots=True)
class CameIn:
    """The cases that came in: how many, and that one of so many of them is looked at."""

    number: int
    one_of: int
    cases: Iterator[Came]


def came_in(since: datetime, until: datetime) -> CameIn:
    """Return the cases that were sent within this time (aware), or an even sample of them.

    Without parts of others, which have their parents' deadlines, and without merged ones.
    """
    found = Case.objects.filter(sent_at__gte=since, sent_at__lt=until, parent="")
    found = found.exclude(state=State.MERGED).order_by()
    number = found.count()
    one_of = -(-number // MOST) or 1
    return CameIn(number, one_of, _cases(found, one_of))


def _cases(found: QuerySet[Case], one_of: int) -> Iterator[Came]:
    # Rows are numbered as they come in, so every part of the time is in the sample alike.
    rows = found.annotate(place=F("id") % one_of).filter(place=0) if one_of > 1 else found
    for row in rows.values_list(*_COLUMNS).iterator(chunk_size=_CHUNK):
        yield Came(*row)

"""The cases that a policy is tried out on; read only."""

from collections.abc import Iterator
from datetime import datetime

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.deadlines.trying import Came
from dandang.lifecycle.states import State

MOST = 20_000
"""So many of the newest cases are looked at: a large body's month, in a few seconds."""

_CHUNK = 2_000
_COLUMNS = ("category", "happening_now", "counts_from", "ended_at")


def came_in(since: datetime, until: datetime) -> Iterator[Came]:
    """Yield the cases that were sent within this time (aware), the newest first, `MOST` at most.

    Without parts of others, which have their parents' deadlines, and without merged ones.
    """
    found = Case.objects.filter(sent_at__gte=since, sent_at__lt=until, parent="")
    rows = found.exclude(state=State.MERGED).order_by("-sent_at", "-id").values_list(*_COLUMNS)
    for row in rows[:MOST].iterator(chunk_size=_CHUNK):
        yield Came(*row)

"""Reading the ledger by its index, and counting anew whatever an event is about.

A batch of events, what comes of it and the place reached are one transaction: killed at any point,
it has been done or not begun. What a case contributes is read off its row, which may be ahead of
the events with an index; the events that bring it there are dealt with when they have theirs, and
then nothing changes. What stands in events alone is taken in by their place in the chain of the
case, each once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from dandang.ledger.queries import StoredEvent, follow
from dandang.publication.figures import store
from dandang.publication.figures.models import Build
from dandang.publication.figures.reading import cases_of, places
from dandang.publication.figures.rules.cells import Cells, difference, merge
from dandang.publication.figures.rules.contribution import (
    CaseFacts,
    History,
    Places,
    after,
    contributes,
)
from dandang.publication.figures.store import Kept
from dandang.terms import Code, Refusal

BATCH = 1000


def follow_once(*, now: datetime, limit: int = BATCH) -> int:
    """Deal with at most `limit` events of the ledger; return how many. `now` is aware.

    0 when there is nothing new, when another process is at it, before anything was counted, and
    before there is an organisation.
    """
    if (known := places_or_none()) is None:
        return 0
    with transaction.atomic():
        build = locked(Build.CURRENT)
        return 0 if build is None else follow_in(build, known, now=now, limit=limit)


def follow_in(build: Build, known: Places, *, now: datetime, limit: int) -> int:
    """Deal with the next events in a build that is locked; return how many."""
    page = follow(build.idx, limit=limit)
    if page:
        by_stream: dict[bytes, list[StoredEvent]] = defaultdict(list)
        for _, event in page:
            by_stream[event.stream].append(event)
        _count(build, by_stream, known, now)
        build.idx = page[-1][0]
        build.save(update_fields=["idx"])
    return len(page)


def let_time_pass(*, now: datetime, limit: int = BATCH) -> int:
    """Count cases anew for which time alone changed something; return how many, at most `limit`."""
    if (known := places_or_none()) is None:
        return 0
    with transaction.atomic():
        build = locked(Build.CURRENT)
        return 0 if build is None else let_time_pass_in(build, known, now=now, limit=limit)


def let_time_pass_in(build: Build, known: Places, *, now: datetime, limit: int) -> int:
    """Count cases anew for which time changed something, in a build that is locked."""
    streams = store.time_ran_out(build.id, now, limit=limit)
    if streams:
        _count(build, dict.fromkeys(streams, ()), known, now)
    return len(streams)


def locked(state: str) -> Build | None:
    """Return the build of this state, locked; None without one, or when another process has it."""
    return Build.objects.select_for_update(skip_locked=True).filter(state=state).first()


def places_or_none() -> Places | None:
    """Return where cases count; None before there is an organisation."""
    try:
        return places()
    except Refusal as refusal:
        if refusal.code is Code.NO_ORGANIZATION:
            return None
        raise


def folded(history: History, events: Iterable[StoredEvent]) -> History:
    """Return the history of a case after events of its chain, in their order."""
    for event in events:
        history = after(history, event.seq, event.type, event.fields, event.dues)
    return history


def change(
    before: Mapping[bytes, Kept],
    facts: Mapping[bytes, CaseFacts],
    events: Mapping[bytes, Sequence[StoredEvent]],
    known: Places,
    now: datetime,
) -> tuple[dict[bytes, Kept], Cells]:
    """Return what is kept of these cases from now on, and what that adds to the cells."""
    cells: Cells = {}
    cases: dict[bytes, Kept] = {}
    for stream, case in facts.items():
        was = before.get(stream, Kept())
        history = folded(was.history, events.get(stream, ()))
        counted = contributes(case, history, known, now)
        cases[stream] = Kept(history, counted)
        merge(cells, difference(was.counted, counted))
    return cases, cells


def _count(
    build: Build, events: Mapping[bytes, Sequence[StoredEvent]], known: Places, now: datetime
) -> None:
    facts = cases_of(events)
    cases, cells = change(store.load(build.id, list(facts)), facts, events, known, now)
    store.save(build.id, cases)
    store.add_to_cells(build.id, cells)

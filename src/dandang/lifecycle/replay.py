"""Rebuilds every case from its events alone and names every difference from the rows."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import groupby

from django.db import connection, transaction

from dandang.ledger.queries import StoredEvent, stream_all
from dandang.lifecycle.archive.rules import evolve
from dandang.lifecycle.casework.models import Case, Clock, Request
from dandang.lifecycle.casework.precedents import Precedent
from dandang.lifecycle.casework.promises import PromiseRow
from dandang.lifecycle.casework.rules.changes import moved, settle
from dandang.lifecycle.casework.rules.precedents import WATCHED, Decision, Watch
from dandang.lifecycle.casework.rules.promises import Promise, PromiseWatch
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.event_types import EVENT_TYPES
from dandang.terms import Recorded

BATCH = 500

_Kept = Sequence[Decision] | Sequence[Promise]


@dataclass(frozen=True, slots=True)
class _Rebuilt:
    """A stream with its case, the number of its events, and what is kept of them besides."""

    stream: bytes
    state: CaseState
    events: int
    decided: Sequence[Decision]
    promised: Sequence[Promise]


@dataclass(frozen=True, slots=True)
class Difference:
    """A value of a row that the ledger does not give. Column `row` means the row as a whole."""

    case: str
    column: str
    in_ledger: str
    in_row: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay went through. `differences` keeps the first ones, `differing` counts all."""

    events: int
    cases: int
    differing: int
    differences: tuple[Difference, ...]


def recorded(stored: StoredEvent) -> Recorded:
    """Return the event of a ledger row with its circumstances, without personal text."""
    return Recorded(
        event=EVENT_TYPES[stored.type].from_fields(stored.fields),
        by=stored.actor,
        occurred_at=stored.occurred_at,
        post=stored.post,
        dues=stored.dues,
    )


def rebuild(state: CaseState | None, stored: StoredEvent) -> CaseState:
    """Return the case after one more event of the ledger, with the clocks the event recorded."""
    event = recorded(stored)
    after = evolve(state, event)
    return settle(after, event.dues, state_moved=state is None or moved(state, after))


def replay(*, keep: int = 100, progress: Callable[[int], None] | None = None) -> Replayed:
    """Rebuild all cases in one consistent look at the database and compare every column.

    Reads streams in order, so memory holds one case and one batch of rows. Streams of bodies
    (adopted policies and notices) are passed over. `progress` is told the number of events.
    """
    events = cases = differing = 0
    kept: list[Difference] = []
    seen = 0
    with _one_look():
        for batch in _batches(_rebuilt()):
            streams = {one.stream for one in batch}
            rows = _rows(streams)
            precedents, promises = _precedents(streams), _promises(streams)
            for one in batch:
                events += one.events
                cases += 1
                row = rows.get(one.stream)
                seen += row is not None
                found = list(compare(one.stream.hex(), one.state, row))
                found += compare_precedents(one.stream.hex(), one.decided, precedents[one.stream])
                found += compare_promises(one.stream.hex(), one.promised, promises[one.stream])
                differing += len(found)
                kept.extend(found[: max(0, keep - len(kept))])
            if progress:
                progress(events)
        orphans = Case.objects.count() - seen
    if orphans:
        differing += orphans
        kept.append(Difference("-", "row", "0", str(orphans)))
    return Replayed(events, cases, differing, tuple(kept))


def compare(case: str, rebuilt: CaseState, row: CaseState | None) -> Iterator[Difference]:
    """Yield every column in which a row differs from what the ledger gives."""
    if row is None:
        yield Difference(case, "row", "1", "0")
        return
    for field in fields(CaseState):
        ours, theirs = getattr(rebuilt, field.name), getattr(row, field.name)
        if ours != theirs:
            yield Difference(case, field.name, str(ours), str(theirs))


def compare_precedents(
    case: str, rebuilt: Sequence[Decision], rows: Sequence[Decision]
) -> Iterator[Difference]:
    """Yield every decided dispute whose precedent is not what the ledger gives, either way."""
    return _compare_kept(case, "precedent", rebuilt, rows)


def compare_promises(
    case: str, rebuilt: Sequence[Promise], rows: Sequence[Promise]
) -> Iterator[Difference]:
    """Yield every promise whose row is not what the ledger gives, either way."""
    return _compare_kept(case, "promise", rebuilt, rows)


def _compare_kept(
    case: str,
    column: str,
    rebuilt: Sequence[Decision | Promise],
    rows: Sequence[Decision | Promise],
) -> Iterator[Difference]:
    ours = {one.event_id: one for one in rebuilt}
    theirs = {one.event_id: one for one in rows}
    for event_id in sorted(ours.keys() | theirs.keys()):
        in_ledger, in_row = ours.get(event_id), theirs.get(event_id)
        if in_ledger != in_row:
            yield Difference(case, column, str(in_ledger or ""), str(in_row or ""))


@contextmanager
def _one_look() -> Iterator[None]:
    """Read everything as of one instant; within somebody's transaction, as that one sees it."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _rebuilt() -> Iterator[_Rebuilt]:
    for stream, stored in groupby(stream_all(), key=lambda event: event.stream):
        state: CaseState | None = None
        number = 0
        disputes, promises = Watch(), PromiseWatch()
        for event in stored:
            if event.type not in EVENT_TYPES:
                break
            if event.type in WATCHED:
                disputes.see(event.event_id, recorded(event), state)
            state = rebuild(state, event)
            if promises.wants(event.type):
                promises.see(event.event_id, recorded(event), state)
            number += 1
        if state is not None:
            yield _Rebuilt(stream, state, number, disputes.found, promises.found)


def _batches(rebuilt: Iterator[_Rebuilt]) -> Iterator[list[_Rebuilt]]:
    batch: list[_Rebuilt] = []
    for one in rebuilt:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _rows(streams: set[bytes]) -> dict[bytes, CaseState]:
    cases = {case.pk: case for case in Case.objects.filter(stream__in=list(streams))}
    requests: dict[int, list[Request]] = {pk: [] for pk in cases}
    clocks: dict[int, list[Clock]] = {pk: [] for pk in cases}
    for request in Request.objects.filter(case__in=cases).order_by("case_id", "number"):
        requests[request.case_id].append(request)
    for clock in Clock.objects.filter(case__in=cases):
        clocks[clock.case_id].append(clock)
    return {bytes(case.stream): case.facts(requests[pk], clocks[pk]) for pk, case in cases.items()}


def _precedents(streams: set[bytes]) -> dict[bytes, list[Decision]]:
    found: dict[bytes, list[Decision]] = {stream: [] for stream in streams}
    for row in Precedent.objects.select_related("case").filter(case__stream__in=list(streams)):
        found[bytes(row.case.stream)].append(row.facts())
    return found


def _promises(streams: set[bytes]) -> dict[bytes, list[Promise]]:
    found: dict[bytes, list[Promise]] = {stream: [] for stream in streams}
    for row in PromiseRow.objects.select_related("case").filter(case__stream__in=list(streams)):
        found[bytes(row.case.stream)].append(row.facts())
    return found

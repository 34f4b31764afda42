"""Changing many cases in a few statements: loading them locked, and writing what happened to them.

For clocks that fire by the thousand. Whatever such an act cannot change is written one by one, by
`record.update`, so both ways end in the same rows.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from psycopg.pq import Format

from dandang.ledger.append import append_many
from dandang.lifecycle.casework.actions.record import update
from dandang.lifecycle.casework.models import STATE_COLUMNS, Case, Request, state_of
from dandang.lifecycle.casework.rules.particulars import kept_particulars
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.states import State
from dandang.terms import Due, Recorded

# Nobody judges outside this state, so nothing that fires elsewhere looks at the requests.
_JUDGED_IN = State.PROPOSED
_TOGETHER = frozenset(
    {
        *("called_upon", "deadline_missed", "due_times_settled", "escalated", "look_back_asked"),
        *("post_inherited", "reminded", "substituted"),
    }
)
_LIGHT = frozenset({"seq", "clocks", "inherited_at", "total"})
_FEW = _LIGHT | {"listed_at", "published_at", "calls", "stepped", "look_back_until"}

_CASES = f"""
SELECT {", ".join(("id", "stream", "reference", *STATE_COLUMNS))}
FROM casework_case WHERE id = ANY(%b) ORDER BY id
"""  # noqa: S608 names of ours
_CLOCKS = """
SELECT case_id, name, due_at, provisional, paused, missed, aside
FROM casework_clock WHERE case_id = ANY(%b)
"""
_UPDATE_LIGHT = """
UPDATE casework_case SET
    seq = new.seq, total_missed = new.total_missed, inherited_at = new.inherited_at
FROM unnest(%b::bigint[], %b::int[], %b::bool[], %b::timestamptz[])
    AS new (id, seq, total_missed, inherited_at)
WHERE casework_case.id = new.id
"""
_UPDATE_FEW = """
UPDATE casework_case SET
    seq = new.seq, total_missed = new.total_missed, inherited_at = new.inherited_at,
    due_at = new.due_at, due_clock = new.due_clock,
    total_due_at = new.total_due_at, total_provisional = new.total_provisional,
    listed_at = new.listed_at, published_at = new.published_at,
    particulars = new.particulars::jsonb
FROM unnest(
    %b::bigint[], %b::int[], %b::bool[], %b::timestamptz[], %b::timestamptz[], %b::text[],
    %b::timestamptz[], %b::bool[], %b::timestamptz[], %b::timestamptz[], %b::text[]
) AS new (
    id, seq, total_missed, inherited_at, due_at, due_clock, total_due_at,
    total_provisional, listed_at, published_at, particulars
)
WHERE casework_case.id = new.id
"""
_STOP_CLOCKS = """
DELETE FROM casework_clock USING unnest(%b::bigint[], %b::text[]) AS gone (case_id, name)
WHERE casework_clock.case_id = gone.case_id AND casework_clock.name = gone.name
"""
_SET_CLOCKS = """
INSERT INTO casework_clock (case_id, name, due_at, provisional, paused, missed, aside)
SELECT *, false FROM unnest(
    %b::bigint[], %b::text[], %b::timestamptz[], %b::bool[], %b::bool[], %b::bool[]
)
ON CONFLICT (case_id, name) DO UPDATE SET
    due_at = EXCLUDED.due_at, provisional = EXCLUDED.provisional, paused = EXCLUDED.paused,
    missed = EXCLUDED.missed, aside = false
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A locked case: its row's id, its ledger stream, its reference and its state.

    Where the case is not proposed, its state has no requests. `aside` names the clocks that are not
    tried.
    """

    id: int
    stream: bytes
    reference: str
    state: CaseState
    aside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Changed:
    """What happened to a loaded case."""

    case: Loaded
    after: CaseState
    records: Sequence[Recorded]


def load_many(ids: Sequence[int]) -> list[Loaded]:
    """Return cases whose rows this transaction has locked, in the order of their ids."""
    clocks: dict[int, dict[str, Due]] = defaultdict(dict)
    aside: dict[int, set[str]] = defaultdict(set)
    with connection.cursor() as cursor:
        # In binary: what comes back as text, Django reads value by value.
        cursor.cursor.format = Format.BINARY
        rows = _rows(cursor, ids)
        cursor.execute(_CLOCKS, [list(ids)])
        for case_id, name, due_at, provisional, paused, missed, is_aside in cursor.fetchall():
            clocks[case_id][name] = Due(name, due_at, provisional, paused, missed)
            if is_aside:
                aside[case_id].add(name)
    requests = _requests([id_ for id_, _, _, row in rows if row["state"] == _JUDGED_IN])
    return [
        Loaded(
            id_,
            stream,
            reference,
            state_of(row, clocks[id_], requests.get(id_, ())),
            frozenset(aside.get(id_, ())),
        )
        for id_, stream, reference, row in rows
    ]


def write_many(changes: Sequence[Changed]) -> None:
    """Write events, cases and clocks. The rows are locked by this transaction."""
    light, few, others = _sorted(changes)
    together = [*light, *few]
    append_many([(change.case.stream, change.records) for change in together], now=timezone.now())
    _execute(_UPDATE_LIGHT, (_light(change) for change in light))
    _execute(_UPDATE_FEW, (_few(change) for change in few))
    _execute(_STOP_CLOCKS, chain.from_iterable(map(_stopped, together)))
    _execute(_SET_CLOCKS, chain.from_iterable(map(_set, together)))
    for change in others:
        _write_alone(change)


def _rows(
    cursor: CursorWrapper, ids: Sequence[int]
) -> list[tuple[int, bytes, str, dict[str, Any]]]:
    """Return id, stream and reference of each case with the columns of its state."""
    cursor.execute(_CASES, [list(ids)])
    return [
        (id_, stream, reference, dict(zip(STATE_COLUMNS, columns, strict=True)))
        for id_, stream, reference, *columns in cursor.fetchall()
    ]


def _requests(ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    if not ids:
        return {}
    found: dict[int, list[Any]] = defaultdict(list)
    for row in Request.objects.filter(case__in=ids).order_by("case_id", "number"):
        found[row.case_id].append(row.facts())
    return {case_id: tuple(requests) for case_id, requests in found.items()}


def _sorted(changes: Sequence[Changed]) -> tuple[list[Changed], list[Changed], list[Changed]]:
    """Return the changes by how they are written: a number only, a few columns, one by one."""
    light: list[Changed] = []
    few: list[Changed] = []
    others: list[Changed] = []
    for change in changes:
        changed = _changed(change)
        if not changed <= _FEW or not _together(change):
            others.append(change)
        elif changed <= _LIGHT and _same_times(change):
            light.append(change)
        else:
            few.append(change)
    return light, few, others


def _changed(change: Changed) -> set[str]:
    """Return the fields that an event changed; what it left alone is the very same value."""
    before = vars(change.case.state)
    return {name for name, value in vars(change.after).items() if value is not before[name]}


def _together(change: Changed) -> bool:
    """Say whether nothing but the case and its clocks is kept of these events."""
    return all(record.event.type_name() in _TOGETHER for record in change.records)


def _same_times(change: Changed) -> bool:
    """Say whether the times that stand in the row of the case are what they were."""
    before, after = change.case.state, change.after
    return before.next_due == after.next_due and _total(before) == _total(after)


def _light(change: Changed) -> tuple[Any, ...]:
    after = change.after
    return change.case.id, after.seq, _total_missed(after), after.inherited_at


def _few(change: Changed) -> tuple[Any, ...]:
    after = change.after
    due = after.next_due
    return (
        *_light(change),
        due.at if due else None,
        due.clock if due else "",
        *_total(after),
        after.listed_at,
        after.published_at,
        json.dumps(kept_particulars(after)),
    )


def _total(case: CaseState) -> tuple[datetime | None, bool]:
    return (case.total.at, case.total.provisional) if case.total else (None, False)


def _total_missed(case: CaseState) -> bool:
    return case.total is not None and case.total.missed


def _stopped(change: Changed) -> Iterable[tuple[int, str]]:
    gone = change.case.state.clocks.keys() - change.after.clocks.keys()
    return [(change.case.id, name) for name in gone]


def _set(change: Changed) -> Iterable[tuple[Any, ...]]:
    before = change.case.state.clocks
    return [
        (change.case.id, name, due.at, due.provisional, due.paused, due.missed)
        for name, due in change.after.clocks.items()
        if before.get(name) != due
    ]


def _execute(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    if columns:
        with connection.cursor() as cursor:
            cursor.execute(statement, columns)


def _write_alone(change: Changed) -> None:
    case = Case.objects.get(pk=change.case.id)
    before = change.case.state
    requests = Request.objects.filter(case=case).order_by("number") if before.requests else ()
    update(case, list(requests), before, change.after, change.records)

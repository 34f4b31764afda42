"""Writing and reading what is kept of cases, and their sums, many at once.

Whoever writes has the row of the build locked, so that nobody adds to the same cell meanwhile.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from dandang.publication.figures.rules.cells import CellKey, Cells, merge
from dandang.publication.figures.rules.contribution import BEGINNING, NOTHING, Contribution, History
from dandang.publication.figures.rules.kept import from_json, to_json

_LOAD = """
SELECT stream, seq, response_due_at, reopened, relapsed, counted
FROM figures_case WHERE build = %s AND stream = ANY(%s)
"""
_SAVE = """
INSERT INTO figures_case
    (build, stream, seq, response_due_at, reopened, relapsed, until, counted)
SELECT %s, stream, seq, response_due_at, reopened, relapsed, until, counted::jsonb FROM unnest(
    %s::bytea[], %s::int[], %s::timestamptz[], %s::bool[], %s::bool[], %s::timestamptz[], %s::text[]
) AS new (stream, seq, response_due_at, reopened, relapsed, until, counted)
ON CONFLICT (build, stream) DO UPDATE SET
    seq = EXCLUDED.seq, response_due_at = EXCLUDED.response_due_at,
    reopened = EXCLUDED.reopened, relapsed = EXCLUDED.relapsed, until = EXCLUDED.until,
    counted = EXCLUDED.counted
"""
_TIME_RAN_OUT = """
SELECT stream FROM figures_case WHERE build = %s AND until < %s ORDER BY until LIMIT %s
"""
_CELLS = """
SELECT cell.dimension, cell.value, cell.period, cell.counted
FROM unnest(%s::text[], %s::text[], %s::text[]) AS wanted (dimension, value, period)
JOIN figures_cell cell ON cell.build = %s AND cell.dimension = wanted.dimension
    AND cell.period = wanted.period AND cell.value = wanted.value
"""
_SET_CELLS = """
INSERT INTO figures_cell (build, dimension, value, period, counted, shown, waits)
SELECT %s, dimension, value, period, counted::jsonb, '{}', '[]'
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[])
    AS new (dimension, value, period, counted)
ON CONFLICT (build, dimension, period, value) DO UPDATE SET counted = EXCLUDED.counted
"""
_CHANGED = "UPDATE figures_build SET changes = changes + 1 WHERE id = %s"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one case: its past, and what it contributes."""

    history: History = BEGINNING
    counted: Contribution = NOTHING


def load(build: int, streams: Sequence[bytes]) -> dict[bytes, Kept]:
    """Return what is kept of the cases of these streams."""
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, [build, list(streams)])
        return {
            bytes(stream): Kept(History(*past), from_json(as_json(counted)))
            for stream, *past, counted in cursor.fetchall()
        }


def save(build: int, cases: Mapping[bytes, Kept]) -> None:
    """Keep these cases as they are now."""
    if not cases:
        return
    rows = [
        (
            stream,
            kept.history.seq,
            kept.history.response_due_at,
            kept.history.reopened,
            kept.history.relapsed,
            kept.counted.until,
            json.dumps(to_json(kept.counted), separators=(",", ":")),
        )
        for stream, kept in sorted(cases.items())
    ]
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, [build, *_columns(rows)])


def time_ran_out(build: int, now: datetime, *, limit: int) -> list[bytes]:
    """Return streams of cases that contribute something else by now though nothing happened."""
    with connection.cursor() as cursor:
        cursor.execute(_TIME_RAN_OUT, [build, now, limit])
        return [bytes(stream) for (stream,) in cursor.fetchall()]


def add_to_cells(build: int, difference: Cells) -> None:
    """Add to the cells of a build, and note that they are not what is shown."""
    changed = {key: numbers for key, numbers in difference.items() if numbers}
    if not changed:
        return
    cells = _cells(build, changed)
    merge(cells, changed)
    rows = [
        (*key, json.dumps(cells[key], separators=(",", ":"), sort_keys=True))
        for key in sorted(changed)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_SET_CELLS, [build, *_columns(rows)])
        cursor.execute(_CHANGED, [build])


def _cells(build: int, keys: Iterable[CellKey]) -> Cells:
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, [*_columns(sorted(keys)), build])
        return {
            CellKey(dimension, value, period): Counter(as_json(counted))
            for dimension, value, period, counted in cursor.fetchall()
        }


def _columns(rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def as_json(value: Any) -> Any:  # noqa: ANN401 whatever was kept
    """Return what stands in a column of JSON, which comes as text where Django does not read it."""
    return json.loads(value) if isinstance(value, str) else value

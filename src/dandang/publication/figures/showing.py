"""Making what is counted fit to be shown, and keeping it ready to be read."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from dandang.publication.figures.following import places_or_none
from dandang.publication.figures.models import Build
from dandang.publication.figures.rules import lines
from dandang.publication.figures.rules.cells import CellKey
from dandang.publication.figures.rules.contribution import Places
from dandang.publication.figures.rules.sheets import Sheet, shown
from dandang.publication.figures.rules.totals import waits
from dandang.publication.figures.store import as_json

LOCK = int.from_bytes(b"dandang\x07", "big")
"""Held by the process that makes figures fit to be shown."""

_MINUTE = timedelta(minutes=1)
_ALL = "all"

# One statement, so that the number of changes and the cells are of the same instant.
_READ = """
SELECT build.id, build.changes, cell.dimension, cell.value, cell.period, cell.counted, cell.shown,
    cell.waits
FROM figures_build build JOIN figures_cell cell ON cell.build = build.id WHERE build.state = %s
"""
_WRITE = """
INSERT INTO figures_cell (build, dimension, value, period, counted, shown, waits)
SELECT %s, dimension, value, period, '{}', shown::jsonb, waits::jsonb
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
    AS new (dimension, value, period, shown, waits)
ON CONFLICT (build, dimension, period, value)
DO UPDATE SET shown = EXCLUDED.shown, waits = EXCLUDED.waits
"""

_Counted = dict[CellKey, dict[str, int]]
_Shown = dict[CellKey, tuple[dict[str, Any], list[Any]]]
"""What is shown of a cell: its counts, and its waits."""


def is_behind(*, now: datetime) -> bool:
    """Say whether what is shown is not what is counted, or is more than a minute old."""
    build = Build.objects.filter(state=Build.CURRENT).first()
    return build is not None and _is_old(build, now)


def show_once(state: str = Build.CURRENT, *, now: datetime) -> int:
    """Make the figures of a build fit to be shown, where they are not; return how many changed.

    `now` is aware. What is counted meanwhile waits for the next time. 0 when another process is
    at it.
    """
    known = places_or_none()
    build = Build.objects.filter(state=state).first()
    if build is None or known is None or not _is_old(build, now):
        return 0
    with _alone() as is_ours:
        if not is_ours:
            return 0
        if build.shown == build.changes and build.at is not None:
            return Build.objects.filter(id=build.id).update(at=now)
        return show(build, known, now)


def _is_old(build: Build, now: datetime) -> bool:
    if build.at is None or build.shown != build.changes:
        return True
    return not build.at <= now < build.at + _MINUTE


@contextmanager
def _alone() -> Iterator[bool]:
    """Keep other processes from doing the same; say whether we are the one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (is_ours,) = cursor.fetchone()
        try:
            yield bool(is_ours)
        finally:
            if is_ours:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def show(build: Build, known: Places, now: datetime) -> int:
    """Make the figures of a build fit to be shown; return how many changed.

    0 when another build has taken its place.
    """
    counted: _Counted = {}
    before: _Shown = {}
    changes = build.changes
    with connection.cursor() as cursor:
        cursor.execute(_READ, [build.state])
        rows = cursor.fetchall()
    if rows:
        number, changes = rows[0][:2]
        if number != build.id:
            return 0
    for _, _, dimension, value, period, *values in rows:
        key = CellKey(dimension, value, period)
        counted[key], *told = map(as_json, values)
        before[key] = told[0], told[1]
    fit = _fit(counted, known, now)
    changed = {key: told for key, told in fit.items() if before.get(key) != told}
    with transaction.atomic():
        _write(build, changed)
        Build.objects.filter(id=build.id).update(shown=changes, at=now)
    return len(changed) or 1


def _fit(counted: _Counted, known: Places, now: datetime) -> _Shown:
    """Return what is shown of every cell of a period that is told."""
    today = now.astimezone(known.zone).date()
    since = lines.first_month(today)
    by: dict[str, dict[tuple[str, str], dict[str, int]]] = defaultdict(dict)
    for key, numbers in counted.items():
        if lines.is_told(key.period, since):
            by[key.dimension][key.value, key.period] = numbers
    dimensions = sorted(by, key=lambda one: (one != _ALL, one))
    all_, *sheets = (Sheet(by[one], _parents(one, known)) for one in dimensions or (_ALL,))
    found = zip(dimensions, shown(all_, sheets, since=since), strict=False)
    return {
        (key := CellKey(dimension, *place)): (numbers, _waits(counted.get(key, {})))
        for dimension, cells in found
        for place, numbers in cells.items()
    }


def _parents(dimension: str, known: Places) -> dict[str, str | None]:
    trees: Mapping[str, Mapping[str, tuple[str, ...]]] = {
        "area": known.areas,
        "category": known.categories,
    }
    return {
        code: path[-2] if len(path) > 1 else None for code, path in trees.get(dimension, {}).items()
    }


def _waits(numbers: Mapping[str, int]) -> list[list[Any]]:
    steps: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for by, code, step, number in waits(numbers):
        steps[by, code][step] = number
    return [
        [by, *lines.kept_wait(lines.wait_of(code, several))]
        for (by, code), several in sorted(steps.items())
    ]


def _write(build: Build, changed: _Shown) -> None:
    if not changed:
        return
    rows = [
        (*key, json.dumps(numbers, sort_keys=True), json.dumps(kept))
        for key, (numbers, kept) in sorted(changed.items())
    ]
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [build.id, *columns])

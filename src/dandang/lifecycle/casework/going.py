"""Where cases of a kind went so far: who holds the last ones, what disputes about them decided."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from dandang.lifecycle.casework.by_kind import OPEN_TO, SAME, Kind, arrays, of_each_kind
from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.routing.confidence import Gone

LAST = 12
"""How many of the last cases of a kind are looked at."""
_LOOKED_AT = 48
"""How many rows are read at most to find them."""
_DECISIONS = 3

# What waits at intake, or went on in another case, says nothing about who holds such matters.
_NEWEST = f"""
SELECT c.holder, c.returns <> '{{}}'::jsonb AS came_back
FROM (SELECT * FROM casework_case c WHERE {SAME} ORDER BY c.id DESC LIMIT {_LOOKED_AT}) c
WHERE c.state NOT IN ('received', 'merged') AND c.parent = ''
  AND c.outcome_reason <> 'out_of_scope' AND {OPEN_TO}
LIMIT {LAST}
"""  # noqa: S608 text of ours
_GONE = f"""
SELECT category, area, holder, count(*), count(*) FILTER (WHERE came_back)
FROM ({of_each_kind("k.category, k.area, c.holder, c.came_back", _NEWEST)}) found
GROUP BY category, area, holder
"""  # noqa: S608 text of ours
_NEWEST_DECISIONS = f"""
SELECT p.to_post, p.to_unit, p.decided_at
FROM (
    SELECT * FROM casework_precedent c WHERE {SAME}
    ORDER BY c.decided_at DESC, c.event_id DESC LIMIT {_LOOKED_AT}
) p JOIN casework_case c ON c.id = p.case_id
WHERE {OPEN_TO}
ORDER BY p.decided_at DESC, p.event_id DESC LIMIT {_DECISIONS}
"""  # noqa: S608 text of ours
_DECIDED = of_each_kind("k.category, k.area, c.to_post, c.to_unit, c.decided_at", _NEWEST_DECISIONS)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decided dispute about a case of the kind: who got it, and when."""

    post: str
    unit: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """Where the last cases of a kind went; `decided` are the newest decisions, newest first."""

    gone: tuple[Gone, ...] = ()
    decided: tuple[Decided, ...] = field(default=())


def courses(kinds: Collection[Kind], *, hidden_from: KeptOut) -> dict[Kind, Course]:
    """Return where the last `LAST` cases of each kind went. Two queries, whatever the number."""
    wanted = sorted(set(kinds), key=lambda kind: (kind[0] or "", kind[1] or ""))
    given = arrays(wanted, hidden_from)
    gone, decided = _gone(_rows(_GONE, given)), _decided(_rows(_DECIDED, given))
    return {kind: Course(gone.get(kind, ()), decided.get(kind, ())) for kind in wanted}


def _rows(statement: str, given: Mapping[str, Any]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def _gone(rows: Iterable[tuple[object, ...]]) -> dict[Kind, tuple[Gone, ...]]:
    found: dict[Kind, list[Gone]] = defaultdict(list)
    for category, area, post, cases, back in rows:
        found[category, area].append(Gone(post, cases, back))  # type: ignore[index, arg-type]  # as selected
    return {
        kind: tuple(sorted(them, key=lambda one: (-one.cases, one.post)))
        for kind, them in found.items()
    }


def _decided(rows: Iterable[tuple[object, ...]]) -> dict[Kind, tuple[Decided, ...]]:
    found: dict[Kind, list[Decided]] = defaultdict(list)
    for category, area, post, unit, decided_at in rows:
        found[category, area].append(Decided(post, unit, decided_at))  # type: ignore[index, arg-type]  # as selected
    return {
        kind: tuple(sorted(them, key=lambda one: one.decided_at, reverse=True))
        for kind, them in found.items()
    }

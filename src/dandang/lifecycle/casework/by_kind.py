"""Reading a few cases of each of many kinds in one statement; a kind is category and area."""

import json
from collections.abc import Sequence
from typing import Any

from dandang.lifecycle.casework.keeping_out import KeptOut

Kind = tuple[str | None, str | None]
"""A category and an area; None where a case has none."""

# With equality the index on both is read in its order; `IS NOT DISTINCT FROM` uses none.
_SAME = (
    ("category IS NOT NULL AND area IS NOT NULL", "c.category = k.category AND c.area = k.area"),
    ("category IS NOT NULL AND area IS NULL", "c.category = k.category AND c.area IS NULL"),
    ("category IS NULL AND area IS NOT NULL", "c.category IS NULL AND c.area = k.area"),
    ("category IS NULL AND area IS NULL", "c.category IS NULL AND c.area IS NULL"),
)

SAME = "{same}"
"""Stands in a statement for the condition that a row `c` is of the kind `k`."""

OPEN_TO = "NOT (c.particulars <> '{}'::jsonb AND c.particulars @> ANY(%(closed)s::jsonb[]))"
"""The condition on a case `c` that leaves out what is closed to an officer."""


def of_each_kind(columns: str, newest: str) -> str:
    """Return SQL that reads `columns` of what `newest` finds for each kind `k`.

    `newest` is a bounded SELECT with `SAME` where it says of which kind. The kinds are the arrays
    `categories` and `areas` (see `arrays`). All of it is text of ours.
    """
    parts = [
        f"SELECT {columns} FROM (SELECT category, area FROM kinds WHERE {which}) k"  # noqa: S608 ours
        f" CROSS JOIN LATERAL ({newest.replace(SAME, same)}) c"
        for which, same in _SAME
    ]
    kinds = "SELECT * FROM unnest(%(categories)s::text[], %(areas)s::text[]) AS k (category, area)"
    return f"WITH kinds AS ({kinds}) {' UNION ALL '.join(parts)}"


def arrays(kinds: Sequence[Kind], officer: KeptOut) -> dict[str, list[Any]]:
    """Return what the statement is given: the kinds, and what closes a case to an officer.

    Whoever does not read every case gets none this way.
    """
    asked = kinds if officer.reads_all else ()
    closed: list[dict[str, list[str]]] = [{"conflicts": [officer.officer]}]
    closed += [{"subject_units": [unit]} for unit in officer.units]
    return {
        "categories": [one for one, _ in asked],
        "areas": [one for _, one in asked],
        "closed": [json.dumps(one) for one in closed],
    }

"""How many cases there are of each kind of list, up to a number beyond which nobody counts."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.statements import Statement, ask, statement_of
from dandang.lifecycle.casework.wanted import Wanted, where

MOST_COUNTED = 10_000
"""Lists are counted up to here; beyond it there are just more."""

_MOST_KEPT = 1024


def tallies(wanted: Mapping[str, Wanted], now: datetime) -> dict[str, int]:
    """Return how many cases there are of each kind, at most `MOST_COUNTED`.

    One query, which uses the index of each; the present in what is wanted may be `NOW`.
    """
    if not wanted:
        return {}
    return {str(name): int(number) for name, number in ask(_counting(tuple(wanted.items())), now)}


@lru_cache(maxsize=_MOST_KEPT)
def _counting(wanted: tuple[tuple[str, Wanted], ...]) -> Statement:
    parts, values = [], []
    for name, one in wanted:
        text, own = statement_of(Case.objects.filter(where(one)).order_by().values("pk"))
        parts.append(f"SELECT %s::text, count(*) FROM ({text} LIMIT {MOST_COUNTED}) AS few")  # noqa: S608 no value is in the text
        values += [name, *own]
    return " UNION ALL ".join(parts), tuple(values)

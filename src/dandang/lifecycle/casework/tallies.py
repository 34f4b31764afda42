"""How many cases there are of each kind of list, up to a number beyond which nobody counts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.expressions import RawSQL

from dandang.lifecycle.casework.keeping_out import KeptOut, closed_to, read_by
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.statements import Statement, ask, statement_of
from dandang.lifecycle.casework.wanted import Wanted, where

MOST_COUNTED = 10_000
"""Lists are counted up to here; beyond it there are just more."""

_MOST_KEPT = 1024
_Named = tuple[tuple[str, Wanted], ...]
_Closed = dict[KeptOut, str]
"""The name in the statement of the cases that are closed to an officer."""


def tallies(wanted: Mapping[str, Wanted], now: datetime) -> dict[str, int]:
    """Return how many cases there are of each kind, at most `MOST_COUNTED`.

    One query, which uses the index of each; the present in what is wanted may be `NOW`.
    """
    if not wanted:
        return {}
    names, statement = _counting(tuple(wanted.items()))
    (numbers,) = ask(statement, now)
    counted = dict(zip(names, numbers, strict=True))
    return {name: int(counted[name]) for name in wanted}


@lru_cache(maxsize=_MOST_KEPT)
def _counting(wanted: _Named) -> tuple[tuple[str, ...], Statement]:
    """Return names, and the statement that reads the number of each in one row."""
    officers = dict.fromkeys(one.hidden_from for _, one in wanted if one.hidden_from)
    closed = {officer: f"closed_{place}" for place, officer in enumerate(officers)}
    names: list[str] = []
    texts: list[str] = []
    values: list[object] = []
    beginnings = []
    for officer, table in closed.items():
        text, own = statement_of(closed_to(officer).order_by().values("pk"))
        beginnings.append(f"{table} AS MATERIALIZED ({text})")
        values += own
    for place, together in enumerate(_together(wanted)):
        text, own = (
            _one_by_one(together, closed) if len(together) == 1 else _at_once(together, closed)
        )
        texts.append(f"({text}) AS part_{place}")
        names += [name for name, _ in together]
        values += own
    beginning = f"WITH {', '.join(beginnings)} " if beginnings else ""
    return tuple(names), (f"{beginning}SELECT * FROM {', '.join(texts)}", tuple(values))  # noqa: S608 no value is in the text


def _together(wanted: _Named) -> list[_Named]:
    """Return the lists in groups: those that are parts of one list of open cases are together."""
    groups: dict[object, _Named] = {}
    for name, one in wanted:
        key = _whole(one) if one.open_only else name
        groups[key] = (*groups.get(key, ()), (name, one))
    return list(groups.values())


def _whole(one: Wanted) -> Wanted:
    return replace(one, states=(), outcomes=())


def _part(one: Wanted) -> Q:
    found = Q(state__in=[state.value for state in one.states]) if one.states else Q()
    return found & Q(outcome__in=one.outcomes) if one.outcomes else found


def _one_by_one(named: _Named, closed: _Closed) -> Statement:
    ((_, one),) = named
    text, values = statement_of(_rows(one, closed).values("pk"))
    return f"SELECT count(*) FROM ({text} LIMIT {MOST_COUNTED}) AS few", values  # noqa: S608 as above


def _at_once(named: _Named, closed: _Closed) -> Statement:
    """Return the statement that reads the rows of a list once and counts its parts.

    All its rows are read, as they have to be for the rarest part; a choice of its own for each
    part has made the planner walk through everybody's cases in one state.
    """
    parts = {f"is_{place}": _part(one) for place, (_, one) in enumerate(named)}
    told = {name: ExpressionWrapper(part, BooleanField()) for name, part in parts.items() if part}
    rows = _rows(_whole(named[0][1]), closed).annotate(**told).values_list("pk", *told)
    text, values = statement_of(rows)
    numbers = [
        f"LEAST(count(*){f' FILTER (WHERE {name})' if part else ''}, {MOST_COUNTED})"
        for name, part in parts.items()
    ]
    return f"SELECT {', '.join(numbers)} FROM ({text}) AS one", values  # noqa: S608 as above


def _rows(one: Wanted, closed: _Closed) -> QuerySet[Case]:
    found = Case.objects.filter(where(replace(one, hidden_from=None))).order_by()
    officer = one.hidden_from
    if officer is None:
        return found
    # What is closed to the officer is found once for all lists, not again for each.
    is_open = RawSQL(f"casework_case.id NOT IN (TABLE {closed[officer]})", (), BooleanField())  # noqa: S611 as above
    return found.filter(read_by(officer), is_open)

"""Entries of one table that share time although they exclude each other."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from dandang.organization.files.values import Parsed
from dandang.terms import Problem

Values = Mapping[str, Any]
Key = Callable[[Values], tuple[object, ...]]


def _duty_place(values: Values) -> tuple[object, ...]:
    return (values["category"], values["area"] or "", values["unit"])


def _stood_in_for(values: Values) -> tuple[object, ...]:
    # An absent officer has one substitute at a time; a post may have several.
    if values["absent"]:
        return ("absent", values["absent"])
    return ("post", values["post"], values["officer"])


_ONE_AT_A_TIME: Mapping[str, Key] = {
    "appointments": lambda values: (values["officer"], values["post"]),
    "rosters": lambda values: (values["officer"], values["post"]),
    "substitutes": _stood_in_for,
    "duties": lambda values: (*_duty_place(values), values["post"], values["type"]),
}


def overlaps(tables: Mapping[str, Iterable[Parsed]]) -> Iterator[Problem]:
    """Yield `overlap` for repeated entries, `contradiction` for a unit's duties of two types."""
    for table, key in _ONE_AT_A_TIME.items():
        for entry, other in _sharing_time(tables[table], key):
            yield entry.problem("overlap", None, **where(other))
    for entry, other in _sharing_time(tables["duties"], _duty_place, apart_by="type"):
        yield entry.problem("contradiction", "type", **where(other))


def where(other: Parsed) -> dict[str, str | int]:
    """Return the parameters that say where the other entry stands."""
    return {"other_source": other.row.source, "other_line": other.row.line}


def _sharing_time(
    entries: Iterable[Parsed], key: Key, apart_by: str | None = None
) -> Iterator[tuple[Parsed, Parsed]]:
    """Yield each entry that shares time with an earlier one of its key, and that one.

    With `apart_by` only entries that differ in that value exclude each other.
    """
    groups: dict[tuple[object, ...], list[Parsed]] = defaultdict(list)
    for entry in entries:
        if entry.clean:
            groups[key(entry.values)].append(entry)
    for group in groups.values():
        # Of each value the entry that reaches furthest is enough to compare with.
        furthest: dict[object, Parsed] = {}
        for entry in sorted(group, key=lambda entry: _span(entry.values)[0]):
            start, end = _span(entry.values)
            own = entry.values[apart_by] if apart_by else None
            for value, other in furthest.items():
                if start < _span(other.values)[1] and (apart_by is None or value != own):
                    yield entry, other
            if own not in furthest or end > _span(furthest[own].values)[1]:
                furthest[own] = entry


def _span(values: Values) -> tuple[float, float]:
    if "starts_at" in values:
        return values["starts_at"].timestamp(), values["ends_at"].timestamp()
    starts, ends = values["starts"] or date.min, values["ends"] or date.max
    return starts.toordinal(), ends.toordinal() + 1

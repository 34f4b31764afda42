"""The form that chooses cases and time: a plain GET form, so that each choice has an address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from dandang.interfaces.public import asking, words
from dandang.interfaces.public.choice import Choice, Known, of_words, period_words
from dandang.interfaces.shared.words.names import Names
from dandang.publication.figures.shapes import Dimension, PeriodKind, Slice

_MOST = 120
"""Of more areas, categories or units than these, only the topmost are offered; lists have all."""
_INDENT = "\u2003"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen; `value` is what stands in the address."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Options that belong together, under a name; "" for those without one."""

    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What can be chosen on a page; an empty tuple where a page does not let choose."""

    cases: tuple[Group, ...]
    times: tuple[Group, ...]
    is_chosen: bool


def filters(
    choice: Choice, known: Known, names: Names, now: datetime, *, takes: frozenset[str]
) -> Filters:
    """Return what the form offers, for a page that takes `of`, `period` or both."""
    return Filters(
        cases=tuple(_cases(choice, known, names)) if "of" in takes else (),
        times=tuple(_times(choice, now)) if "period" in takes else (),
        is_chosen=bool(choice.query),
    )


def _cases(choice: Choice, known: Known, names: Names) -> Iterator[Group]:
    yield Group("", (Option("", gettext("All cases"), not choice.of),))
    for dimension, title in words.DIMENSIONS.items():
        wanted = {code for code, depth in _offered(dimension, known) if depth == 0}
        offered = _offered(dimension, known)
        if len(offered) > _MOST:
            offered = [(code, depth) for code, depth in offered if code in wanted]
        options = [_option(Slice(dimension, code), depth, choice, names) for code, depth in offered]
        if choice.slice.dimension is dimension and not any(one.is_chosen for one in options):
            options.append(_option(choice.slice, 0, choice, names))
        if options:
            yield Group(str(title), tuple(options))


def _option(slice_: Slice, depth: int, choice: Choice, names: Names) -> Option:
    name = _INDENT * depth + words.slice_name(slice_, names)
    return Option(of_words(slice_), name, slice_ == choice.slice)


def _offered(dimension: Dimension, known: Known) -> list[tuple[str, int]]:
    """Return the codes of a dimension, each below what it is a part of, with their depth."""
    parents: dict[str, str | None] = {
        code: getattr(entry, "parent", None)
        for code, entry in known.entries(dimension).items()
        if getattr(entry, "ended", None) is None
    }
    found = list(_in_tree(parents))
    return found if len(found) <= _MOST else [one for one in found if one[1] == 0]


def _in_tree(parents: Mapping[str, str | None]) -> Iterator[tuple[str, int]]:
    children: dict[str | None, list[str]] = {}
    for code, parent in parents.items():
        children.setdefault(parent if parent in parents else None, []).append(code)
    waiting = [(code, 0) for code in reversed(children.get(None, []))]
    while waiting:
        code, depth = waiting.pop()
        yield code, depth
        waiting += [(child, depth + 1) for child in reversed(children.get(code, []))]


def _times(choice: Choice, now: datetime) -> Iterator[Group]:
    names = {
        PeriodKind.ALL: "",
        PeriodKind.YEAR: gettext("Years"),
        PeriodKind.MONTH: gettext("Months"),
    }
    found = asking.periods(now)
    if choice.period not in found:
        found.append(choice.period)
    for kind, name in names.items():
        options = [
            Option(period_words(one), words.period_name(one), one == choice.period)
            for one in found
            if one.kind is kind
        ]
        if options:
            yield Group(name, tuple(options))

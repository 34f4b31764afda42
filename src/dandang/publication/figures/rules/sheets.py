"""All cells of one dimension as a table, and which of its counts are shown.

A table has every value, counter and period of a dimension with all totals, so that nothing follows
from looking at several pages.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle

from dandang.publication.figures.rules.cells import WHOLE
from dandang.publication.figures.rules.hiding import Axis, Hiding, Place, Table
from dandang.publication.figures.rules.totals import (
    BASES,
    OPEN,
    PARTS,
    ROOTS,
    UNSHOWN,
    complete,
)
from dandang.publication.figures.shapes import SMALL, Count

Key = tuple[str, str]
"""Value and period of a cell within its dimension."""

EVERYTHING = "*"
"""The node of all cases together. Values have `=` before their code, so that none is like it."""

_REST = "<"
_YEAR_LENGTH = 4
_JANUARY = "-01"
_NO_DEADLINE = "response:without"
_RATES = frozenset({"rating:high", "end:unanswered"})
_WORTH_OF_ALL = 1000
_WORTH_OF_TOTALS = 30
_WORTH_OF_YEARS = 5
_COUNTERS = Axis(
    {
        **dict.fromkeys(ROOTS),
        **{part: whole for whole, parts in PARTS.items() for part in parts},
    }
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The counters of one dimension by value and period, and what is above each value.

    That of all cases has one value, "".
    """

    counted: Mapping[Key, Mapping[str, int]]
    parents: Mapping[str, str | None] = field(default_factory=dict)


def shown(all_: Sheet, sheets: Sequence[Sheet], *, since: str) -> list[dict[Key, dict[str, Count]]]:
    """Return what is shown of all cases, then of each dimension; None is hidden.

    `since` is the oldest month that is told; there is none before it in a sheet. What is hidden of
    all cases is so for every dimension, so they are gone through until nothing is added.
    """
    whole = _Sums(all_, None, since)
    several = [_Sums(sheet, whole, since) for sheet in sheets]
    whole.hide()
    for sums in cycle(several):
        if all(one.is_up_to_date() for one in several):
            break
        sums.hide()
    return [whole.shown(), *(sums.shown() for sums in several)]


class _Sums:
    """A sheet with the totals of all cases, and what is hidden of it by now."""

    def __init__(self, sheet: Sheet, whole: "_Sums | None", since: str) -> None:
        self._whole = whole
        self.completed = {key: complete(numbers) for key, numbers in sheet.counted.items()}
        nodes = {_node(key, whole): numbers for key, numbers in self.completed.items()}
        periods = {period for _, period in self.completed}
        values = Axis({EVERYTHING: None})
        if whole is not None:
            nodes |= {_node(key, None): numbers for key, numbers in whole.completed.items()}
            periods |= {period for _, period in whole.completed}
            values = _values((value for value, _ in self.completed), sheet.parents)
        axes = [values, _COUNTERS, _periods(periods, since)]
        counts: dict[Place, int] = {
            (node, name, period): number
            for (node, period), numbers in nodes.items()
            for name, number in numbers.items()
        }
        _add_rests(counts, axes, 2)
        _add_rests(counts, axes, 0)
        self._hiding = Hiding(
            Table(axes, counts, _is_shown, worth=_worth, is_open=_is_open, is_guessed=_is_guessed)
        )
        self.of_all: set[Place] = set()
        self._met = -1

    def is_up_to_date(self) -> bool:
        """Say whether all that is hidden of all cases was protected here, too."""
        return self._whole is None or self._met == len(self._whole.of_all)

    def hide(self) -> None:
        """Hide what is small, and what protects it and what is hidden of all cases."""
        self._hiding.protect(self._whole.of_all if self._whole is not None else ())
        self.of_all = {place for place in self._hiding.hidden if place[0] == EVERYTHING}
        if self._whole is not None:
            self._whole.of_all |= self.of_all
            self._met = len(self._whole.of_all)

    def shown(self) -> dict[Key, dict[str, Count]]:
        """Return what is shown. The nothing of a cell without a case may be hidden, too."""
        hidden: dict[Key, set[str]] = defaultdict(set)
        for node, name, period in self.of_all if self._whole is None else self._hiding.hidden:
            if self._whole is None or node != EVERYTHING:
                hidden[node[1:], period].add(name)
        return {
            key: _without(self.completed.get(key, {}), hidden[key])
            for key in sorted(self.completed.keys() | hidden.keys())
        }


def _node(key: Key, whole: _Sums | None) -> Key:
    value, period = key
    return (EVERYTHING if whole is None else "=" + value), period


def _is_shown(place: Place) -> bool:
    return UNSHOWN.isdisjoint(place) and not any(node.startswith(_REST) for node in place)


def _is_open(place: Place) -> bool:
    """Say whether a count is no secret. Of all cases together no rate is one, nor silence."""
    return place[1] in OPEN or (place[0] == EVERYTHING and place[1] in _RATES)


def _is_guessed(place: Place) -> bool:
    """Say whether nobody thinks of it where it is nothing.

    What is in an area but in none below it, for example, or has no deadline for a response.
    """
    return place[1] == _NO_DEADLINE or any(node.startswith(_REST) for node in place)


def _worth(place: Place) -> int:
    """Return how much more than others a figure should stay shown.

    All cases together before a part of them, a total before its parts, years before months.
    """
    node, name, period = place
    of_all = _WORTH_OF_ALL if node == EVERYTHING else 1
    total = _WORTH_OF_TOTALS if name in PARTS else 1
    return of_all * total * (_WORTH_OF_YEARS if len(period) <= _YEAR_LENGTH else 1)


def _without(numbers: Mapping[str, int], hidden: set[str]) -> dict[str, Count]:
    """Return what is told of a cell: nothing of few cases, and nothing that is hidden."""
    names = (numbers.keys() - UNSHOWN) | hidden
    few = {name for name in names if any(0 < numbers.get(base, 0) < SMALL for base in BASES[name])}
    return {name: None if name in few | hidden else numbers[name] for name in sorted(names)}


def _periods(known: Iterable[str], since: str) -> Axis:
    """Return the tree of periods, with a rest in the year that not all months are told of."""
    parents: dict[str, str | None] = {WHOLE: None}
    for period in sorted(known):
        if period != WHOLE:
            parents[period] = period[:_YEAR_LENGTH] if len(period) > _YEAR_LENGTH else WHOLE
    year, month = since[:_YEAR_LENGTH], since[_YEAR_LENGTH:]
    if year in parents and month != _JANUARY:
        parents[_REST + year] = year
    return Axis(parents)


def _values(codes: Iterable[str], parents: Mapping[str, str | None]) -> Axis:
    """Return the tree of values that have a case, each with a rest that counts in it directly."""
    known = set(codes)
    tree: dict[str, str | None] = {EVERYTHING: None}
    for code in sorted(known):
        above = parents.get(code)
        tree["=" + code] = "=" + above if above is not None and above in known else EVERYTHING
    above_some = sorted({one for one in tree.values() if one not in (None, EVERYTHING)}, key=str)
    return Axis({**tree, **{f"{_REST}{one}": one for one in above_some}})


def _add_rests(counts: dict[Place, int], axes: Sequence[Axis], axis: int) -> None:
    """Add what counts in a node of an axis but in none below it."""
    tree = axes[axis]
    rests = {
        parent: (rest, [one for one in tree.children[parent] if one != rest])
        for rest, parent in tree.parents.items()
        if rest.startswith(_REST) and parent is not None
    }
    for place, number in list(counts.items()):
        if place[axis] in rests:
            rest, others = rests[place[axis]]
            before, behind = place[:axis], place[axis + 1 :]
            left = number - sum(counts.get((*before, one, *behind), 0) for one in others)
            if left:
                counts[*before, rest, *behind] = left

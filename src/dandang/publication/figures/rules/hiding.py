"""Which counts are not shown: small ones, and what they could be computed from.

A table has axes, each a tree in which a node is the sum of its children: areas, counters, periods.
Whoever reads it knows every such sum. A cell that is not shown must therefore be able to be another
number than it is, without anything that is shown being different. That it can be is shown by a
*shift*: along each axis take a leaf and what is above it, or two leaves and what is above them
below their common node; the cells where these cross change by one, up and down in turns, and every
sum stays what it is. When all cells of a shift are hidden, and none that goes down is 0, each of
them could be another number. So a small cell is hidden together with a shift that it is part of,
of those that hide least. (The hypercube method of official statistics, for trees.)
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from dandang.publication.figures.shapes import SMALL

Place = tuple[str, ...]
"""One cell: a node of every axis."""

_PARTNERS = 6
_LIKELIEST = 4
_DEAR = 500

_Side = tuple[tuple[str, int], ...]
"""The nodes of one axis that a shift touches, each with its sign."""


class Axis:
    """A tree of nodes, each the sum of its children. What has no parent is a root."""

    __slots__ = ("children", "parents")

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        self.parents = parents
        self.children: dict[str | None, list[str]] = defaultdict(list)
        for node, parent in parents.items():
            self.children[parent].append(node)

    def upwards(self, node: str) -> Iterator[str]:
        """Yield a node and everything above it, nearest first."""
        here: str | None = node
        while here is not None:
            yield here
            here = self.parents[here]


@dataclass
class Table:
    """Counts by place (what is left out is 0) over axes.

    `is_shown` says whether a place is ever shown; what is not, protects others but needs no
    protection. `worth` is how much more than others a place should stay shown. `hidden` are places
    that are hidden in any case. `is_open` says whether a place is no secret, however small: it is
    neither hidden nor changed to protect another; `is_guessed` whether everybody would think that
    it is nothing, where it is.
    """

    axes: Sequence[Axis]
    counts: Mapping[Place, int]
    is_shown: Callable[[Place], bool] = lambda _place: True
    hidden: set[Place] = field(default_factory=set)
    worth: Callable[[Place], int] = lambda _place: 1
    is_open: Callable[[Place], bool] = lambda _place: False
    is_guessed: Callable[[Place], bool] = lambda _place: False


def hide(table: Table) -> set[Place]:
    """Return the places that are not to be shown: small ones, and what protects them."""
    hiding = Hiding(table)
    hiding.protect(table.hidden)
    return hiding.hidden


class Hiding:
    """A table, and what is hidden of it so far. Whatever is protected once stays so."""

    def __init__(self, table: Table) -> None:
        self._axes = table.axes
        self._counts = table.counts
        self._is_shown = table.is_shown
        self._worth = table.worth
        self._is_open = table.is_open
        self._is_guessed = table.is_guessed
        self._safe: set[Place] = set()
        self._lined: dict[tuple[int, Place], set[str]] = defaultdict(set)
        self.hidden: set[Place] = set()
        self._hide(place for place, number in table.counts.items() if 0 < number < SMALL)

    def protect(self, more: Iterable[Place] = ()) -> None:
        """Hide what protects everything that is hidden, and more of it."""
        self._hide(more)
        waiting = sorted(
            self.hidden - self._safe, key=lambda place: (-self._counts.get(place, 0), place)
        )
        while waiting:
            place = waiting.pop()
            if place not in self._safe:
                waiting += self._protect(place)

    def _hide(self, places: Iterable[Place]) -> list[Place]:
        """Hide what is not hidden yet of what is ever shown; return it."""
        new = [one for one in places if one not in self.hidden and self._can_hide(one)]
        self.hidden.update(new)
        for place in new:
            for axis, node in enumerate(place):
                self._lined[axis, (*place[:axis], *place[axis + 1 :])].add(node)
        return new

    def _protect(self, place: Place) -> list[Place]:
        """Hide the shift that costs least of those that a place is part of; return what is new."""
        leaf = self._leaf_below(place)
        sides = [list(self._sides(axis, place, leaf)) for axis in range(len(self._axes))]
        few = [self._likeliest(axis, leaf, several) for axis, several in enumerate(sides)]
        best = self._cheapest(few)
        if best is None or best[0] >= _DEAR:
            best = self._cheapest(sides) or self._cheapest(sides, at_least_by_sums=True)
        if best is None:
            return []  # nothing that the open totals leave
        self._safe.update(best[1])
        return self._hide(best[1])

    def _cheapest(
        self, sides: Sequence[Sequence[_Side]], *, at_least_by_sums: bool = False
    ) -> tuple[int, list[Place]] | None:
        best: tuple[int, list[Place]] | None = None
        limit = math.inf
        for choice in product(*sides):
            shift = self._cost_of(choice, limit, can_guess=not at_least_by_sums)
            if shift is not None:
                best, limit = shift, shift[0]
                if not limit:
                    break
        return best

    def _likeliest(self, axis: int, leaf: Place, sides: list[_Side]) -> list[_Side]:
        """Return the sides that cost least where the other axes stay at the leaf."""

        def cost(side: _Side) -> int:
            places = [(*leaf[:axis], node, *leaf[axis + 1 :]) for node, _ in side]
            return sum(map(self._price, places))

        return sorted(sides, key=cost)[:_LIKELIEST]

    def _leaf_below(self, place: Place) -> Place:
        """Return the leaf cell to go through: of what is not 0, what is hidden or small."""
        here = list(place)
        for axis, tree in enumerate(self._axes):
            while below := tree.children.get(here[axis]):
                here[axis] = self._least([(*here[:axis], one, *here[axis + 1 :]) for one in below])[
                    axis
                ]
        return tuple(here)

    def _least(self, places: Sequence[Place]) -> Place:
        return min(places, key=self._rank)

    def _rank(self, place: Place) -> tuple[bool, bool, int]:
        """Return how little it costs to change a count, what is nothing last."""
        number = self._counts.get(place, 0)
        return not number, not number and not self._is_shown(place), self._price(place)

    def _price(self, place: Place) -> int:
        """Return what it costs to hide a place: what it tells, and how much it is worth."""
        return 0 if self._is_free(place) else (self._counts.get(place, 0) + 1) * self._worth(place)

    def _can_hide(self, place: Place) -> bool:
        return self._is_shown(place) and not self._is_open(place)

    def _is_free(self, place: Place) -> bool:
        return place in self.hidden or not self._is_shown(place)

    def _sides(self, axis: int, place: Place, leaf: Place) -> Iterator[_Side]:
        """Yield what a shift may touch along one axis, the likeliest first."""
        tree = self._axes[axis]
        up = list(tree.upwards(leaf[axis]))
        for common in up[up.index(place[axis]) + 1 :]:
            chain = up[: up.index(common)]
            others = [one for one in tree.children[common] if one != chain[-1]]
            for other in self._partners(axis, place, leaf, others):
                partner = self._down_from(axis, leaf, other)
                yield (*((one, 1) for one in chain), *((one, -1) for one in partner))
        yield tuple((one, 1) for one in up)

    def _partners(self, axis: int, place: Place, leaf: Place, others: list[str]) -> list[str]:
        """Return the likeliest partners: hidden beside the place, then those that cost least."""
        if len(others) <= _PARTNERS:
            return others
        beside = self._lined.get((axis, (*place[:axis], *place[axis + 1 :])), set())
        first = [one for one in others if one in beside][:_PARTNERS]
        if first:
            return first

        def rank(other: str) -> tuple[bool, bool, int]:
            return self._rank((*leaf[:axis], other, *leaf[axis + 1 :]))

        return sorted(others, key=rank)[:_PARTNERS]

    def _down_from(self, axis: int, leaf: Place, node: str) -> list[str]:
        """Return a node and one below it after the other, down to a leaf; the leaf first."""
        tree, found = self._axes[axis], [node]
        while below := tree.children.get(found[0]):
            places = [(*leaf[:axis], one, *leaf[axis + 1 :]) for one in below]
            found.insert(0, self._least(places)[axis])
        return found

    def _cost_of(
        self, choice: Sequence[_Side], limit: float, *, can_guess: bool
    ) -> tuple[int, list[Place]] | None:
        """Return what a shift hides and its places.

        None where it hides as much as `limit`, would change something open, would make something
        negative whichever way it goes, or (with `can_guess`) needs something where everybody would
        guess that there is nothing.
        """
        cost, can = 0, {1: True, -1: True}
        places = _crossings(choice)
        for place, sign in places:
            if self._is_open(place):
                return None
            number = self._counts.get(place, 0)
            if not number:
                can[sign] = False
                if not can[-sign] or (can_guess and self._is_guessed(place)):
                    return None
            cost += self._price(place)
            if cost >= limit:
                return None
        return cost, [place for place, _ in places]


def _crossings(choice: Sequence[_Side]) -> list[tuple[Place, int]]:
    """Return the places where the nodes of every axis cross, each with its sign."""
    found: list[tuple[Place, int]] = [((), 1)]
    for side in choice:
        found = [((*place, node), sign * one) for place, sign in found for node, one in side]
    return found

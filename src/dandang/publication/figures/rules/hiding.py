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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, product

from dandang.publication.figures.shapes import SMALL

Place = tuple[str, ...]
"""One cell: a node of every axis."""

_PARTNERS = 6
_LIKELIEST = 4
_THOROUGH = 200

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

    def is_leaf(self, node: str) -> bool:
        """Say whether nothing is below a node."""
        return not self.children.get(node)

    def leaves(self, node: str) -> Iterator[str]:
        """Yield the leaves below a node, or the node where it is one."""
        if self.is_leaf(node):
            yield node
        for child in self.children.get(node, ()):
            yield from self.leaves(child)

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
    protection. `hidden` are places that are hidden in any case.
    """

    axes: Sequence[Axis]
    counts: Mapping[Place, int]
    is_shown: Callable[[Place], bool] = lambda _place: True
    hidden: set[Place] = field(default_factory=set)


def hide(table: Table) -> set[Place]:
    """Return the places that are not to be shown: small ones, and what protects them."""
    return _Hiding(table).done()


class _Hiding:
    def __init__(self, table: Table) -> None:
        self._axes = table.axes
        self._counts = table.counts
        self._is_shown = table.is_shown
        small = [place for place, number in table.counts.items() if 0 < number < SMALL]
        self._hidden = {place for place in (*small, *table.hidden) if self._is_shown(place)}
        self._safe: set[Place] = set()
        self._lined: dict[tuple[int, Place], set[str]] = defaultdict(set)
        for place in self._hidden:
            self._line_up(place)

    def done(self) -> set[Place]:
        waiting = sorted(self._hidden, key=lambda place: (-self._counts.get(place, 0), place))
        while waiting:
            place = waiting.pop()
            if place not in self._safe:
                waiting += self._protect(place)
        return self._hidden

    def _line_up(self, place: Place) -> None:
        for axis, node in enumerate(place):
            self._lined[axis, (*place[:axis], *place[axis + 1 :])].add(node)

    def _protect(self, place: Place) -> list[Place]:
        """Hide the shift that costs least of those that a place is part of; return what is new."""
        leaf = self._leaf_below(place)
        sides = [list(self._sides(axis, place, leaf)) for axis in range(len(self._axes))]
        few = [self._likeliest(axis, leaf, several) for axis, several in enumerate(sides)]
        best = self._cheapest(few) or self._cheapest(sides) or self._thoroughly(place)
        if best is None:
            return []
        self._safe.update(best[1])
        new = [one for one in best[1] if one not in self._hidden and self._is_shown(one)]
        self._hidden.update(new)
        for one in new:
            self._line_up(one)
        return new

    def _cheapest(self, sides: Sequence[Sequence[_Side]]) -> tuple[int, list[Place]] | None:
        best: tuple[int, list[Place]] | None = None
        limit = math.inf
        for choice in product(*sides):
            shift = self._cost_of(choice, limit)
            if shift is not None:
                best, limit = shift, shift[0]
                if not limit:
                    break
        return best

    def _thoroughly(self, place: Place) -> tuple[int, list[Place]] | None:
        """Look among all leaf cells below a place, and whatever stands in one line with them."""
        below = [list(tree.leaves(node)) for tree, node in zip(self._axes, place, strict=True)]
        found = None
        for leaf in islice(product(*below), _THOROUGH):
            sides = [list(self._in_line(axis, place, leaf)) for axis in range(len(self._axes))]
            best = self._cheapest(sides)
            if best is not None and (found is None or best[0] < found[0]):
                found = best
        return found

    def _in_line(self, axis: int, place: Place, leaf: Place) -> Iterator[_Side]:
        tree = self._axes[axis]
        up = list(tree.upwards(leaf[axis]))
        others = self._leaves.get((axis, (*leaf[:axis], *leaf[axis + 1 :])), ())
        for other in others[:_PARTNERS]:
            down = list(tree.upwards(other))
            chain = [one for one in up if one not in down]
            if place[axis] in chain:
                partner = [one for one in down if one not in up]
                yield (*((one, 1) for one in chain), *((one, -1) for one in partner))
        yield tuple((one, 1) for one in up)

    @cached_property
    def _leaves(self) -> dict[tuple[int, Place], list[str]]:
        """The leaves that are not 0, by the axis and the other nodes: what stands in one line."""
        found: dict[tuple[int, Place], list[str]] = defaultdict(list)
        for place, number in sorted(self._counts.items()):
            if number and all(map(Axis.is_leaf, self._axes, place)):
                for axis, node in enumerate(place):
                    found[axis, (*place[:axis], *place[axis + 1 :])].append(node)
        return found

    def _likeliest(self, axis: int, leaf: Place, sides: list[_Side]) -> list[_Side]:
        """Return the sides that cost least where the other axes stay at the leaf."""

        def cost(side: _Side) -> int:
            places = [(*leaf[:axis], node, *leaf[axis + 1 :]) for node, _ in side]
            return sum(0 if self._is_free(one) else self._counts.get(one, 0) + 1 for one in places)

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

    def _rank(self, place: Place) -> tuple[bool, int]:
        number = self._counts.get(place, 0)
        return number == 0, 0 if self._is_free(place) else number

    def _is_free(self, place: Place) -> bool:
        return place in self._hidden or not self._is_shown(place)

    def _sides(self, axis: int, place: Place, leaf: Place) -> Iterator[_Side]:
        """Yield what a shift may touch along one axis, the likeliest first."""
        tree = self._axes[axis]
        up = list(tree.upwards(leaf[axis]))
        above = up[up.index(place[axis]) + 1 :]
        for common in (*above, None) if above else ():
            if common is None:
                break
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

        def rank(other: str) -> tuple[bool, int]:
            return self._rank((*leaf[:axis], other, *leaf[axis + 1 :]))

        return sorted(others, key=rank)[:_PARTNERS]

    def _down_from(self, axis: int, leaf: Place, node: str) -> list[str]:
        """Return a node and one below it after the other, down to a leaf; the leaf first."""
        tree, found = self._axes[axis], [node]
        while below := tree.children.get(found[0]):
            places = [(*leaf[:axis], one, *leaf[axis + 1 :]) for one in below]
            found.insert(0, self._least(places)[axis])
        return found

    def _cost_of(self, choice: Sequence[_Side], limit: float) -> tuple[int, list[Place]] | None:
        """Return what a shift hides and its places.

        None where it hides as much as `limit`, would make something negative whichever way it
        goes, or needs something where everybody would guess that there is nothing: in what is
        never shown.
        """
        cost, can = 0, {1: True, -1: True}
        places = _crossings(choice)
        for place, sign in places:
            number = self._counts.get(place, 0)
            if not number:
                can[sign] = False
                if not can[-sign] or not self._is_shown(place):
                    return None
            if not self._is_free(place):
                cost += number + 1
                if cost >= limit:
                    return None
        return cost, [place for place, _ in places]


def _crossings(choice: Sequence[_Side]) -> list[tuple[Place, int]]:
    """Return the places where the nodes of every axis cross, each with its sign."""
    found: list[tuple[Place, int]] = [((), 1)]
    for side in choice:
        found = [((*place, node), sign * one) for place, sign in found for node, one in side]
    return found

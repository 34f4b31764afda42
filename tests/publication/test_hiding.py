"""No count that is hidden can be computed from what is shown."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.publication.figures.rules.hiding import Axis, Place, Table, hide
from dandang.publication.figures.shapes import SMALL
from tests.publication.auditing import computable

ROWS = Axis({"all": None, "north": "all", "hill": "north", "lake": "north", "south": "all"})
ENDS = Axis({"ended": None, "solved": "ended", "not": "ended"})
MANY = Axis({"all": None, **{f"street {number}": "all" for number in range(10)}})
WAYS = Axis(
    {"ended": None, "asked": "ended", "unasked": "ended", "solved": "asked", "not": "asked"}
)
MONTHS = Axis({"2026": None, "2026-01": "2026", "2026-02": "2026"})
COUNTS = st.one_of(st.integers(0, 3), st.integers(0, 30))


def leaves(axis: Axis) -> list[str]:
    return [node for node in axis.parents if not axis.children.get(node)]


def summed(axes: list[Axis], cells: dict[Place, int]) -> dict[Place, int]:
    """Return every cell of the table with these leaves."""
    found: dict[Place, int] = {}
    for place, number in cells.items():
        for node in product(*(axis.upwards(one) for axis, one in zip(axes, place, strict=True))):
            found[node] = found.get(node, 0) + number
    return found


def tables(*axes: Axis) -> st.SearchStrategy[dict[Place, int]]:
    places = list(product(*map(leaves, axes)))
    numbers = st.lists(COUNTS, min_size=len(places), max_size=len(places))
    return numbers.map(lambda several: summed(list(axes), dict(zip(places, several, strict=True))))


def can_be_other(axes: list[Axis], counts: dict[Place, int], hidden: set[Place]) -> set[Place]:
    """Return the hidden cells that are another number in some table that looks the same.

    Tries every table that differs from this one by at most 1 in each leaf.
    """
    places = list(product(*map(leaves, axes)))
    found: set[Place] = set()
    for steps in product((-1, 0, 1), repeat=len(places)):
        changed = {place: step for place, step in zip(places, steps, strict=True) if step}
        if any(counts[place] + step < 0 for place, step in changed.items()):
            continue
        differs = {place for place, step in summed(axes, changed).items() if step}
        if differs <= hidden:
            found |= differs
    return found


def leaves_of(axes, place: Place) -> frozenset[Place]:
    """Return what a cell is the sum of."""
    below = [
        [leaf for leaf in leaves(axis) if node in axis.upwards(leaf)]
        for axis, node in zip(axes, place, strict=True)
    ]
    return frozenset(product(*below))


@given(tables(ROWS, ENDS))
def test_a_hidden_count_of_a_table_with_totals_could_be_another_one(counts):
    axes = [ROWS, ENDS]
    hidden = hide(Table(axes, counts))
    assert {place for place, number in counts.items() if 0 < number < SMALL} <= hidden
    assert hidden <= can_be_other(axes, counts, hidden)


@pytest.mark.parametrize("axes", [(ROWS, WAYS), (MANY, ENDS), (MANY, WAYS, MONTHS)])
@given(st.data())
def test_no_hidden_count_follows_from_those_that_are_shown(axes, data):
    counts = data.draw(tables(*axes))
    hidden = hide(Table(axes, counts))
    shown = [(leaves_of(axes, place), counts[place]) for place in counts.keys() - hidden]
    assert not computable(shown, [leaves_of(axes, place) for place in hidden])


def test_two_small_ones_beside_each_other_hide_each_other_and_nothing_else():
    counts = summed([MANY], {("street 1",): 50, ("street 2",): 3, ("street 3",): 4})
    assert hide(Table([MANY], counts)) == {("street 2",), ("street 3",)}


def test_a_small_one_alone_is_hidden_with_the_smallest_beside_it():
    streets = {("street 1",): 50, ("street 2",): 3, ("street 3",): 20}
    hidden = hide(Table([MANY], summed([MANY], streets)))
    assert ("street 2",) in hidden
    assert not hidden & {("all",), ("street 1",), ("street 3",)}
    assert len(hidden) == 2  # a street without a case, of which nobody can tell


def test_where_nothing_is_small_everything_is_shown():
    counts = summed([ROWS], {("hill",): 10, ("lake",): 0, ("south",): 11})
    assert hide(Table([ROWS], counts)) == set()


def test_what_everybody_would_guess_protects_nothing():
    tree = Axis({"all": None, "rest": "all"})
    assert hide(Table([tree], {}, lambda place: place != ("rest",), {("all",)})) == {("all",)}

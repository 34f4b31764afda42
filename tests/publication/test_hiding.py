"""No count that is hidden can be computed from what is shown."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from dandang.publication.figures.rules.hiding import Axis, Place, Table, hide
from dandang.publication.figures.shapes import SMALL

ROWS = Axis({"all": None, "north": "all", "south": "all", "hill": "north", "lake": "north"})
COLUMNS = Axis(
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


@given(tables(ROWS, COLUMNS))
def test_no_hidden_count_of_a_table_with_totals_can_be_computed(counts):
    axes = [ROWS, COLUMNS]
    hidden = hide(Table(axes, counts))
    small = {place for place, number in counts.items() if 0 < number < SMALL}
    assert small <= hidden
    assert hidden <= can_be_other(axes, counts, hidden)

"""Cells are sums: in whatever order cases change, they are what the cases contribute."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dandang.publication.figures.rules.cells import CellKey, Cells, add, difference, merge
from dandang.publication.figures.rules.contribution import NOTHING, Contribution

DAYS = st.dates(date(2024, 12, 30), date(2026, 1, 2))
contributions = st.builds(
    Contribution,
    slices=st.sampled_from(
        [
            (("all", ""), ("area", "city"), ("unit", "water")),
            (("all", ""), ("area", "city"), ("area", "hudong"), ("unit", "housing")),
        ]
    ),
    received_on=DAYS,
    received=st.lists(st.sampled_from(["received", "open", "overdue:1"]), unique=True).map(tuple),
    ended_on=st.one_of(st.none(), DAYS),
    ended=st.dictionaries(
        st.sampled_from(["end:solved", "end:declined", "imported_end", "rating:high"]),
        st.integers(1, 3),
    ),
) | st.just(NOTHING)


def sum_of(several) -> Cells:
    cells: Cells = {}
    for one in several:
        add(cells, one)
    return {key: cell for key, cell in cells.items() if cell}


@given(st.lists(st.tuples(st.integers(0, 4), contributions)))
def test_any_order_of_changes_leaves_the_sum_of_what_is_contributed(changes):
    cells: Cells = {}
    now: dict[int, Contribution] = {}
    for case, one in changes:
        merge(cells, difference(now.get(case, NOTHING), one))
        now[case] = one
    assert {key: cell for key, cell in cells.items() if cell} == sum_of(now.values())


@given(contributions)
def test_what_is_taken_away_leaves_nothing(one):
    cells = sum_of([one])
    add(cells, one, -1)
    assert not any(cells.values())
    assert difference(one, one) == {}


def test_a_case_counts_in_the_month_the_year_and_the_whole_time():
    one = Contribution(
        slices=(("all", ""), ("unit", "water")),
        received_on=date(2025, 12, 31),
        received=("received", "open"),
        ended_on=date(2026, 1, 2),
        ended={"end:solved": 1, "wait:class:ordinary:3": 1},
    )
    cells = sum_of([one])
    periods = {key.period for key in cells if key.dimension == "unit"}
    assert periods == {"", "2025", "2025-12", "2026", "2026-01"}
    assert cells[CellKey("unit", "water", "2026-01")] == Counter(one.ended)
    assert cells[CellKey("all", "", "2025-12-31")] == Counter(received=1)
    assert cells[CellKey("all", "", "2026-01-02")] == Counter(ended=1, solved=1)

"""Who handed over to whom: as arrows among few units, as a matrix among many."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.interfaces.shared.charts.flows import Flow, fit
from dandang.interfaces.shared.charts.matrix import matrix
from dandang.interfaces.shared.charts.network import MOST_UNITS, network
from tests.interfaces.shared.charts.drawn import HEADING, anything, cells, check, said, visible

any_flow = st.builds(Flow, st.integers(-1, 16), st.integers(-1, 16), st.integers(-3, 10**7))
UNITS = ["Water bureau", "Housing bureau", "Urban management"]
FLOWS = [Flow(0, 1, 12), Flow(1, 0, 4), Flow(2, 0, 1)]


@pytest.mark.parametrize("draw", [network, matrix])
@given(names=st.lists(anything, max_size=15), flows=st.lists(any_flow, max_size=12))
def test_any_flows_are_drawn(draw, names, flows):
    tree = check(draw(HEADING, names, flows))
    kept = fit(names, flows)
    assert (tree.find(".//svg") is None) == (not kept)
    if kept:
        assert cells(tree) == [
            [visible(f"{names[one.source]} → {names[one.target]}"), f"{one.number:,}"]
            for one in kept
        ]


@pytest.mark.parametrize("draw", [network, matrix])
def test_no_flows_are_an_empty_chart(draw):
    assert said(check(draw(HEADING, UNITS, []))) == "There is nothing to show yet."
    assert said(check(draw(HEADING, [], FLOWS))) == "There is nothing to show yet."


def test_an_arrow_is_as_wide_as_its_count():
    tree = check(network(HEADING, UNITS, FLOWS))
    widths = [
        float(one.get("stroke-width"))
        for one in tree.iter("path")
        if (one.get("class") or "").startswith("flow")
    ]
    assert widths == sorted(widths, reverse=True)
    assert len(set(widths)) == 3


@pytest.mark.parametrize("draw", [network, matrix])
def test_who_sends_back_and_forth_is_named_in_words(draw):
    assert "Back and forth: Water bureau ⇄ Housing bureau (12, 4)." in said(
        check(draw(HEADING, UNITS, FLOWS))
    )
    assert "Back and forth" not in said(check(draw(HEADING, UNITS, FLOWS[:1])))


def test_more_units_than_arrows_can_tell_apart_are_a_matrix():
    names = [f"Unit {index}" for index in range(MOST_UNITS + 1)]
    many = check(network(HEADING, names, [Flow(0, 12, 3)]))
    assert "Rows give, columns take" in said(many)
    assert many.find("figure/div").get("tabindex") == "0"
    few = check(network(HEADING, names[:-1], [Flow(0, 11, 3)]))
    assert "Rows give" not in said(few)


def test_flows_of_one_pair_are_added_up_and_none_goes_to_itself():
    assert fit(UNITS, [Flow(0, 1, 2), Flow(0, 1, 3), Flow(1, 1, 9)]) == [Flow(0, 1, 5)]


@given(st.integers(2, MOST_UNITS))
def test_every_arrow_stays_within_the_drawing(units):
    names = [f"Unit {index}" for index in range(units)]
    flows = [Flow(a, b, 1) for a in range(units) for b in range(units) if a != b]
    tree = check(network(HEADING, names, flows))
    for one in tree.iter("path"):
        if (one.get("class") or "").startswith("flow"):
            found = [float(each) for each in re.findall(r"-?[\d.]+", one.get("d"))]
            ends = found[:2] + found[4:]
            assert all(0 <= x <= 360 for x in ends[::2])
            assert all(0 <= y <= 270 for y in ends[1::2])

"""Units beside each other without a ranking: who differs by more than chance is named in words."""

from hypothesis import given
from hypothesis import strategies as st

from dandang.interfaces.shared.charts.binomial import quantiles
from dandang.interfaces.shared.charts.funnel import Dot, funnel, reading
from tests.interfaces.shared.charts.drawn import (
    HEADING,
    anything,
    cells,
    check,
    said,
    table,
    visible,
)

any_dot = st.builds(Dot, anything, st.integers(-5, 3000), st.integers(-5, 3000))
fit_dot = st.integers(1, 500).flatmap(
    lambda whole: st.builds(Dot, anything, st.integers(0, whole), st.just(whole))
)
ALIKE = [Dot(f"Unit {index}", 80, 100) for index in range(8)]


@given(st.lists(any_dot, max_size=8))
def test_any_dots_are_drawn(data):
    rows = [(dot.name, dot.part) for dot in data]
    tree = check(funnel(HEADING, data, table(rows)))
    fit = [dot for dot in data if dot.whole >= 1 and 0 <= dot.part <= dot.whole]
    assert len(list(tree.iter("circle"))) == len(fit)
    if fit:
        assert cells(tree) == [[visible(name), str(part)] for name, part in rows]


@given(st.lists(fit_dot, min_size=1, max_size=8))
def test_whoever_lies_outside_is_outside_the_exact_limits(data):
    found = reading(data)
    for dot in data:
        lowest, low, high, highest = (one.limit for one in quantiles(dot.whole, found.common))
        share = dot.part / dot.whole
        assert (dot in found.beyond) == (not lowest <= share <= highest)
        assert (dot in found.doubtful) == (lowest <= share <= highest and not low <= share <= high)


def test_no_dots_are_an_empty_chart():
    assert said(check(funnel(HEADING, [], table([])))) == "There is nothing to show yet."
    assert reading([]).common == 0


def test_one_unit_cannot_differ_from_itself():
    tree = check(funnel(HEADING, [Dot("Water", 3, 4)], table([])))
    assert "No unit lies outside the outer limits." in said(tree)
    assert len(list(tree.iter("circle"))) == 1


def test_inside_the_funnel_there_is_no_evidence_of_difference():
    words = said(check(funnel(HEADING, ALIKE, table([]))))
    assert "Inside the funnel = no evidence of difference" in words
    assert "No unit lies outside" in words


def test_who_lies_outside_has_a_larger_dot_and_is_named():
    tree = check(funnel(HEADING, [*ALIKE, Dot("Housing", 40, 100)], table([])))
    dots = {one.get("class"): float(one.get("r")) for one in tree.iter("circle")}
    assert dots["dot beyond"] > dots["dot"]
    words = said(tree)
    assert "Outside the outer limits (larger dot): Housing (40.0%, 100)." in words
    assert "Most units" not in words


def test_those_outside_stand_in_the_order_they_were_given_not_by_their_share():
    data = [*ALIKE, Dot("B low", 30, 100), Dot("A lower", 10, 100)]
    words = said(check(funnel(HEADING, data, table([]))))
    assert words.index("B low") < words.index("A lower")


def test_where_most_lie_outside_the_funnel_says_little_about_any_one():
    data = [Dot("Water", 20, 200), Dot("Housing", 180, 200), Dot("Labour", 100, 200)]
    words = said(check(funnel(HEADING, data, table([]))))
    assert "Most units lie outside" in words

"""Bars: as long as their numbers, in the order they were given."""

from hypothesis import given
from hypothesis import strategies as st

from dandang.interfaces.shared.charts.bars import Bar, bars
from tests.interfaces.shared.charts.drawn import (
    HEADING,
    anything,
    cells,
    check,
    numbers,
    said,
    table,
    visible,
)

any_bar = st.builds(Bar, anything, st.lists(numbers, max_size=4).map(tuple), anything)


def lengths(tree) -> list[float]:
    return [float(one.get("width")) for one in tree.iter("rect") if "part" in one.get("class")]


@given(st.lists(any_bar, max_size=6), st.lists(anything, max_size=4), numbers)
def test_any_bars_are_drawn(data, parts, top):
    rows = [(bar.name, bar.values) for bar in data]
    tree = check(bars(HEADING, data, table(rows), parts=parts, top=top))
    if data:
        assert cells(tree) == [[visible(name), str(values)] for name, values in rows]


def test_no_bars_are_an_empty_chart():
    tree = check(bars(HEADING, [], table([])))
    assert said(tree) == "There is nothing to show yet."


def test_one_bar_takes_the_whole_width_and_others_their_share():
    assert lengths(check(bars(HEADING, [Bar("Water", (7,))], table([])))) == [356]
    two = [Bar("Water", (8,)), Bar("Housing", (2,))]
    assert lengths(check(bars(HEADING, two, table([])))) == [356, 89]
    assert lengths(check(bars(HEADING, two, table([]), top=16))) == [178, 44.5]


def test_what_may_not_be_told_is_a_bar_without_length():
    tree = check(
        bars(HEADING, [Bar("Water", (None,)), Bar("Housing", (None,), "fewer")], table([]))
    )
    assert lengths(tree) == []
    words = said(tree)
    assert "Water" in words
    assert "--" in words
    assert "fewer" in words


def test_parts_are_told_apart_by_more_than_colour_and_named():
    tree = check(bars(HEADING, [Bar("Water", (5, 3, 2))], table([]), parts=("yes", "no", "silent")))
    looks = [one.get("class") for one in tree.iter("rect") if "part" in one.get("class")]
    assert looks == 2 * ["part solid", "part hatched", "part empty"]
    for name in ("yes", "no", "silent"):
        assert name in said(tree)


def test_bars_keep_their_order_whatever_their_numbers():
    data = [Bar("Small", (1,)), Bar("Large", (9,)), Bar("Middle", (5,))]
    words = said(check(bars(HEADING, data, table([]))))
    assert words.index("Small") < words.index("Large") < words.index("Middle")


def test_a_long_name_breaks_before_its_number():
    name = "Water, power, gas, heat and extreme weather of every kind"
    tree = check(bars(HEADING, [Bar(name, (12,))], table([])))
    rows = [one.text for one in tree.iter("text")]
    assert rows == ["12", "Water, power, gas, heat and extreme", "weather of every kind"]

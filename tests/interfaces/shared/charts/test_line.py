"""Lines over time, with gaps where nothing may be told."""

from hypothesis import given
from hypothesis import strategies as st

from dandang.interfaces.shared.charts.figure import WIDTH
from dandang.interfaces.shared.charts.line import MOST, Series, line
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

any_series = st.builds(Series, anything, st.lists(numbers, max_size=30).map(tuple))


@given(st.lists(anything, max_size=30), st.lists(any_series, max_size=6), numbers, anything)
def test_any_lines_are_drawn(places, data, top, sign):
    rows = [(one.name, one.values) for one in data]
    tree = check(line(HEADING, places, data, table(rows), top=top, sign=sign))
    if tree.find(".//svg") is not None:
        assert cells(tree) == [[visible(name), str(values)] for name, values in rows]
        assert len({one.get("class") for one in tree.iter("path")}) <= MOST


def test_nothing_known_is_an_empty_chart():
    empty = line(HEADING, ["Nov"], [Series("Water", (None,))], table([]))
    assert said(check(empty)) == "There is nothing to show yet."
    assert said(check(line(HEADING, [], [], table([])))) == "There is nothing to show yet."


def test_one_point_is_a_mark_without_a_line():
    tree = check(line(HEADING, ["Nov"], [Series("Water", (7,))], table([])))
    assert len(list(tree.iter("circle"))) == 1
    assert list(tree.iter("path")) == []


def test_a_gap_stays_a_gap():
    tree = check(line(HEADING, list("abcde"), [Series("W", (1, 2, None, 4, 5))], table([])))
    paths = [one.get("d") for one in tree.iter("path")]
    assert len(paths) == 2
    assert len(list(tree.iter("circle"))) == 4


def test_lines_are_told_apart_by_dashes_marks_and_names():
    data = [Series(name, (1, 2)) for name in ("one", "two", "three", "four")]
    tree = check(line(HEADING, ["Oct", "Nov"], data, table([])))
    classes = {one.get("class") for one in tree.iter("path")}
    assert classes == {f"series series-{index}" for index in range(4)}
    assert len(list(tree.iter("circle"))) == 3
    assert len(list(tree.iter("polygon"))) == 9
    for name in ("one", "two", "three", "four"):
        assert name in said(tree)


def test_names_of_places_stand_apart_and_the_last_one_is_there():
    places = [f"2026-{month:02}" for month in range(1, 13)]
    tree = check(line(HEADING, places, [Series("Water", tuple(range(12)))], table([])))
    shown = [one.text for one in tree.iter("text") if one.text.startswith("2026-")]
    assert "2026-12" in shown
    assert 3 <= len(shown) <= 5


def test_many_points_make_the_drawing_wider_than_a_phone():
    places = [str(number) for number in range(40)]
    tree = check(line(HEADING, places, [Series("Water", tuple(range(40)))], table([])))
    assert float(tree.find(".//svg").get("width")) > WIDTH
    assert tree.find("figure/div").get("tabindex") == "0"
    assert list(tree.iter("circle")) == []


def test_the_axis_is_as_high_as_it_was_asked_to_be():
    data = [Series("Rate", (40, 60))]
    words = said(check(line(HEADING, ["a", "b"], data, table([]), top=100, sign="%")))
    assert "100%" in words

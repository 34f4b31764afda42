"""Whatever comes from outside is text in a chart, never mark-up."""

from hypothesis import given
from hypothesis import strategies as st

from dandang.interfaces.shared.charts.figure import Drawing, figure
from dandang.interfaces.shared.charts.markup import element, number, words
from tests.interfaces.shared.charts.drawn import HEADING, anything, check, said, table, visible


@given(anything)
def test_any_text_comes_back_as_text(text):
    tree = check(figure(HEADING, Drawing(element("text", words(text)), 10), table([])))
    assert visible(text) in said(tree)


@given(anything)
def test_any_text_is_a_value_of_an_attribute(text):
    tree = check(figure(HEADING, Drawing(element("g", class_=text), 10), table([])))
    assert tree.find(".//g") is not None


def test_a_chart_runs_no_script_that_stands_in_a_name():
    written = words("<script>alert(1)</script>")
    assert written == "&lt;script&gt;alert(1)&lt;/script&gt;"


def test_an_attribute_without_a_value_is_left_out():
    assert element("rect", x=1.26, class_="bar", fill=None) == '<rect x="1.3" class="bar"/>'


@given(st.floats(-1e6, 1e6))
def test_a_coordinate_has_one_digit_after_the_point_at_most(value):
    written = number(value)
    assert abs(float(written) - value) <= 0.05 + 1e-9
    assert written != "-0"
    assert len(written.partition(".")[2]) <= 1


def test_a_drawing_wider_than_a_phone_scrolls_where_the_keyboard_reaches_it():
    wide = check(figure(HEADING, Drawing(element("g"), 10, 361), table([])))
    region = wide.find("figure/div")
    assert (region.get("tabindex"), region.get("role")) == ("0", "region")
    assert region.get("aria-label").startswith("Waits <by class>")
    narrow = check(figure(HEADING, Drawing(element("g"), 10), table([])))
    assert narrow.find("figure/svg") is not None


def test_a_chart_without_data_says_so():
    assert "There is nothing to show yet." in figure(HEADING, None, table([]))

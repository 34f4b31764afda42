"""Tables line up, whatever the width of their characters."""

from hypothesis import given
from hypothesis import strategies as st

from dandang.interfaces.cli.tables import aligned, shorten, width

WORD = st.text(st.sampled_from("ab 水务局（）é\u0301·…"), max_size=12)


def test_a_chinese_character_takes_two_columns_and_an_accent_none():
    assert width("水务局 water") == 12
    assert width("（a）") == 5
    assert width("e\u0301") == 1


@given(st.lists(st.tuples(WORD, WORD), min_size=1, max_size=5))
def test_the_second_column_begins_at_the_same_place_in_every_line(rows):
    rows = [(first, f"|{second}|") for first, second in rows]
    lines = aligned(["x", "|"], rows)
    places = {width(line[: line.index("|")]) for line in [lines[0], *lines[2:]]}
    assert len(places) == 1


def test_a_table_has_a_header_and_a_rule():
    assert aligned(["单位", "n"], [["水务局", "1"]]) == ["单位    n", "──────  ─", "水务局  1"]


@given(WORD, st.integers(1, 12))
def test_a_shortened_text_is_one_line_and_never_too_wide(text, most):
    short = shorten(f"{text}\n{text}", most)
    assert width(short) <= most
    assert "\n" not in short


def test_what_fits_is_not_cut():
    assert shorten("水务局", 6) == "水务局"
    assert shorten("水务局", 5) == "水务…"
    assert shorten("水务局", 4) == "水…"

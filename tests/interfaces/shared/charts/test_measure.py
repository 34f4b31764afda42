"""Labels fit the room they have, in Chinese and in English."""

from hypothesis import given
from hypothesis import strategies as st

from dandang.interfaces.shared.charts.measure import ELLIPSIS, lines, width
from tests.interfaces.shared.charts.drawn import anything


def test_a_chinese_character_is_as_wide_as_high():
    assert width("水务局", 15) == 45
    assert width("Water", 15) < 45


def test_english_breaks_between_words_and_chinese_anywhere():
    assert lines("Water supply and heat", 110, 15, 3) == ("Water supply", "and heat")
    assert lines("水电气热与极端天气", 75, 15, 2) == ("水电气热与", "极端天气")


def test_what_does_not_fit_ends_with_an_ellipsis():
    assert lines("水电气热与极端天气", 60, 15, 1) == ("水电气…",)
    assert lines("Incomprehensibilities", 60, 15, 2)[-1].endswith(ELLIPSIS)


def test_no_words_are_one_empty_line():
    assert lines("", 60, 15, 2) == ("",)


def test_a_mark_above_a_letter_takes_no_room():
    assert width("e\u0301", 15) == width("e", 15)


@given(anything, st.integers(20, 300), st.integers(1, 3))
def test_every_line_fits(text, room, most):
    found = lines(text, room, 15, most)
    assert 1 <= len(found) <= most
    assert all(width(one, 15) <= room for one in found)


@given(anything)
def test_nothing_is_lost_where_there_is_room(text):
    together = "".join("".join(lines(text, 300, 15, 99)).split())
    assert together == "".join(text.split())

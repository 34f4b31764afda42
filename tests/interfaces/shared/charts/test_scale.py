"""Values have places, and round numbers mark the axis."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.interfaces.shared.charts.scale import Scale, finite, step, ticks


def test_a_scale_keeps_to_its_ends():
    scale = Scale(0, 10, 100, 0)
    assert [scale(one) for one in (-5, 0, 5, 10, 99)] == [100, 100, 50, 0, 0]


def test_a_scale_of_one_value_has_one_place():
    assert Scale(3, 3, 10, 20)(3) == 10


@pytest.mark.parametrize(
    ("top", "found"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (3, (0, 1, 2, 3)),
        (9, (0, 5, 10)),
        (40, (0, 10, 20, 30, 40)),
        (1300, (0, 500, 1000, 1500)),
    ],
)
def test_marks_are_round_numbers(top, found):
    assert ticks(top, 4) == found


@given(st.floats(0, 1e12), st.integers(2, 8))
def test_marks_reach_the_top_and_are_not_too_many(top, most):
    marks = ticks(top, most)
    assert marks[0] == 0
    assert marks[-1] >= top * (1 - 1e-6)
    assert 2 <= len(marks) <= most + 1
    assert str(step(top, most)).strip("0.e+1")[:1] in {"", "1", "2", "5"}


def test_what_is_no_number_cannot_be_drawn():
    assert [finite(one) for one in (1, None, math.nan, math.inf)] == [1, None, None, None]

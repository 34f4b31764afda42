"""The limits of the funnel are the exact quantiles, computed here a second time with fractions."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dandang.interfaces.shared.charts.binomial import LEVELS, quantiles


def independent(n: int, share: float, level: float) -> tuple[int, float]:
    """Return quantile and limit by the definition, without rounding."""
    p, wanted = Fraction(share), Fraction(level)
    below = Fraction(0)
    for r in range(n + 1):
        here = comb(n, r) * p**r * (1 - p) ** (n - r)
        if below + here >= wanted:
            return r, max(float((r - (below + here - wanted) / here) / n), 0.0)
        below += here
    raise AssertionError("the distribution adds up to 1")


@given(st.integers(1, 120), st.fractions(0, 1, max_denominator=200).map(float))
@example(1, 0.5)
@example(120, 0.999)
@example(60, 0.001)
def test_quantiles_are_those_of_the_definition(n, share):
    for level, found in zip(LEVELS, quantiles(n, share), strict=True):
        if 0 < share < 1:
            r, limit = independent(n, share, level)
            assert found.r == r
            assert found.limit == pytest.approx(limit, abs=1e-9)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_nobody_can_differ_from_none_or_all(share):
    assert {one.limit for one in quantiles(25, share)} == {share}


@given(st.integers(1, 200_000), st.floats(1e-6, 1 - 1e-6))
def test_limits_stand_in_order_within_the_possible(n, share):
    found = [one.limit for one in quantiles(n, share)]
    assert found == sorted(found)
    assert found[0] >= 0
    assert found[-1] <= 1
    assert found[1] <= share + 1 / n
    assert found[2] >= share - 1 / n


def test_limits_of_many_come_near_those_of_the_normal_curve():
    share, n = 0.4, 1_000_000
    spread = (share * (1 - share) / n) ** 0.5
    _, low, high, highest = (one.limit for one in quantiles(n, share))
    assert low == pytest.approx(share - 1.959964 * spread, abs=2e-6)
    assert high == pytest.approx(share + 1.959964 * spread, abs=2e-6)
    assert highest == pytest.approx(share + 3.090232 * spread, abs=2e-6)

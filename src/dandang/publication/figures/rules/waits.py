"""How long cases took, counted in steps: what half of them and 95 of 100 of them stayed within."""

from bisect import bisect_left
from collections.abc import Mapping
from datetime import timedelta

from dandang.publication.figures.shapes import Within

_DAY = 24
BOUNDS = (
    1,
    4,
    8,
    *(days * _DAY for days in (1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 270, 365, 730)),
)
"""The upper bounds of the steps, in hours. What is longer falls into one more step."""

_HALF, _MOST = 50, 95
_HOUR = timedelta(hours=1)


def step_of(wait: timedelta) -> int:
    """Return the number of the step that a wait falls into; a wait of a bound is within it."""
    return bisect_left(BOUNDS, wait / _HOUR)


def half(steps: Mapping[int, int]) -> Within | None:
    """Return what half of the cases stayed within, from their number by step; None without any."""
    return _share(steps, _HALF)


def most(steps: Mapping[int, int]) -> Within | None:
    """Return what 95 of 100 cases stayed within, like `half`."""
    return _share(steps, _MOST)


def _share(steps: Mapping[int, int], percent: int) -> Within | None:
    """Return the bound of the first step by which so many percent have ended (nearest rank)."""
    total = sum(steps.values())
    reached = 0
    for step in sorted(steps):
        reached += steps[step]
        if reached and 100 * reached >= percent * total:
            return Within(BOUNDS[step]) if step < len(BOUNDS) else Within(BOUNDS[-1], more=True)
    return None

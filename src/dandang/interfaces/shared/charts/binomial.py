"""Exact limits of a binomial share, for funnel plots.

Spiegelhalter, D. J. (2005), Funnel plots for comparing institutional performance, Statistics in
Medicine 24:1185–1202, appendix A.1.1: of all counts r out of n, the smallest with P(X <= r) >= p is
taken, and the limit lies between it and the count below, in proportion to what it overshoots p by:
(r - (P(X <= r) - p) / P(X = r)) / n, but never below 0.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

LEVELS = (0.001, 0.025, 0.975, 0.999)
"""The lower 99.8 % limit, the lower and the upper 95 % limit, the upper 99.8 % limit."""
_REACH = 9
"""How many standard deviations below the mean the sum begins; beyond lies less than 1e-18."""


@dataclass(frozen=True, slots=True)
class Quantile:
    """The smallest count `r` with P(X <= r) >= p, and the limit as a share of n."""

    r: int
    limit: float


@lru_cache(maxsize=4096)
def quantiles(n: int, share: float) -> tuple[Quantile, ...]:
    """Return the quantiles of the binomial distribution at the four `LEVELS`, in one pass.

    `n` is at least 1, `share` between 0 and 1, both included.
    """
    if share <= 0 or share >= 1:
        fixed = Quantile(n if share >= 1 else 0, 1.0 if share >= 1 else 0.0)
        return (fixed,) * len(LEVELS)
    r = max(0, math.floor(n * share - _REACH * math.sqrt(n * share * (1 - share)) - _REACH))
    here = math.exp(_log_probability(r, n, share))
    below = 0.0
    found: list[Quantile] = []
    for level in LEVELS:
        while below + here < level and r < n:
            below += here
            r += 1
            here *= (n - r + 1) / r * share / (1 - share)
        found.append(Quantile(r, max(r - _overshoot(below, here, level), 0.0) / n))
    return tuple(found)


def _overshoot(below: float, here: float, level: float) -> float:
    return min(max((below + here - level) / here, 0.0), 1.0) if here else 0.0


def _log_probability(r: int, n: int, share: float) -> float:
    ways = math.lgamma(n + 1) - math.lgamma(r + 1) - math.lgamma(n - r + 1)
    return ways + r * math.log(share) + (n - r) * math.log1p(-share)

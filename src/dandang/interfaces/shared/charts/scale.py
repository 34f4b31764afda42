"""From values to places: straight scales and round numbers to mark on them."""

import math
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 5.0, 10.0)
_MOST = 1e15
"""Nothing that is counted comes near; beyond it (and for what is no number) nothing is drawn."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values from `low`–`high` onto places from `start` to `end`; others keep to the ends."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the place of a value."""
        if self.high <= self.low:
            return self.start
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def step(top: float, most: int) -> float:
    """Return the round number that divides what is below `top` into at most so many parts.

    It is 1, 2 or 5 times a power of ten, and at least 1.
    """
    if top <= most:
        return 1.0
    rough = top / most
    power = 10.0 ** math.floor(math.log10(rough))
    return next(one * power for one in _STEPS if one * power >= rough * (1 - 1e-9))


def ticks(top: float, most: int) -> tuple[float, ...]:
    """Return round numbers from 0 to the first one that is not below `top`."""
    size = step(top, most)
    return tuple(size * index for index in range(max(1, math.ceil(top / size - 1e-9)) + 1))


def finite(value: float | None) -> float | None:
    """Return the value if it is a number that can be drawn, else None."""
    return value if value is not None and abs(value) <= _MOST else None

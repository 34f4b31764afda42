"""Spans of time as a policy writes them: "4 working hours", "2 working days", "30 days"."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from typing_extensions import override


class SpanUnit(StrEnum):
    """What a span counts. Hours and minutes elapse; the working units need a calendar."""

    MINUTES = "min"
    HOURS = "h"
    WORKING_HOURS = "working hours"
    WORKING_DAYS = "working days"
    DAYS = "days"


MAX_AMOUNT = 9999
_UNITS = {
    "min": SpanUnit.MINUTES,
    "h": SpanUnit.HOURS,
    "working hour": SpanUnit.WORKING_HOURS,
    "working hours": SpanUnit.WORKING_HOURS,
    "working day": SpanUnit.WORKING_DAYS,
    "working days": SpanUnit.WORKING_DAYS,
    "day": SpanUnit.DAYS,
    "days": SpanUnit.DAYS,
}
_SINGULAR = {
    SpanUnit.WORKING_HOURS: "working hour",
    SpanUnit.WORKING_DAYS: "working day",
    SpanUnit.DAYS: "day",
}
_WRITTEN = re.compile(rf"([1-9][0-9]{{0,3}}) ({'|'.join(_UNITS)})")
_AT_ONCE = "0 min"


@dataclass(frozen=True, slots=True)
class Span:
    """So many units of time, at least one: a policy has no empty and no negative windows.

    Only a distance in time can be nothing, written `0 min`: at that very moment. Raises ValueError
    on an amount outside 1 … 9999, and on no time in any other unit.
    """

    amount: int
    unit: SpanUnit

    def __post_init__(self) -> None:
        if self.is_zero and self.unit is SpanUnit.MINUTES:
            return
        if not 1 <= self.amount <= MAX_AMOUNT:
            raise ValueError(f"a span has 1 to {MAX_AMOUNT} units, not {self.amount}")

    @property
    def is_zero(self) -> bool:
        """Say whether this is no time at all."""
        return self.amount == 0

    @classmethod
    def parse(cls, text: str, *, zero_ok: bool = False) -> Self:
        """Read the written form. Raises ValueError on anything else.

        `zero_ok` reads `0 min` too, which is no window and no limit.
        """
        if zero_ok and text == _AT_ONCE:
            return cls(0, SpanUnit.MINUTES)
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise ValueError(f"not a span of time: {text!r}")
        return cls(int(found[1]), _UNITS[found[2]])

    @override
    def __str__(self) -> str:
        """Return the written form, which `parse` reads back."""
        unit = _SINGULAR.get(self.unit, self.unit.value) if self.amount == 1 else self.unit.value
        return f"{self.amount} {unit}"

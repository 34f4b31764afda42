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


@dataclass(frozen=True, slots=True)
class Span:
    """So many units of time, at least one: a policy has no empty and no negative windows.

    Raises ValueError on an amount outside 1 … 9999.
    """

    amount: int
    unit: SpanUnit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= MAX_AMOUNT:
            raise ValueError(f"a span has 1 to {MAX_AMOUNT} units, not {self.amount}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the written form. Raises ValueError on anything else."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise ValueError(f"not a span of time: {text!r}")
        return cls(int(found[1]), _UNITS[found[2]])

    @override
    def __str__(self) -> str:
        """Return the written form, which `parse` reads back."""
        unit = _SINGULAR.get(self.unit, self.unit.value) if self.amount == 1 else self.unit.value
        return f"{self.amount} {unit}"

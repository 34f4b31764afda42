"""The times that stand in a form before anybody has chosen one: near enough to be moved."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.deadlines.rules import end_of
from dandang.policy import Span, SpanUnit

_USUAL = Span(3, SpanUnit.WORKING_DAYS)


def instant(field: str, facts: Facts) -> datetime | None:
    """Return the time to begin with in a field, to the minute; None where none is near."""
    usual = _USUALS.get(field)
    return usual(facts).replace(second=0, microsecond=0) if usual else None


def _soon(facts: Facts) -> datetime:
    """Return three working days from now, or the end of the total clock where that is earlier."""
    usual = end_of(_USUAL, facts.now, facts.calendar).at
    total = facts.case.total.at if facts.case.total else None
    return min(usual, total) if total and total > facts.now else usual


_USUALS: Mapping[str, Callable[[Facts], datetime]] = MappingProxyType(
    {
        "asked_at": lambda facts: facts.now,
        "check_at": _soon,
        "expected_at": _soon,
        "promised_for": _soon,
    }
)

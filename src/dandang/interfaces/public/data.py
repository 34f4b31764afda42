"""The figures to take away: each a table with documented fields, for the same choice as its page.

Fields are described in `docs/reference/public-figures.md`. A number that is not shown is empty in
CSV and `null` in JSON.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from django.utils import timezone

from dandang.interfaces.public import asking
from dandang.interfaces.public.choice import Choice, Known, period_words
from dandang.interfaces.shared.words.names import Named
from dandang.publication.figures.shapes import ALL, WHOLE_TIME, Dimension, Line, Rate, Wait, Within

Value = str | int | float | None
Record = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Data:
    """The rows of a figure. `at` is when it was counted."""

    at: datetime
    rows: tuple[Record, ...]


class Question(NamedTuple):
    """What a figure is asked for: the choice, the codes there are, the time."""

    choice: Choice
    known: Known
    now: datetime


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure to take away. `takes` names what of a choice it knows: `of`, `period`."""

    fields: tuple[str, ...]
    ask: Callable[[Question], Data]
    takes: frozenset[str] = frozenset({"of", "period"})

    def cut(self, choice: Choice) -> Choice:
        """Return what of a choice this figure takes."""
        slice_ = choice.slice if "of" in self.takes else ALL
        return Choice(slice_, choice.period if "period" in self.takes else WHOLE_TIME)


def _counts(asked: Question) -> Data:
    found = asking.board(asked.choice, asked.now)
    counts = {
        "received": found.received,
        "open": found.open,
        "overdue": found.overdue,
        "ended": found.ended,
        "response_undecided": found.undecided,
        "response_unneeded": found.unneeded,
        "reopened": found.reopened,
        "relapsed": found.relapsed,
        "ended_unasked": found.unasked,
        "ended_elsewhere": found.imported_ends,
    }
    return Data(found.at, tuple({"count": name, "cases": one} for name, one in counts.items()))


def _rates(asked: Question) -> Data:
    found = asking.board(asked.choice, asked.now)
    rows = tuple({"rate": name, **_rate(rate)} for name, rate in _named(found.line))
    return Data(found.at, rows)


def _named(line: Line) -> Iterator[tuple[str, Rate]]:
    yield "response", line.response
    yield "resolution", line.resolution
    yield "satisfaction", line.satisfaction


def _rate(rate: Rate, prefix: str = "") -> Record:
    values: dict[str, Value] = {
        "part": rate.part,
        "whole": rate.whole,
        "percent": _rounded(rate.percent),
        "silent": rate.silent,
        "asked": rate.asked,
        "silent_percent": _rounded(rate.silent_percent),
    }
    return {f"{prefix}{name}": value for name, value in values.items()}


def _rounded(percent: float | None) -> float | None:
    return None if percent is None else round(percent, 2)


def _ends(asked: Question) -> Data:
    found = asking.board(asked.choice, asked.now)
    rows = tuple({"end": one.state.value, "cases": one.cases} for one in found.ends)
    return Data(found.at, rows)


def _overdue(asked: Question) -> Data:
    found = asking.board(asked.choice, asked.now)
    rows = tuple(
        {"over_days": one.over, "up_to_days": one.up_to, "cases": one.cases}
        for one in found.overdue_by_age
    )
    return Data(found.at, rows)


def _waits(asked: Question) -> Data:
    found = asking.board(asked.choice, asked.now)
    classes = asked.known.policy.classes
    by_class = (_wait("class", one, classes.get(one.code)) for one in found.waits_by_class)
    by_channel = (_wait("channel", one, None) for one in found.waits_by_channel)
    return Data(found.at, (*by_class, *by_channel))


def _wait(by: str, one: Wait, entry: Named | None) -> Record:
    return {
        "by": by,
        "code": one.code,
        **_names(entry),
        "cases": one.cases,
        **_within("half", one.half),
        **_within("most", one.most),
    }


def _within(name: str, one: Within | None) -> Record:
    return {
        f"{name}_within_hours": one.hours if one else None,
        f"{name}_is_longer": None if one is None else int(one.more),
    }


def _names(entry: Named | None) -> Record:
    return {
        "name_zh": entry.name_zh if entry else "",
        "name_en": entry.name_en if entry else "",
    }


def _line(line: Line) -> Record:
    values: dict[str, Value] = {
        "received": line.received,
        "open": line.open,
        "overdue": line.overdue,
        "ended": line.ended,
    }
    for name, rate in _named(line):
        values |= _rate(rate, f"{name}_")
    return values


def _broken_down(dimension: Dimension) -> Callable[[Question], Data]:
    def ask(asked: Question) -> Data:
        found = asking.breakdown(dimension, asked.choice.period, asked.now)
        entries: Mapping[str, Named] = asked.known.entries(dimension)
        rows = tuple(
            {
                "code": one.slice.value,
                **_names(entries.get(one.slice.value)),
                **_line(one),
            }
            for one in found.lines
        )
        return Data(found.at, rows)

    return ask


def _months(asked: Question) -> Data:
    found = asking.months(asked.choice.slice, asked.now)
    rows = tuple({"month": period_words(one.period), **_line(one)} for one in found.lines)
    return Data(found.at, rows)


def _long_overdue(asked: Question) -> Data:
    units = asked.known.directory.units
    rows = tuple(
        {
            "unit": one.unit,
            **_names(units.get(one.unit)),
            "sent_on": _day(one.sent_at),
            "due_on": _day(one.due_at),
            "days_overdue": (asked.now - one.due_at).days,
        }
        for one in asking.long_overdue(asked.now)[0]
    )
    return Data(asked.now, rows)


def _day(at: datetime) -> str:
    return timezone.localtime(at).date().isoformat()


_OF_RATE = ("part", "whole", "percent", "silent", "asked", "silent_percent")
_OF_LINE = (
    *("received", "open", "overdue", "ended"),
    *(f"{rate}_{name}" for rate in ("response", "resolution", "satisfaction") for name in _OF_RATE),
)
_NAMED = ("code", "name_zh", "name_en")
_TIME = frozenset({"period"})
_WITHIN = ("half_within_hours", "half_is_longer", "most_within_hours", "most_is_longer")

FIGURES: Mapping[str, Figure] = MappingProxyType(
    {
        "counts": Figure(("count", "cases"), _counts),
        "rates": Figure(("rate", *_OF_RATE), _rates),
        "ends": Figure(("end", "cases"), _ends),
        "overdue": Figure(("over_days", "up_to_days", "cases"), _overdue),
        "waits": Figure(("by", *_NAMED, "cases", *_WITHIN), _waits),
        "areas": Figure((*_NAMED, *_OF_LINE), _broken_down(Dimension.AREA), _TIME),
        "categories": Figure((*_NAMED, *_OF_LINE), _broken_down(Dimension.CATEGORY), _TIME),
        "units": Figure((*_NAMED, *_OF_LINE), _broken_down(Dimension.UNIT), _TIME),
        "months": Figure(("month", *_OF_LINE), _months, frozenset({"of"})),
        "long-overdue": Figure(
            ("unit", "name_zh", "name_en", "sent_on", "due_on", "days_overdue"),
            _long_overdue,
            frozenset(),
        ),
    }
)
"""Every figure by its name in addresses."""


def cells(fields: Iterable[str], row: Record) -> list[str]:
    """Return a row as it stands in CSV."""
    return ["" if row[name] is None else str(row[name]) for name in fields]

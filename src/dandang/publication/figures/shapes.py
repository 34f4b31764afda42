"""The figures as they are shown: plain values, with what is too small to be shown left out.

A `Count` is None where it is not shown: it is below `SMALL` (and above 0), or one that is could be
computed from it. A count of 0 is shown unless something could be computed from it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from dandang.lifecycle.states import State

SMALL = 10
"""A count of cases or people below this, and above 0, is not shown."""

Count: TypeAlias = int | None


class Dimension(StrEnum):
    """By what cases are told apart."""

    ALL = "all"
    AREA = "area"
    CATEGORY = "category"
    UNIT = "unit"


class PeriodKind(StrEnum):
    """How long a period is."""

    ALL = "all"
    YEAR = "year"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Slice:
    """The cases of an area or a category with all below it, of a unit, or all of them.

    `value` is a code; "" with `Dimension.ALL`, elsewhere for cases of which it is not known.
    """

    dimension: Dimension = Dimension.ALL
    value: str = ""


ALL = Slice()


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a year of the body's own calendar, or the whole time. `start` is its first day."""

    kind: PeriodKind = PeriodKind.ALL
    start: date | None = None

    @classmethod
    def year(cls, day: date) -> "Period":
        """Return the year of a day."""
        return cls(PeriodKind.YEAR, day.replace(month=1, day=1))

    @classmethod
    def month(cls, day: date) -> "Period":
        """Return the month of a day."""
        return cls(PeriodKind.MONTH, day.replace(day=1))

    def previous(self) -> "Period":
        """Return the period before a month or a year; of the whole time, itself."""
        if self.start is None:
            return self
        day_before = self.start - timedelta(days=1)
        is_year = self.kind is PeriodKind.YEAR
        return Period.year(day_before) if is_year else Period.month(day_before)


WHOLE_TIME = Period()


@dataclass(frozen=True, slots=True)
class Rate:
    """`part` of `whole`, and beside it how many stayed `silent`, out of `asked`.

    What silence is differs: of the response rate, cases without any answer, out of those that
    should have one (`asked` is `whole`); of the resolution rate, cases whose requesters did not
    answer, out of those that were asked (`asked` is `whole`); of the satisfaction rate, requests
    without a rating, out of those that could give one (`whole` are ratings alone).
    """

    part: Count
    whole: Count
    silent: Count
    asked: Count

    @property
    def percent(self) -> float | None:
        """Return the rate in percent; None where there is nothing, or nothing to be shown."""
        return _percent(self.part, self.whole)

    @property
    def silent_percent(self) -> float | None:
        """Return the share of silence in percent; None like `percent`."""
        return _percent(self.silent, self.asked)


def _percent(part: Count, whole: Count) -> float | None:
    return None if part is None or not whole else 100 * part / whole


@dataclass(frozen=True, slots=True)
class End:
    """How many cases ended in one way."""

    state: State
    cases: Count


@dataclass(frozen=True, slots=True)
class Age:
    """How many open cases are overdue since more than `over` days and at most `up_to` (None: any).

    The days are days of the calendar from the end of the total time.
    """

    over: int
    up_to: int | None
    cases: Count


@dataclass(frozen=True, slots=True)
class Within:
    """A time within which a share of the cases ended: at most so many hours, or `more` than them.

    It is the upper bound of a step of `rules.waits.BOUNDS`, not an exact wait.
    """

    hours: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """How long the cases of one class or channel took from sending to their end.

    Half of them ended within `half`, 95 of 100 within `most`; both are None with no number shown.
    `cases` is rounded down to tens.
    """

    code: str
    cases: Count
    half: Within | None
    most: Within | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The figures of one slice in one period, as they stand in a table.

    `received`, `open`, `overdue` and `response` are of the cases received in the period; `ended`,
    `resolution` and `satisfaction` of those that ended in it.
    """

    slice: Slice
    period: Period
    received: Count
    open: Count
    overdue: Count
    ended: Count
    response: Rate
    resolution: Rate
    satisfaction: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything about one slice in one period.

    `at` is of when the figures are (UTC).

    `undecided` cases have no answer and time left for one, `unneeded` ones ended without an answer
    before it was due: the response rate has neither. `ends` are all ends in a fixed order, without
    those that came from another system (`imported_ends`). `unasked` are the ends after which nobody
    could be asked, together; they are in no rate. `reopened` and `relapsed` are cases received
    in the period that were worked on again after an end, at all or because the same came back.
    """

    line: Line
    at: datetime
    overdue_by_age: tuple[Age, ...]
    undecided: Count
    unneeded: Count
    ends: tuple[End, ...]
    imported_ends: Count
    unasked: Count
    reopened: Count
    relapsed: Count
    waits_by_class: tuple[Wait, ...]
    waits_by_channel: tuple[Wait, ...]

    @property
    def slice(self) -> Slice:
        """Of which cases it is."""
        return self.line.slice

    @property
    def period(self) -> Period:
        """Of which time it is."""
        return self.line.period

    @property
    def received(self) -> Count:
        """How many cases were received in the period."""
        return self.line.received

    @property
    def open(self) -> Count:
        """How many of those received in the period are open now."""
        return self.line.open

    @property
    def overdue(self) -> Count:
        """How many of the open ones are past their total time now."""
        return self.line.overdue

    @property
    def ended(self) -> Count:
        """How many cases ended in the period, without those that ended elsewhere."""
        return self.line.ended

    @property
    def response(self) -> Rate:
        """The response rate."""
        return self.line.response

    @property
    def resolution(self) -> Rate:
        """The resolution rate."""
        return self.line.resolution

    @property
    def satisfaction(self) -> Rate:
        """The satisfaction rate."""
        return self.line.satisfaction


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The lines of one dimension in one period, in the order of the register or the policy.

    `total` is the line of all cases. A line of an area or a category holds those below it, too, and
    the line of an unknown value (`value` "") stands last. Values without a case are left out.
    """

    dimension: Dimension
    period: Period
    lines: tuple[Line, ...]
    total: Line
    at: datetime


@dataclass(frozen=True, slots=True)
class Months:
    """The lines of one slice month by month, the oldest first, without a gap."""

    slice: Slice
    lines: tuple[Line, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Week:
    """The last seven days, today included, of all cases; `open` is how many are open now."""

    received: Count
    ended: Count
    solved: Count
    open: Count
    at: datetime

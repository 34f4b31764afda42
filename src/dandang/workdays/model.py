"""What a working calendar is made of: days, slots, dated notices, and the moments it answers."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
SATURDAY_AND_SUNDAY = frozenset({SATURDAY, SUNDAY})
ONE_DAY = timedelta(days=1)
SECONDS_A_DAY = 86_400


class DayKind(StrEnum):
    """Whether a date counts."""

    WORKING = "working"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Slot:
    """Working hours within one working day, in local wall time: `start` counts, `end` does not.

    An `end` of 00:00 is the end of the day (24:00). Whole minutes only. Raises ValueError.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        for moment in (self.start, self.end):
            if moment.tzinfo is not None or moment.second or moment.microsecond:
                raise ValueError(f"{moment} is not a plain time of day in whole minutes")
        if self.opens >= self.closes:
            raise ValueError(f"the slot {self.label} ends before it starts")

    @property
    def opens(self) -> int:
        """Seconds on the wall clock from midnight to the start."""
        return self.start.hour * 3600 + self.start.minute * 60

    @property
    def closes(self) -> int:
        """Seconds on the wall clock from midnight to the end."""
        return self.end.hour * 3600 + self.end.minute * 60 or SECONDS_A_DAY

    @property
    def label(self) -> str:
        """For example `09:00-12:00`."""
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True, slots=True)
class Notice:
    """A dated official notice: which days from `first` to `last` differ from the weekly rule.

    Within its range a notice is the whole truth: it replaces what notices published before it
    said there, so an amendment or a corrected reissue needs no word about what it undoes.
    `working` names make-up days (调休), `rest` the days off; days off at weekends may be named.
    Raises ValueError where it contradicts itself.
    """

    source: str
    published: date
    first: date
    last: date
    working: frozenset[date] = frozenset()
    rest: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"{self.source} ends before it starts")
        if self.working & self.rest:
            raise ValueError(f"{self.source} calls {min(self.working & self.rest)} both")
        for day in self.working | self.rest:
            if not self.first <= day <= self.last:
                raise ValueError(f"{self.source} does not cover {day}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarData:
    """A calendar as versioned data. Nothing in it depends on the clock.

    `weekend` holds weekdays (Monday is 0). `slots` are the hours of every working day, in order.
    `provisional` marks data that were computed from rules instead of published by notices.
    `years` (first and last) bound every answer, provisional ones included. Raises ValueError.
    """

    name: str
    version: str
    time_zone: str
    slots: tuple[Slot, ...]
    notices: tuple[Notice, ...] = ()
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY
    provisional: bool = False
    years: tuple[int, int] = (1990, 2075)

    def __post_init__(self) -> None:
        _check_week(self.weekend)
        _check_slots(self.slots)
        first, last = self.years
        if first > last:
            raise ValueError(f"{self.name} ends before it starts")
        for notice in self.notices:
            if notice.first.year < first or notice.last.year > last:
                raise ValueError(f"{notice.source} is outside the years {first} to {last}")

    @property
    def covered(self) -> tuple[date, date] | None:
        """First and last day of the unbroken run of days that notices speak about, or None."""
        if not self.notices:
            return None
        ranges = sorted((notice.first, notice.last) for notice in self.notices)
        first, last = ranges[0]
        for start, end in ranges:
            if start > last + ONE_DAY:
                break
            last = max(last, end)
        return first, last

    @property
    def horizon(self) -> date | None:
        """The last date covered by a notice without a gap before it; None without notices."""
        return self.covered[1] if self.covered else None

    def in_order(self) -> list[Notice]:
        """Return the notices by publication; those of one day in the order they were given."""
        return sorted(self.notices, key=lambda notice: notice.published)

    def known_on(self, day: date) -> "CalendarData":
        """Return the calendar as it stood at the end of that day: later notices left out.

        For checking a deadline that was computed then; a notice never changes what was decided.
        """
        known = tuple(notice for notice in self.notices if notice.published <= day)
        return replace(self, version=f"{self.version}@{day}", notices=known)

    def digest(self) -> str:
        """Return the SHA-256 (hex) of everything that decides an answer; `version` is not in it."""
        return hashlib.sha256("\n".join(self._lines()).encode()).hexdigest()

    def _lines(self) -> Iterator[str]:
        yield f"{self.name} {self.time_zone} {self.years} {sorted(self.weekend)}"
        yield " ".join(slot.label for slot in self.slots)
        for notice in self.in_order():
            yield f"{notice.source} {notice.published} {notice.first} {notice.last}"
            yield " ".join(str(day) for day in sorted(notice.working))
            yield " ".join(str(day) for day in sorted(notice.rest))


@dataclass(frozen=True, slots=True)
class Moment:
    """A computed instant (UTC). `provisional`: it rests on days that no notice covers yet."""

    at: datetime
    provisional: bool


class BeyondCalendar(Exception):
    """An answer needs days that no notice covers.

    Load the missing notice, or ask with `provisional_ok=True`. Beyond the years of the calendar's
    data there is no answer at all.
    """

    def __init__(self, name: str, horizon: date | None) -> None:
        self.name = name
        self.horizon = horizon
        super().__init__(f"calendar {name} is published up to {horizon}")


def _check_week(weekend: frozenset[int]) -> None:
    if not weekend < frozenset(range(7)):
        raise ValueError(f"{sorted(weekend)} is no weekend: weekdays are 0 to 6, one must remain")


def _check_slots(slots: tuple[Slot, ...]) -> None:
    if not slots:
        raise ValueError("a working day needs at least one slot")
    for slot, following in pairwise(slots):
        if slot.closes > following.opens:
            raise ValueError(
                f"the slots {slot.label} and {following.label} overlap or are out of order"
            )

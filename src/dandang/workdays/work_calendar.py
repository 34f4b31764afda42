"""Counting working days and working time. The rules are in `docs/reference/working-days.md`."""

from datetime import UTC, date, datetime, timedelta
from typing import final
from zoneinfo import ZoneInfo

from dandang.workdays import table
from dandang.workdays.model import (
    SECONDS_A_DAY,
    BeyondCalendar,
    CalendarData,
    DayKind,
    Moment,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@final
class WorkCalendar:
    """A calendar ready to count with: built once from its data, never changed.

    Instants go in aware, in any zone (ValueError when naive), and come out in UTC. Every call
    takes constant time. A call that needs days no notice covers raises `BeyondCalendar`; with
    `provisional_ok=True` such days follow the weekly rule and the moment says `provisional`.
    """

    __slots__ = ("_data", "_days", "_span", "_table", "_zone")

    def __init__(self, data: CalendarData) -> None:
        """Build the look-up tables. Raises `zoneinfo.ZoneInfoNotFoundError` for unknown zones."""
        self._data = data
        self._zone = ZoneInfo(data.time_zone)
        self._table = table.build(data, self._zone)
        self._days = data.covered or (date.max, date.min)
        self._span = self._covered_instants()

    @property
    def name(self) -> str:
        """The calendar's name, as policies use it."""
        return self._data.name

    @property
    def version(self) -> str:
        """Which data these are; changes whenever an answer could."""
        return self._data.version

    @property
    def time_zone(self) -> ZoneInfo:
        """The zone whose wall clock the slots are written in."""
        return self._zone

    @property
    def data(self) -> CalendarData:
        """What the calendar was built from."""
        return self._data

    @property
    def horizon(self) -> date | None:
        """The last date that strict calls know; None when no notice covers anything."""
        first, last = self._days
        return last if first <= last else None

    def covers(self, day: date) -> bool:
        """Say whether notices speak about the day without a gap before it."""
        return self._days[0] <= _plain(day) <= self._days[1]

    def local_date(self, instant: datetime) -> date:
        """Return the date the calendar's wall clock shows at the instant."""
        self._inside(_micros(instant))
        return instant.astimezone(self._zone).date()

    def day_kind(self, day: date, *, provisional_ok: bool = False) -> DayKind:
        """Return whether the date is a working day or a day of rest."""
        working = self.is_working_day(day, provisional_ok=provisional_ok)
        return DayKind.WORKING if working else DayKind.REST

    def is_working_day(self, day: date, *, provisional_ok: bool = False) -> bool:
        """Say whether the date is a working day."""
        index = self._day_index(day)
        if not (provisional_ok or self.covers(day)):
            raise self._beyond()
        before = self._table.working_before
        return before[index + 1] > before[index]

    def add_working_days(self, start: datetime, n: int, *, provisional_ok: bool = False) -> Moment:
        """Return when a term of `n` working days that starts at the instant is over.

        That is the end of the last slot of the n-th working day after the local date of the
        start: the day of the start never counts, whatever its hour and kind (Civil Code of the
        PRC art. 201, 203; EU regulation 1182/71 art. 3 alike). `n` = 0 means by close of
        business: the end of the day of the start, or of the next working day when that has no
        hours left. Raises ValueError for a negative `n`: terms are not counted backwards.
        """
        if n < 0:
            raise ValueError(f"{n} working days: terms are counted forwards")
        begun = self._inside(_micros(start))
        index = self._day_index(self.local_date(start))
        nth = self._table.working_before[index + 1] + n - 1
        if n == 0 and not self._open_until_after(nth, index, begun):
            nth += 1
        last = (nth + 1) * self._table.slots_a_day - 1
        if last >= len(self._table.closes) - 1:
            raise self._beyond()
        return self._moment(begun, self._table.closes[last], provisional_ok=provisional_ok)

    def add_working_time(
        self, start: datetime, amount: timedelta, *, provisional_ok: bool = False
    ) -> Moment:
        """Return the first instant by which the amount of working time has passed since the start.

        Working time is elapsed time inside the slots of working days. A start outside the slots
        counts from the next opening; no amount gives the start itself. Raises ValueError for a
        negative amount.
        """
        work = amount // _MICROSECOND
        if work < 0:
            raise ValueError(f"{amount} of working time: terms are counted forwards")
        begun = self._inside(_micros(start))
        if not work:
            return self._moment(begun, begun, provisional_ok=provisional_ok)
        work += self._table.work_done(begun)
        if work > self._table.total:
            raise self._beyond()
        return self._moment(begun, self._table.instant_of(work), provisional_ok=provisional_ok)

    def working_time_between(
        self, a: datetime, b: datetime, *, provisional_ok: bool = False
    ) -> timedelta:
        """Return the working time from `a` to `b`. Raises ValueError when `b` is before `a`."""
        begun, ended = self._inside(_micros(a)), self._inside(_micros(b))
        if ended < begun:
            raise ValueError(f"{b} is before {a}")
        self._check(begun, ended, provisional_ok=provisional_ok)
        work = self._table.work_done(ended) - self._table.work_done(begun)
        return timedelta(microseconds=work)

    def working_days_between(self, a: date, b: date, *, provisional_ok: bool = False) -> int:
        """Return how many working days come after `a` up to and including `b`.

        So the days between a start and its due moment are the days that were added. Raises
        ValueError when `b` is before `a`.
        """
        if _plain(b) < _plain(a):
            raise ValueError(f"{b} is before {a}")
        after, until = self._day_index(a), self._day_index(b)
        if not (provisional_ok or (self.covers(a) and self.covers(b))):
            raise self._beyond()
        return self._table.working_before[until + 1] - self._table.working_before[after + 1]

    def _open_until_after(self, nth: int, index: int, begun: int) -> bool:
        """Whether the day is working day `nth` and its last slot has not ended yet."""
        working = nth == self._table.working_before[index]
        return working and begun <= self._table.closes[(nth + 1) * self._table.slots_a_day - 1]

    def _moment(self, begun: int, due: int, *, provisional_ok: bool) -> Moment:
        provisional = self._check(begun, due, provisional_ok=provisional_ok)
        return Moment(_EPOCH + timedelta(microseconds=due), provisional)

    def _check(self, begun: int, due: int, *, provisional_ok: bool) -> bool:
        """Say whether the span leaves the covered days; refuse it unless that is all right."""
        provisional = begun < self._span[0] or due > self._span[1]
        if provisional and not provisional_ok:
            raise self._beyond()
        return provisional

    def _inside(self, instant: int) -> int:
        if not self._table.starts <= instant < self._table.ends:
            raise self._beyond()
        return instant

    def _day_index(self, day: date) -> int:
        index = _plain(day).toordinal() - self._table.first_day
        if not 0 <= index < len(self._table.working_before) - 1:
            raise self._beyond()
        return index

    def _covered_instants(self) -> tuple[int, int]:
        """From when until when answers rest on notices; an impossible span without notices."""
        first, last = self._days
        if first > last:
            return self._table.ends, self._table.starts
        return (
            table.first_instant(self._zone, first, 0) * table.MICROSECONDS,
            table.first_instant(self._zone, last, SECONDS_A_DAY) * table.MICROSECONDS,
        )

    def _beyond(self) -> BeyondCalendar:
        return BeyondCalendar(self.name, self.horizon)


def _micros(instant: datetime) -> int:
    if instant.utcoffset() is None:
        raise ValueError(f"{instant} has no time zone")
    return (instant - _EPOCH) // _MICROSECOND


def _plain(day: date) -> date:
    if isinstance(day, datetime):
        raise ValueError(f"{day} is an instant, not a date")  # noqa: TRY004 the value is the fault: a datetime is a date by type
    return day

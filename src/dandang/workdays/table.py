"""The arrays a calendar looks its answers up in: built once, then read in constant time.

All instants are microseconds since 1970 in UTC, all days are proleptic ordinals. A working day
has the same number of slots as every other, so slot `s` of working day `w` stands at
`w * slots_a_day + s`. Two bucket arrays (by UTC day, by working time done) lead to the first slot
that can matter; from there at most the slots of a few days are passed, whatever the distance.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from dandang.workdays.model import ONE_DAY, SECONDS_A_DAY, CalendarData, Notice

MICROSECONDS = 1_000_000
DAY = SECONDS_A_DAY * MICROSECONDS
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_NOON = time(12)
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """The days and slots of one calendar, laid out for look-up."""

    first_day: int
    starts: int  # the instant the first day begins
    ends: int  # the instant the last day has ended
    slots_a_day: int
    working_before: "array[int]"  # by day: working days before it; one entry more than days
    opens: "array[int]"  # by slot, and one sentinel after the last
    closes: "array[int]"
    done_before: "array[int]"  # by slot: working time before it opens; the last entry is the total
    bucket: int  # working time of one ordinary day
    slot_by_utc_day: "array[int]"
    slot_by_work: "array[int]"

    @property
    def total(self) -> int:
        """All working time of the table."""
        return self.done_before[-1]

    def work_done(self, instant: int) -> int:
        """Return the working time from the start of the table to the instant."""
        slot = self.slot_by_utc_day[(instant - self.starts) // DAY]
        while self.closes[slot] <= instant:
            slot += 1
        return self.done_before[slot] + max(0, instant - self.opens[slot])

    def instant_of(self, work: int) -> int:
        """Return the first instant by which this much working time (more than none) is done."""
        last = work - 1
        slot = self.slot_by_work[last // self.bucket]
        while self.done_before[slot + 1] <= last:
            slot += 1
        return self.opens[slot] + work - self.done_before[slot]


def first_instant(zone: ZoneInfo, day: date, seconds: int) -> int:
    """Return the second (since 1970) at which the zone's clock first shows this time or later.

    Where clocks are set forward over the time, that is the instant of the change; where they are
    set back, the first of the two occurrences (as RFC 5545 §3.3.5 reads such a time).
    """
    local = datetime.combine(day, time()) + timedelta(seconds=seconds)
    shown = (local.toordinal() - _EPOCH_ORDINAL) * SECONDS_A_DAY + seconds % SECONDS_A_DAY
    found = shown - _offset(local.replace(tzinfo=zone))
    before = shown - _offset(local.replace(tzinfo=zone, fold=1))
    while found - before > 1:  # only in a gap: between them lies the change of the clock
        middle = (before + found) // 2
        if middle + _offset(datetime.fromtimestamp(middle, zone)) >= shown:
            found = middle
        else:
            before = middle
    return found


def build(data: CalendarData, zone: ZoneInfo) -> Table:
    """Lay the calendar out. Time and memory grow with its years, not with how it is used."""
    first, last = date(data.years[0], 1, 1), date(data.years[1], 12, 31)
    kinds = _kinds(data, first, last)
    begins = _begins(zone, first, len(kinds) + 1)
    bounds = [(slot.opens, slot.closes) for slot in data.slots]
    opens, closes = array("q"), array("q")
    for day, (works, starts, ends) in enumerate(zip(kinds, begins, begins[1:], strict=False)):
        if works:
            plain = ends - starts == SECONDS_A_DAY
            hours = _plain_hours(starts, bounds) if plain else _odd_hours(zone, first, day, bounds)
            opens.extend(opened * MICROSECONDS for opened, _ in hours)
            closes.extend(closed * MICROSECONDS for _, closed in hours)
    lengths = (closed - opened for opened, closed in zip(opens, closes, strict=True))
    done_before = array("q", accumulate(lengths, initial=0))
    starts, ends = begins[0] * MICROSECONDS, begins[-1] * MICROSECONDS
    never = ends + 2 * DAY
    opens.append(never)
    closes.append(never)
    bucket = sum(end - start for start, end in bounds) * MICROSECONDS
    return Table(
        first_day=first.toordinal(),
        starts=starts,
        ends=ends,
        slots_a_day=len(bounds),
        working_before=array("q", accumulate(kinds, initial=0)),
        opens=opens,
        closes=closes,
        done_before=done_before,
        bucket=bucket,
        slot_by_utc_day=_first_beyond(closes, range(starts, ends + DAY, DAY)),
        slot_by_work=_first_beyond(done_before[1:], range(0, done_before[-1] + bucket, bucket)),
    )


def _offset(local: datetime) -> int:
    offset = local.utcoffset()
    assert offset is not None
    return offset.days * SECONDS_A_DAY + offset.seconds


def _begins(zone: ZoneInfo, first: date, count: int) -> list[int]:
    """Return the second (since 1970) at which each of so many days begins.

    Midnight is only looked at closely when the offset of the zone is not that of the noon before.
    """
    start = datetime.combine(first, _NOON, tzinfo=zone)
    midnight = (first.toordinal() - _EPOCH_ORDINAL) * SECONDS_A_DAY
    before, begins = None, []
    for day in range(count):
        offset = _offset(start + ONE_DAY * day)
        if offset == before:
            begins.append(midnight + SECONDS_A_DAY * day - offset)
        else:
            begins.append(first_instant(zone, first + ONE_DAY * day, 0))
        before = offset
    return begins


def _plain_hours(starts: int, bounds: Sequence[_Span]) -> list[_Span]:
    return [(starts + start, starts + end) for start, end in bounds]


def _odd_hours(zone: ZoneInfo, first: date, day: int, bounds: Sequence[_Span]) -> list[_Span]:
    """Return the slots of a day on which the clock changes."""
    date_of_day = first + ONE_DAY * day
    return [
        (first_instant(zone, date_of_day, start), first_instant(zone, date_of_day, end))
        for start, end in bounds
    ]


def _kinds(data: CalendarData, first: date, last: date) -> bytearray:
    """One byte a day: 1 working, 0 rest."""
    start, count = first.toordinal(), (last - first).days + 1
    week = bytes(weekday not in data.weekend for weekday in range(7))
    weekly = [week[(start + index - 1) % 7] for index in range(count)]
    kinds = bytearray(weekly)
    for notice in data.in_order():
        _apply(notice, kinds, weekly, start)
    return kinds


def _apply(notice: Notice, kinds: bytearray, weekly: Sequence[int], start: int) -> None:
    begin, end = notice.first.toordinal() - start, notice.last.toordinal() - start + 1
    kinds[begin:end] = bytes(weekly[begin:end])
    for day in notice.rest:
        kinds[day.toordinal() - start] = 0
    for day in notice.working:
        kinds[day.toordinal() - start] = 1


def _first_beyond(rising: Sequence[int], marks: range) -> "array[int]":
    """For every mark the position of the first value above it (or one past the last)."""
    positions, position = array("q"), 0
    for mark in marks:
        while position < len(rising) and rising[position] <= mark:
            position += 1
        positions.append(position)
    return positions

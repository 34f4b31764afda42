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
from zoneinfo import ZoneInfo

from dandang.workdays.model import ONE_DAY, SECONDS_A_DAY, CalendarData, Notice

MICROSECONDS = 1_000_000
DAY = SECONDS_A_DAY * MICROSECONDS
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


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
    working_before = array("q", [0])
    opens, closes, done_before = array("q"), array("q"), array("q", [0])
    bounds = [(slot.opens, slot.closes) for slot in data.slots]
    for day, starts, ends in _days(zone, first, last):
        index = day.toordinal() - first.toordinal()
        working_before.append(working_before[-1] + kinds[index])
        if not kinds[index]:
            continue
        plain = ends - starts == SECONDS_A_DAY
        for start, end in bounds:
            opened = starts + start if plain else first_instant(zone, day, start)
            closed = starts + end if plain else first_instant(zone, day, end)
            opens.append(opened * MICROSECONDS)
            closes.append(closed * MICROSECONDS)
            done_before.append(done_before[-1] + (closed - opened) * MICROSECONDS)
    starts = first_instant(zone, first, 0) * MICROSECONDS
    ends = first_instant(zone, last, SECONDS_A_DAY) * MICROSECONDS
    never = ends + 2 * DAY
    opens.append(never)
    closes.append(never)
    bucket = sum(end - start for start, end in bounds) * MICROSECONDS
    return Table(
        first_day=first.toordinal(),
        starts=starts,
        ends=ends,
        slots_a_day=len(bounds),
        working_before=working_before,
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


def _days(zone: ZoneInfo, first: date, last: date) -> list[tuple[date, int, int]]:
    """Every day with the seconds (since 1970) at which it and the next begin."""
    days = [first + ONE_DAY * n for n in range((last - first).days + 2)]
    begins = [first_instant(zone, day, 0) for day in days]
    return list(zip(days, begins[:-1], begins[1:], strict=False))


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

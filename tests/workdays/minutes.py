"""The same rules counted the slow way: one minute after the other on the wall clock.

Shares nothing with the package but its data classes. A minute is working time when the highest
reading that the zone's clock has shown so far lies in a slot of a working day.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from dandang.workdays import CalendarData, Slot

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
LONGEST_STEP_BACK = timedelta(hours=3)  # more than any clock is ever set back


def is_working_day(data: CalendarData, day: date) -> bool:
    for notice in sorted(data.notices, key=lambda each: each.published)[::-1]:
        if notice.first <= day <= notice.last:
            named = day in notice.working or day in notice.rest
            return day in notice.working if named else day.weekday() not in data.weekend
    return day.weekday() not in data.weekend


def _minutes(moment) -> int:
    return moment.hour * 60 + moment.minute


def _holds(slot: Slot, minute: int) -> bool:
    return _minutes(slot.start) <= minute < (_minutes(slot.end) or 24 * 60)


class SlowClock:
    """Walks real minutes and says of each whether it is working time."""

    def __init__(self, data: CalendarData, at: datetime) -> None:
        self.data = data
        self.zone = ZoneInfo(data.time_zone)
        self.at = at.astimezone(UTC) - LONGEST_STEP_BACK
        self.shown = self._reading()
        while self.at < at:
            self.tick()

    def _reading(self) -> datetime:
        return self.at.astimezone(self.zone).replace(tzinfo=None)

    def tick(self) -> None:
        self.at += MINUTE
        self.shown = max(self.shown, self._reading())

    def works(self) -> bool:
        if not is_working_day(self.data, self.shown.date()):
            return False
        return any(_holds(slot, _minutes(self.shown)) for slot in self.data.slots)


def working_minutes_between(data: CalendarData, a: datetime, b: datetime) -> int:
    clock, count = SlowClock(data, a), 0
    while clock.at < b:
        count += clock.works()
        clock.tick()
    return count


def add_working_minutes(data: CalendarData, start: datetime, minutes: int) -> datetime:
    clock = SlowClock(data, start)
    while minutes:
        minutes -= clock.works()
        clock.tick()
    return clock.at


def closing(data: CalendarData, day: date) -> datetime:
    """When the clock first shows the end of the day's last slot, or a later time."""
    end = data.slots[-1].end
    local = datetime.combine(day, end) + (DAY if _minutes(end) == 0 else timedelta())
    # Where the clock left the time out, fold=1 reads it by the offset after, which is earlier.
    nearly = local.replace(tzinfo=ZoneInfo(data.time_zone), fold=1).astimezone(UTC)
    clock = SlowClock(data, nearly - 2 * LONGEST_STEP_BACK)
    while clock.shown < local:
        clock.tick()
    return clock.at


def add_working_days(data: CalendarData, start: datetime, n: int) -> datetime:
    zone = ZoneInfo(data.time_zone)
    day = start.astimezone(zone).date()
    if n == 0:
        if is_working_day(data, day) and start <= closing(data, day):
            return closing(data, day)
        n = 1
    while n:
        day += DAY
        n -= is_working_day(data, day)
    return closing(data, day)

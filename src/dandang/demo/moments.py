"""When people do things: officers in working hours or on duty, requesters while they are awake."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from dandang.organization.entries import Roster
from dandang.workdays import WorkCalendar

_MINUTE = timedelta(minutes=1)
_WAKES, _SLEEPS = 7, 22


class Hours:
    """The calendar of the body together with its rosters."""

    def __init__(self, calendar: WorkCalendar, rosters: Iterable[Roster]) -> None:
        self.calendar = calendar
        self._duties: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
        for roster in rosters:
            self._duties[roster.post].append((roster.starts_at, roster.ends_at))
        for duties in self._duties.values():
            duties.sort()

    def office(self, at: datetime, hours: float) -> datetime:
        """Return the instant so many working hours later."""
        return self.calendar.add_working_time(at, _hours(hours), provisional_ok=True).at

    def on_duty(self, post: str, at: datetime, hours: float) -> datetime:
        """Return the instant so many hours later; of the office, where nobody is on duty then."""
        moment = at + _hours(hours)
        if self.is_working(moment) or self._is_rostered(post, moment):
            return moment
        return self.office(at, hours)

    def awake(self, at: datetime, hours: float) -> datetime:
        """Return the instant so many hours later, or when somebody who then sleeps is up."""
        moment = (at + _hours(hours)).astimezone(self.calendar.time_zone)
        if _WAKES <= moment.hour < _SLEEPS:
            return moment
        up = moment.replace(hour=_WAKES) + timedelta(minutes=moment.minute)
        return up if moment.hour < _WAKES else up + timedelta(days=1)

    def is_working(self, at: datetime) -> bool:
        """Say whether this minute is working time."""
        later = at + _MINUTE
        return bool(self.calendar.working_time_between(at, later, provisional_ok=True))

    def workday(self, at: datetime, days: int) -> datetime:
        """Return the same time of the day so many working days later, or earlier (negative)."""
        step, left, moment = timedelta(days=1 if days > 0 else -1), abs(days), at
        while left:
            moment += step
            day = self.calendar.local_date(moment)
            left -= self.calendar.is_working_day(day, provisional_ok=True)
        return moment

    def _is_rostered(self, post: str, at: datetime) -> bool:
        duties = self._duties.get(post, [])
        index = bisect_right(duties, at, key=lambda duty: duty[0])
        return index > 0 and duties[index - 1][1] > at


def _hours(hours: float) -> timedelta:
    return timedelta(seconds=round(hours * 3600))

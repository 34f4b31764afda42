"""Says since when nobody may have entered anything for a silence to be that long. Never acts."""

from datetime import UTC, datetime, time, timedelta

from dandang.workdays import WorkCalendar

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)


def quiet_before(calendar: WorkCalendar, working_days: int, now: datetime) -> datetime:
    """Return the instant (UTC) before which the last entry must lie for such a silence.

    Whoever entered something earlier has let that many working days pass since: a term of so many
    working days from there is over at `now` (aware). At least one. Raises ValueError.
    """
    if working_days < 1:
        raise ValueError(f"{working_days} working days are no silence")
    day = calendar.local_date(now)
    closing = calendar.add_working_days(now, 0, provisional_ok=True).at
    if closing > now and calendar.local_date(closing - _TICK) == day:
        # Today is worked, and not over.
        day -= _DAY
    while True:
        working_days -= calendar.is_working_day(day, provisional_ok=True)
        if not working_days:
            return datetime.combine(day, time(), calendar.time_zone).astimezone(UTC)
        day -= _DAY

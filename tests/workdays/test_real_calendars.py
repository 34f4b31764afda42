"""Laws of the calendars people work by: China's, and two whose clocks change twice a year."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.workdays import DayKind, WorkCalendar, china, computed

YEARS = (2025, 2027)
CALENDARS = {
    "China": china,
    "Berlin": lambda: computed("DE", "BE", time_zone="Europe/Berlin", years=YEARS),
    "New York": lambda: computed("US", "NY", time_zone="America/New_York", years=YEARS),
}
HOURS = {
    "China": ((time(9), time(12)), (time(13), time(18))),
    "Berlin": ((time(9), time(17)),),
    "New York": ((time(9), time(17)),),
}
AMOUNTS = st.timedeltas(timedelta(), timedelta(hours=80))
DAYS = st.integers(1, 15)
TICK = timedelta(microseconds=1)

# Two festivals and both changes of the clock, each with what lies around it; else any time of 2026.
_AROUND = (date(2026, 2, 14), date(2026, 10, 1), date(2026, 3, 8), date(2026, 3, 29))
_AROUND += (date(2026, 10, 25), date(2026, 11, 1))
NEAR = st.builds(
    lambda day, since: datetime.combine(day, time(), UTC) + since,
    st.sampled_from(_AROUND),
    st.timedeltas(timedelta(days=-3), timedelta(days=3)),
)
ANY = st.datetimes(datetime(2026, 1, 2), datetime(2026, 11, 20), timezones=st.just(UTC))  # noqa: DTZ001 zone follows
STARTS = NEAR | ANY

everywhere = pytest.mark.parametrize("place", CALENDARS)


def is_office_hour(place: str, calendar: WorkCalendar, instant: datetime) -> bool:
    """Say by the wall clock alone whether somebody works."""
    shown = instant.astimezone(calendar.time_zone)
    if calendar.day_kind(shown.date()) is DayKind.REST:
        return False
    return any(opens <= shown.time() < closes for opens, closes in HOURS[place])


@everywhere
@given(start=STARTS, amount=AMOUNTS, more=AMOUNTS, later=AMOUNTS)
def test_more_or_later_is_never_due_earlier(
    place: str, start: datetime, amount: timedelta, more: timedelta, later: timedelta
) -> None:
    calendar = CALENDARS[place]()
    due = calendar.add_working_time(start, amount).at
    assert due <= calendar.add_working_time(start, amount + more).at
    assert due <= calendar.add_working_time(start + later, amount).at


@everywhere
@given(start=STARTS, amount=AMOUNTS)
def test_what_was_added_is_what_lies_between(
    place: str, start: datetime, amount: timedelta
) -> None:
    calendar = CALENDARS[place]()
    due = calendar.add_working_time(start, amount).at
    assert calendar.working_time_between(start, due) == amount


@everywhere
@given(start=STARTS, amount=AMOUNTS)
def test_working_time_never_runs_out_while_nobody_works(
    place: str, start: datetime, amount: timedelta
) -> None:
    calendar = CALENDARS[place]()
    due = calendar.add_working_time(start, amount + TICK).at
    assert is_office_hour(place, calendar, due - TICK)


@everywhere
@given(start=STARTS, n=DAYS)
def test_working_days_end_at_close_of_business_on_the_wall_clock(
    place: str, start: datetime, n: int
) -> None:
    calendar = CALENDARS[place]()
    due = calendar.add_working_days(start, n).at.astimezone(calendar.time_zone)
    assert due.time() == HOURS[place][-1][1]
    assert calendar.is_working_day(due.date())
    began = calendar.local_date(start)
    counted = [began + timedelta(days=i) for i in range(1, (due.date() - began).days + 1)]
    assert sum(calendar.is_working_day(day) for day in counted) == n


@everywhere
@given(start=STARTS, seconds=st.integers(0, 3 * 24 * 3600))
def test_working_time_is_counted_by_the_wall_clock_of_the_offices(
    place: str, start: datetime, seconds: int
) -> None:
    """Half-hour by half-hour, so that no clock change is taken for work."""
    calendar = CALENDARS[place]()
    start = start.replace(minute=start.minute // 30 * 30, second=0, microsecond=0)
    steps = seconds // 1800
    worked = calendar.working_time_between(start, start + steps * timedelta(minutes=30))
    halves = (start + i * timedelta(minutes=30) for i in range(steps))
    counted = sum(is_office_hour(place, calendar, half) for half in halves)
    assert worked == counted * timedelta(minutes=30)

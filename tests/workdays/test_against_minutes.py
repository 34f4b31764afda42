"""Every answer equals the one counted minute by minute, clock changes included."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dandang.workdays import BeyondCalendar, WorkCalendar
from tests.workdays import minutes
from tests.workdays.strategies import LAST, calendars, calendars_and_instants, notices

MARCH = [date(2010, 3, 1) + timedelta(days=n) for n in range(31)]


@given(calendars(), st.lists(notices(MARCH[0], MARCH[-1]), max_size=4))
def test_a_day_counts_as_the_latest_notice_about_it_or_else_the_week_says(data, over_march):
    data = replace(data, notices=tuple(over_march))
    calendar = WorkCalendar(data)
    counted = [calendar.is_working_day(day, provisional_ok=True) for day in MARCH]
    assert counted == [minutes.is_working_day(data, day) for day in MARCH]


@given(calendars_and_instants(), st.integers(0, 4 * 24 * 60))
def test_working_time_between_equals_the_minutes_counted_one_by_one(pair, length):
    data, start = pair
    end = start + timedelta(minutes=length)
    counted = timedelta(minutes=minutes.working_minutes_between(data, start, end))
    assert WorkCalendar(data).working_time_between(start, end, provisional_ok=True) == counted


@given(calendars_and_instants(), st.integers(0, 24 * 60))
def test_adding_working_time_ends_where_the_last_counted_minute_ends(pair, length):
    data, start = pair
    calendar = WorkCalendar(data)
    try:
        due = calendar.add_working_time(start, timedelta(minutes=length), provisional_ok=True).at
    except BeyondCalendar:
        left = calendar.working_time_between(
            start, datetime(2011, 12, 31, 9, tzinfo=UTC), provisional_ok=True
        )
        assert left < timedelta(minutes=length)
        return
    if due < start + timedelta(days=30):
        assert due == minutes.add_working_minutes(data, start, length)


@given(calendars_and_instants(), st.integers(0, 9))
def test_adding_working_days_ends_with_the_last_slot_of_the_day_counted_one_by_one(pair, n):
    data, start = pair
    try:
        due = WorkCalendar(data).add_working_days(start, n, provisional_ok=True).at
    except BeyondCalendar:
        later = start.date() + timedelta(days=1)
        days = [later + timedelta(days=i) for i in range((LAST - later).days + 1)]
        assert sum(minutes.is_working_day(data, day) for day in days) <= n
        return
    assert due == minutes.add_working_days(data, start, n)

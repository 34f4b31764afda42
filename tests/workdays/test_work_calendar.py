from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from dandang.workdays import (
    BeyondCalendar,
    CalendarData,
    DayKind,
    Notice,
    Slot,
    WorkCalendar,
    china,
)
from tests.workdays.test_model import data

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
NAIVE = datetime(2026, 5, 5)  # noqa: DTZ001 an instant without a zone


def each(**calls):
    """Run the test with each of these calls, under its name."""
    return pytest.mark.parametrize("call", calls.values(), ids=calls)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    """Weekdays of 2026, 09:00-12:00 and 13:00-18:00."""
    return WorkCalendar(data())


def test_a_calendar_says_what_it_is(calendar):
    assert (calendar.name, calendar.version) == ("jiangcheng", "1")
    assert calendar.time_zone.key == "Asia/Shanghai"
    assert calendar.horizon == date(2026, 12, 31)
    assert calendar.data == data()
    assert calendar.local_date(at("2026-05-05T23:59")) == date(2026, 5, 5)
    assert calendar.local_date(datetime(2026, 5, 5, 16, tzinfo=UTC)) == date(2026, 5, 6)


def test_a_calendar_cannot_be_changed(calendar):
    with pytest.raises(AttributeError):
        calendar.version = "2"
    with pytest.raises(AttributeError):
        calendar.extra = "2"


def test_a_calendar_in_an_unknown_zone_is_refused():
    with pytest.raises(ZoneInfoNotFoundError):
        WorkCalendar(data(time_zone="Asia/Jiangcheng"))


def test_days_are_working_days_or_days_of_rest(calendar):
    assert calendar.day_kind(date(2026, 5, 8)) is DayKind.WORKING
    assert calendar.day_kind(date(2026, 5, 9)) is DayKind.REST
    assert calendar.day_kind(date(2027, 5, 8), provisional_ok=True) is DayKind.REST


@each(
    add_working_days=lambda c: c.add_working_days(NAIVE, 1),
    add_working_time=lambda c: c.add_working_time(NAIVE, HOUR),
    between_from=lambda c: c.working_time_between(NAIVE, at("2026-05-06")),
    between_to=lambda c: c.working_time_between(at("2026-05-05"), NAIVE),
    local_date=lambda c: c.local_date(NAIVE),
)
def test_an_instant_without_a_zone_is_refused(calendar, call):
    with pytest.raises(ValueError, match="no time zone"):
        call(calendar)


@each(
    is_working_day=lambda c: c.is_working_day(at("2026-05-05")),
    covers=lambda c: c.covers(at("2026-05-05")),
    between_from=lambda c: c.working_days_between(at("2026-05-05"), date(2026, 5, 6)),
    between_to=lambda c: c.working_days_between(date(2026, 5, 5), at("2026-05-06")),
)
def test_an_instant_where_a_date_belongs_is_refused(calendar, call):
    with pytest.raises(ValueError, match="not a date"):
        call(calendar)


@each(
    days=lambda c: c.add_working_days(at("2026-05-05"), -1),
    time=lambda c: c.add_working_time(at("2026-05-05"), -timedelta(microseconds=1)),
    time_between=lambda c: c.working_time_between(at("2026-05-05"), at("2026-05-04")),
    days_between=lambda c: c.working_days_between(date(2026, 5, 5), date(2026, 5, 4)),
)
def test_counting_backwards_is_refused(calendar, call):
    with pytest.raises(ValueError, match=r"forwards|before"):
        call(calendar)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-05-08T17:59", "2026-05-08T18:00"),
        ("2026-05-08T18:00", "2026-05-08T18:00"),
        ("2026-05-08T18:01", "2026-05-11T18:00"),
        ("2026-05-09T10:00", "2026-05-11T18:00"),
        ("2026-05-08T03:00", "2026-05-08T18:00"),
    ],
)
def test_no_working_days_means_by_close_of_business(calendar, start, due):
    assert calendar.add_working_days(at(start), 0).at == at(due)


@pytest.mark.parametrize("start", ["2026-05-08T00:00", "2026-05-08T09:00", "2026-05-08T23:59"])
def test_the_hour_of_the_start_does_not_matter_for_working_days(calendar, start):
    assert calendar.add_working_days(at(start), 1).at == at("2026-05-11T18:00")


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-05-08T11:00", 1, "2026-05-08T12:00"),
        ("2026-05-08T11:00", 1.5, "2026-05-08T13:30"),
        ("2026-05-08T12:30", 0, "2026-05-08T12:30"),
        ("2026-05-08T17:30", 8, "2026-05-11T17:30"),
        ("2026-05-09T12:00", 8, "2026-05-11T18:00"),
        ("2026-05-08T07:00", 40, "2026-05-14T18:00"),
    ],
)
def test_working_hours_are_spent_inside_the_slots(calendar, start, hours, due):
    assert calendar.add_working_time(at(start), hours * HOUR).at == at(due)


def test_microseconds_are_not_lost(calendar):
    start, tick = at("2026-05-08T11:59:59.999999"), timedelta(microseconds=1)
    assert calendar.add_working_time(start, tick).at == at("2026-05-08T12:00")
    assert calendar.add_working_time(start, 2 * tick).at == at("2026-05-08T13:00:00.000001")
    assert calendar.working_time_between(start, at("2026-05-08T13:00:00.000001")) == 2 * tick


def test_working_days_between_leaves_out_the_first_day_and_takes_the_last(calendar):
    friday, monday = date(2026, 5, 8), date(2026, 5, 11)
    assert calendar.working_days_between(friday, monday) == 1
    assert calendar.working_days_between(friday, friday) == 0
    assert calendar.working_days_between(date(2026, 5, 3), friday) == 5


@each(
    day_after=lambda c, **ok: c.is_working_day(date(2027, 1, 1), **ok),
    day_before=lambda c, **ok: c.is_working_day(date(2025, 12, 31), **ok),
    days_out=lambda c, **ok: c.add_working_days(at("2026-12-31T09:00"), 1, **ok),
    days_in=lambda c, **ok: c.add_working_days(at("2025-12-31T09:00"), 1, **ok),
    time_out=lambda c, **ok: c.add_working_time(at("2026-12-31T17:00"), 2 * HOUR, **ok),
    time_beyond=lambda c, **ok: c.add_working_time(at("2027-01-01T17:00"), timedelta(), **ok),
    time_between=lambda c, **ok: c.working_time_between(at("2026-12-31"), at("2027-01-02"), **ok),
    days_between_after=lambda c, **ok: c.working_days_between(
        date(2026, 12, 31), date(2027, 1, 1), **ok
    ),
    days_between_before=lambda c, **ok: c.working_days_between(
        date(2025, 12, 30), date(2026, 1, 1), **ok
    ),
)
def test_a_day_no_notice_covers_is_refused_unless_provisional_is_all_right(calendar, call):
    with pytest.raises(BeyondCalendar, match="jiangcheng is published up to 2026-12-31") as caught:
        call(calendar)
    assert (caught.value.name, caught.value.horizon) == ("jiangcheng", date(2026, 12, 31))
    call(calendar, provisional_ok=True)


@each(
    day_after=lambda c: c.is_working_day(date(2076, 1, 1), provisional_ok=True),
    day_before=lambda c: c.is_working_day(date(1989, 12, 31), provisional_ok=True),
    last_date=lambda c: c.is_working_day(date.max, provisional_ok=True),
    last_day=lambda c: c.add_working_days(at("2075-12-31T10:00"), 1, provisional_ok=True),
    many_days=lambda c: c.add_working_days(at("2026-05-08"), 10**9, provisional_ok=True),
    very_many_days=lambda c: c.add_working_days(at("2026-05-08"), 10**30, provisional_ok=True),
    much_time=lambda c: c.add_working_time(at("2026-05-08"), timedelta.max, provisional_ok=True),
    last_instant=lambda c: c.add_working_time(
        datetime.max.replace(tzinfo=UTC), HOUR, provisional_ok=True
    ),
    first_instant=lambda c: c.add_working_days(
        datetime.min.replace(tzinfo=UTC), 1, provisional_ok=True
    ),
    local_date=lambda c: c.local_date(datetime.max.replace(tzinfo=UTC)),
)
def test_outside_the_years_of_the_data_there_is_no_answer(calendar, call):
    with pytest.raises(BeyondCalendar):
        call(calendar)


def test_a_calendar_without_notices_gives_provisional_answers_only():
    calendar = WorkCalendar(data(notices=()))
    assert calendar.horizon is None
    assert not calendar.covers(date(2026, 5, 8))
    with pytest.raises(BeyondCalendar, match="None"):
        calendar.add_working_days(at("2026-05-08"), 1)
    assert calendar.add_working_days(at("2026-05-08"), 1, provisional_ok=True).provisional


def test_working_around_the_clock_every_hour_counts():
    year = Notice("always open", date(2025, 1, 1), date(2026, 1, 1), date(2026, 12, 31))
    hotline = WorkCalendar(
        CalendarData(
            name="hotline",
            version="1",
            time_zone="Europe/Amsterdam",
            slots=(Slot(time(0), time(0)),),
            weekend=frozenset(),
            notices=(year,),
            years=(2026, 2026),
        )
    )
    start = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert hotline.add_working_time(start, 100 * HOUR).at == start + 100 * HOUR
    midnight = at("2026-03-30T00:00", ZoneInfo("Europe/Amsterdam"))
    assert hotline.add_working_days(start, 1).at == midnight
    assert hotline.add_working_days(start, 1).at - start == timedelta(hours=34)


def test_office_hours_in_new_york_move_with_the_clock():
    zone = ZoneInfo("America/New_York")
    calendar = WorkCalendar(data(time_zone=zone.key, slots=(Slot(time(9), time(17)),)))
    friday = at("2026-03-06T16:00", zone)
    assert calendar.add_working_time(friday, 2 * HOUR).at == datetime(2026, 3, 9, 14, tzinfo=UTC)
    assert calendar.add_working_days(friday, 0).at == datetime(2026, 3, 6, 22, tzinfo=UTC)
    assert calendar.add_working_days(friday, 1).at == datetime(2026, 3, 9, 21, tzinfo=UTC)


def test_a_slow_answer_would_be_one_that_walks_through_fifty_years():
    """The distance does not matter: the same few steps lead to a day in this or in fifty years."""
    start, fifty_years = at("2024-01-02T09:00"), timedelta(days=50 * 365)
    end = start + fifty_years
    worked = china().working_time_between(start, end, provisional_ok=True)
    due = china().add_working_time(start, worked, provisional_ok=True)
    assert due.at <= end
    assert china().working_time_between(due.at, end, provisional_ok=True) == timedelta()


def test_a_working_day_that_a_zone_left_out_is_over_as_the_clock_passes_it():
    """Samoa crossed the date line: Thursday 29 December 2011 was followed by Saturday."""
    zone = ZoneInfo("Pacific/Apia")
    samoa = WorkCalendar(data(time_zone=zone.key, notices=(), years=(2011, 2012)))
    thursday, change = at("2011-12-29T10:00", zone), datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert samoa.add_working_days(thursday, 1, provisional_ok=True).at == change
    left = samoa.add_working_time(thursday, 8 * HOUR, provisional_ok=True)
    assert left.at == at("2012-01-02T10:00", zone)

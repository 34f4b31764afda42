"""The calendar of China, checked against two packages that were made independently."""

import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import chinese_calendar
import holidays
import pytest

from dandang.workdays import BeyondCalendar, Notice, Slot, WorkCalendar, china
from dandang.workdays.china_calendar import OFFICE_HOURS

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
SOURCES = Path(__file__).parents[2] / "src"
SHANGHAI = ZoneInfo("Asia/Shanghai")

# The notice for 2006 says: 12月31日（星期六）上班. chinese_calendar 1.11 leaves it out.
UNLIKE_CHINESE_CALENDAR = {date(2005, 12, 31): "working by the first item of the notice for 2006"}
UNLIKE_HOLIDAYS: dict[date, str] = {}


def test_every_difference_from_chinese_calendar_is_known_and_explained():
    calendar = china()
    unlike = {
        day for day in DAYS if calendar.is_working_day(day) is not chinese_calendar.is_workday(day)
    }
    assert unlike == UNLIKE_CHINESE_CALENDAR.keys()


def test_every_difference_from_holidays_is_known_and_explained():
    calendar = china()
    other = holidays.country_holidays("CN", years=range(FIRST.year, LAST.year + 1))
    unlike = {day for day in DAYS if calendar.is_working_day(day) is not other.is_working_day(day)}
    assert unlike == UNLIKE_HOLIDAYS.keys()


@pytest.mark.parametrize(
    ("year", "working_days", "make_up_days"), [(2024, 251, 8), (2025, 248, 5), (2026, 248, 6)]
)
def test_the_years_have_as_many_working_days_as_their_notices_give(
    year, working_days, make_up_days
):
    working = [day for day in DAYS if day.year == year and china().is_working_day(day)]
    assert len(working) == working_days
    assert sum(day.weekday() > 4 for day in working) == make_up_days


def test_the_horizon_is_the_end_of_the_last_published_year():
    assert china().horizon == LAST
    assert china().covers(FIRST)
    assert not china().covers(FIRST - timedelta(days=1))
    with pytest.raises(BeyondCalendar):
        china().is_working_day(date(2027, 1, 1))


def test_beyond_the_horizon_an_answer_by_the_week_is_marked_provisional():
    start = datetime(2026, 12, 30, 10, tzinfo=SHANGHAI)
    assert not china().add_working_days(start, 1, provisional_ok=True).provisional
    moment = china().add_working_days(start, 2, provisional_ok=True)
    assert moment.provisional
    assert moment.at == datetime(2027, 1, 1, 18, tzinfo=SHANGHAI)


def test_a_new_notice_moves_the_horizon_and_the_version_and_replaces_the_guess():
    notice = Notice(
        "a notice for 2027",
        published=date(2026, 11, 20),
        first=date(2027, 1, 1),
        last=date(2027, 12, 31),
        rest=frozenset({date(2027, 1, 1)}),
    )
    calendar = china([notice])
    assert calendar.horizon == date(2027, 12, 31)
    assert calendar.version.startswith("2027-12-31.")
    assert china().version.startswith("2026-12-31.")
    moment = calendar.add_working_days(datetime(2026, 12, 30, 10, tzinfo=SHANGHAI), 2)
    assert moment.at == datetime(2027, 1, 4, 18, tzinfo=SHANGHAI)
    assert not moment.provisional


@pytest.mark.parametrize(
    ("day", "published", "before", "after"),
    [
        (date(2015, 9, 3), date(2015, 5, 13), True, False),
        (date(2015, 9, 6), date(2015, 5, 13), False, True),
        (date(2019, 5, 2), date(2019, 3, 22), True, False),
        (date(2019, 4, 28), date(2019, 3, 22), False, True),
        (date(2019, 5, 1), date(2019, 3, 22), False, False),
        (date(2020, 1, 31), date(2020, 1, 27), True, False),
        (date(2020, 2, 1), date(2020, 1, 27), True, False),
        (date(2020, 1, 30), date(2020, 1, 27), False, False),
    ],
    ids=str,
)
def test_days_that_a_later_notice_changed_are_known_as_they_were(day, published, before, after):
    data = china().data
    was = WorkCalendar(data.known_on(published - timedelta(days=1)))
    became = WorkCalendar(data.known_on(published))
    assert was.is_working_day(day) is before
    assert became.is_working_day(day) is after
    assert china().is_working_day(day) is after


def test_before_its_notice_was_published_a_year_was_not_known():
    data = china().data
    assert data.known_on(date(2023, 10, 24)).horizon == date(2023, 12, 31)
    assert data.known_on(date(2023, 10, 25)).horizon == date(2024, 12, 31)
    for notice in data.notices:
        assert notice.published < notice.first


def test_slots_are_eight_hours_unless_the_body_sets_its_own():
    assert sum(slot.closes - slot.opens for slot in OFFICE_HOURS) == 8 * 3600
    morning = OFFICE_HOURS[:1]
    start = datetime(2026, 5, 8, 9, tzinfo=SHANGHAI)
    assert china(slots=morning).add_working_days(start, 0).at == start + timedelta(hours=3)
    assert china(slots=(Slot(morning[0].start, morning[0].end),)) is china(slots=morning)


def test_counting_needs_neither_django_nor_the_packages_the_days_come_from():
    script = (
        "import sys, dandang.workdays;"
        "print([m for m in ('django', 'chinese_calendar', 'holidays') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=SOURCES
    )
    assert run.stdout.strip() == "[]"

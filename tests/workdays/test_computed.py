from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest

from dandang.workdays import BeyondCalendar, Notice, Slot, computed
from dandang.workdays.computed_calendar import OFFICE_HOURS

NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("country", "subdivision", "zone"),
    [
        ("US", "NY", NEW_YORK),
        ("NL", "", "Europe/Amsterdam"),
        ("SA", "", "Asia/Riyadh"),  # another weekend until 2013
        ("CN", "", "Asia/Shanghai"),  # working days moved to weekends
        ("IL", "", "Asia/Jerusalem"),  # Friday and Saturday
    ],
)
def test_every_day_is_what_the_rules_of_the_country_say(country, subdivision, zone):
    calendar = computed(country, subdivision, time_zone=zone, years=(2010, 2020))
    rules = holidays.country_holidays(country, subdivision or None, years=range(2010, 2021))
    first, last = date(2010, 1, 1), date(2020, 12, 31)
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        assert calendar.is_working_day(day) is rules.is_working_day(day), day


def test_a_computed_calendar_is_marked_as_such_and_answers_within_its_years_only():
    calendar = computed("US", "NY", time_zone=NEW_YORK, years=(2020, 2030))
    assert calendar.name == "us-ny"
    assert calendar.data.provisional
    assert calendar.version.startswith(f"holidays-{holidays.__version__}.")
    assert calendar.horizon == date(2030, 12, 31)
    start = datetime(2026, 7, 2, 16, tzinfo=ZoneInfo(NEW_YORK))
    moment = calendar.add_working_days(start, 1)
    assert moment.at == datetime(2026, 7, 6, 17, tzinfo=ZoneInfo(NEW_YORK))  # 3 July is observed
    assert not moment.provisional
    with pytest.raises(BeyondCalendar):
        calendar.is_working_day(date(2031, 1, 2))
    assert calendar.is_working_day(date(2031, 1, 1), provisional_ok=True)


def test_the_name_of_a_country_as_a_whole_has_no_subdivision():
    assert computed("NL", time_zone="Europe/Amsterdam", years=(2026, 2026)).name == "nl"


@pytest.mark.parametrize(("country", "subdivision"), [("XX", ""), ("US", "Jiangcheng")])
def test_places_whose_holidays_nobody_knows_are_refused(country, subdivision):
    with pytest.raises(ValueError, match=f"no holidays are known for {country}"):
        computed(country, subdivision, time_zone=NEW_YORK, years=(2026, 2026))


def test_a_notice_of_the_operator_goes_on_top():
    storm = Notice(
        "a snow day",
        published=date(2026, 1, 25),
        first=date(2026, 1, 26),
        last=date(2026, 1, 26),
        rest=frozenset({date(2026, 1, 26)}),
    )
    usual = computed("US", "NY", time_zone=NEW_YORK, years=(2026, 2026))
    closed = computed("US", "NY", time_zone=NEW_YORK, years=(2026, 2026), notices=[storm])
    assert usual.is_working_day(storm.first)
    assert not closed.is_working_day(storm.first)
    assert closed.version != usual.version


def test_the_same_arguments_give_the_same_calendar_and_slots_can_be_set():
    first = computed("NL", time_zone="Europe/Amsterdam", years=(2026, 2026))
    assert computed("NL", time_zone="Europe/Amsterdam", years=(2026, 2026)) is first
    assert first.data.slots == OFFICE_HOURS
    short = (Slot(OFFICE_HOURS[0].start, OFFICE_HOURS[0].end.replace(hour=10)),)
    calendar = computed("NL", time_zone="Europe/Amsterdam", years=(2026, 2026), slots=short)
    start = datetime(2026, 5, 8, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert calendar.add_working_time(start, timedelta(hours=2)).at == start + timedelta(
        days=3, hours=1
    )

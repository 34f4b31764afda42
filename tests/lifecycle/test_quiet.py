"""Laws of silences: counted like every other term of working days."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dandang.lifecycle.deadlines.quiet import quiet_before
from dandang.workdays import computed
from tests import town

CHINA = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = datetime(2026, 2, 1), datetime(2026, 11, 20)  # noqa: DTZ001 zone follows
AGES = st.timedeltas(timedelta(), timedelta(days=30))
DAYS = st.integers(1, 12)


def in_china(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


@given(now=st.datetimes(FIRST, LAST, timezones=st.just(CHINA)), age=AGES, days=DAYS)
@example(now=in_china(2026, 11, 18, 18), age=timedelta(days=1), days=1)
def test_a_silence_is_long_enough_when_the_term_from_the_last_entry_is_over(
    now: datetime, age: timedelta, days: int
) -> None:
    entry = now - age
    is_over = town.calendar().add_working_days(entry, days).at <= now
    assert (entry < quiet_before(town.calendar(), days, now)) == is_over


@given(now=st.datetimes(FIRST, LAST, timezones=st.just(BERLIN)), age=AGES, days=DAYS)
def test_it_is_so_where_clocks_change_too(now: datetime, age: timedelta, days: int) -> None:
    calendar = computed("DE", "BE", time_zone="Europe/Berlin", years=(2025, 2027))
    entry = now - age
    is_over = calendar.add_working_days(entry, days).at <= now
    assert (entry < quiet_before(calendar, days, now)) == is_over


@pytest.mark.parametrize(
    ("now", "days", "before"),
    [
        # On Wednesday morning Tuesday is the last whole working day.
        (in_china(2026, 11, 18, 10), 1, in_china(2026, 11, 17, 0)),
        (in_china(2026, 11, 18, 18), 1, in_china(2026, 11, 18, 0)),
        (in_china(2026, 11, 18, 10), 3, in_china(2026, 11, 13, 0)),
        # After Spring Festival, over its make-up Saturday.
        (in_china(2026, 2, 24, 9), 1, in_china(2026, 2, 14, 0)),
        (in_china(2026, 10, 5, 12), 2, in_china(2026, 9, 29, 0)),
    ],
)
def test_silences_around_weekends_and_festivals(now: datetime, days: int, before: datetime) -> None:
    assert quiet_before(town.calendar(), days, now) == before


def test_no_days_are_no_silence() -> None:
    with pytest.raises(ValueError, match="0 working days"):
        quiet_before(town.calendar(), 0, town.MONDAY)

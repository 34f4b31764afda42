from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, time

import pytest

from dandang.workdays import CalendarData, Moment, Notice, Slot

MORNING, AFTERNOON = Slot(time(9), time(12)), Slot(time(13), time(18))
YEAR = Notice("the year", date(2025, 11, 4), date(2026, 1, 1), date(2026, 12, 31))


def data(**changes) -> CalendarData:
    base = CalendarData(
        name="jiangcheng",
        version="1",
        time_zone="Asia/Shanghai",
        slots=(MORNING, AFTERNOON),
        notices=(YEAR,),
    )
    return replace(base, **changes)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (time(12), time(9)),
        (time(9), time(9)),
        (time(9, 0, 1), time(12)),
        (time(9), time(12, 0, 0, 1)),
        (time(9, tzinfo=UTC), time(12)),
    ],
)
def test_a_slot_that_is_no_span_of_whole_minutes_is_refused(start, end):
    with pytest.raises(ValueError, match=r"slot|plain time"):
        Slot(start, end)


def test_a_slot_may_last_to_midnight_and_all_day():
    assert Slot(time(18), time(0)).closes == 24 * 3600
    assert Slot(time(0), time(0)).closes - Slot(time(0), time(0)).opens == 24 * 3600


@pytest.mark.parametrize(
    "slots",
    [(), (AFTERNOON, MORNING), (MORNING, Slot(time(11, 59), time(13)))],
)
def test_slots_that_are_none_or_overlap_or_are_out_of_order_are_refused(slots):
    with pytest.raises(ValueError, match="slot"):
        data(slots=slots)


def test_slots_may_touch():
    assert data(slots=(MORNING, Slot(time(12), time(13)), AFTERNOON)).slots[1].opens == 12 * 3600


@pytest.mark.parametrize("weekend", [frozenset(range(7)), frozenset({7}), frozenset({-1})])
def test_a_week_without_a_working_day_or_with_unknown_days_is_refused(weekend):
    with pytest.raises(ValueError, match="weekend"):
        data(weekend=weekend)


@pytest.mark.parametrize("years", [(2026, 2025), (2027, 2030), (2020, 2025)])
def test_years_that_do_not_hold_the_notices_are_refused(years):
    with pytest.raises(ValueError, match=r"years|ends"):
        data(years=years)


def test_a_notice_that_contradicts_itself_is_refused():
    day = date(2026, 2, 14)
    with pytest.raises(ValueError, match="both"):
        replace(YEAR, working=frozenset({day}), rest=frozenset({day}))
    with pytest.raises(ValueError, match="ends before"):
        replace(YEAR, last=date(2025, 12, 31))
    for outside in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(ValueError, match="does not cover"):
            replace(YEAR, working=frozenset({outside}))


def test_the_horizon_is_the_last_day_before_a_gap():
    july = Notice("July", date(2027, 6, 1), date(2027, 7, 1), date(2027, 7, 31))
    spring = Notice("spring", date(2026, 12, 1), date(2027, 1, 1), date(2027, 6, 30))
    within = Notice("a storm", date(2026, 8, 1), date(2026, 8, 3), date(2026, 8, 3))
    assert data().horizon == date(2026, 12, 31)
    assert data(notices=(july, YEAR)).horizon == date(2026, 12, 31)
    assert data(notices=(july, YEAR, within, spring)).horizon == date(2027, 7, 31)
    assert data(notices=(july, YEAR, spring)).covered == (date(2026, 1, 1), date(2027, 7, 31))
    assert data(notices=()).horizon is None


def test_what_was_published_later_was_not_known():
    later = replace(YEAR, source="a correction", published=date(2026, 3, 1))
    both = data(notices=(later, YEAR))
    assert both.known_on(date(2026, 2, 28)).notices == (YEAR,)
    assert both.known_on(date(2026, 3, 1)).notices == (later, YEAR)
    assert both.known_on(date(2026, 2, 28)).version == "1@2026-02-28"
    assert both.in_order() == [YEAR, later]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "other"},
        {"time_zone": "Asia/Urumqi"},
        {"slots": (MORNING,)},
        {"weekend": frozenset({6})},
        {"notices": ()},
        {"notices": (replace(YEAR, working=frozenset({date(2026, 2, 14)})),)},
        {"notices": (replace(YEAR, rest=frozenset({date(2026, 2, 17)})),)},
        {"years": (1990, 2080)},
    ],
)
def test_the_digest_changes_with_everything_that_decides_an_answer(change):
    assert data(**change).digest() != data().digest()


def test_the_digest_does_not_depend_on_the_version_or_the_order_of_notices():
    other = replace(YEAR, published=date(2026, 1, 1))
    assert data(version="2").digest() == data().digest()
    assert data(notices=(YEAR, other)).digest() == data(notices=(other, YEAR)).digest()


def test_calendars_and_moments_cannot_be_changed():
    for frozen in (
        data(),
        YEAR,
        MORNING,
        Moment(datetime(2026, 1, 1, tzinfo=UTC), provisional=False),
    ):
        with pytest.raises((FrozenInstanceError, TypeError)):
            frozen.source = "changed"

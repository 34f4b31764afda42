"""What starves, who will be missing and what is a surge, as pure rules."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.watching.rules import (
    MOST_DAYS,
    Group,
    Hole,
    Surge,
    Watched,
    days_to_look_at,
    duty_post,
    find_holes,
    next_look,
    passing,
    starving,
    supervision_post,
)
from dandang.organization.directory import Directory
from dandang.organization.reading import read_organization
from dandang.policy import Span, SpanUnit, Watch
from tests import town

WATCH = Watch(
    surge_calls_duty=True, starving_share=100, starving_least=5, roster_ahead=Span.parse("7 days")
)
DAY = date(2026, 10, 12)
moments = st.timedeltas(timedelta(), timedelta(days=700)).map(lambda after: town.MONDAY + after)


def group(cases: int = 5, share: float = 1.5, case_class: str = "ordinary") -> Group:
    return Group(case_class, "qingshan", "web", cases, share)


def city(*, rosters: str = "", appointments: str = "") -> Directory:
    """Return the city with more rosters and appointments."""
    files = town.files()
    files["rosters.csv"] = f"post,officer,starts_at,ends_at\n{rosters}".encode()
    files["appointments.csv"] += appointments.encode()
    return Directory(read_organization(files, categories_of=town.categories_of), version=1)


def holes_of(directory: Directory, post: str, *days: date, now: datetime) -> list[Hole]:
    return [hole for hole in find_holes(directory, days, now) if hole.post == post]


def test_a_group_starves_when_its_slowest_wait_longer_than_they_were_promised() -> None:
    assert starving([group(share=1.01)], WATCH) == (group(share=1.01),)
    assert starving([group(share=1.0)], WATCH) == ()


def test_too_few_cases_are_not_judged() -> None:
    assert starving([group(cases=4, share=9)], WATCH) == ()


def test_the_worst_comes_first_whatever_its_promise_is() -> None:
    small, big = group(share=3, case_class="consultation"), group(share=2, case_class="complex")
    assert starving([big, small], WATCH) == (small, big)


def test_of_two_groups_that_are_as_bad_the_order_is_always_the_same() -> None:
    one, other = group(case_class="complex"), group(case_class="ordinary")
    assert starving([other, one], WATCH) == starving([one, other], WATCH) == (one, other)


def test_a_group_without_an_area_has_a_name_of_its_own() -> None:
    nowhere = Group("ordinary", None, "phone", 5, 1.239)
    assert (nowhere.subject, nowhere.percent) == ("ordinary||phone", 123)
    assert Surge("water_supply", None, 5, 1).subject == "water_supply|"


@pytest.mark.parametrize(
    ("name", "now", "at"),
    [
        (Watched.SURGES, "2026-10-12T01:00:30", "2026-10-12T01:01:00"),
        (Watched.SURGES, "2026-10-12T01:00:00", "2026-10-12T01:01:00"),
        (Watched.ROSTERS, "2026-10-12T01:59:59", "2026-10-12T02:00:00"),
        (Watched.STARVING, "2026-10-11T23:59:59", "2026-10-12T00:00:00"),
        (Watched.STARVING, "2026-10-12T00:00:00", "2026-10-13T00:00:00"),
    ],
)
def test_each_thing_is_looked_for_in_time(name: Watched, now: str, at: str) -> None:
    start = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert next_look(name, start, "Asia/Shanghai") == datetime.fromisoformat(at).replace(tzinfo=UTC)


def test_eight_in_the_morning_is_eight_on_the_wall_when_clocks_change() -> None:
    before = datetime(2026, 10, 31, 12, tzinfo=UTC)
    first = next_look(Watched.STARVING, before, "America/New_York")
    second = next_look(Watched.STARVING, first, "America/New_York")
    assert (first.hour, second.hour) == (13, 13)
    assert next_look(Watched.STARVING, datetime(2026, 10, 30, tzinfo=UTC), "America/New_York") == (
        datetime(2026, 10, 30, 12, tzinfo=UTC)
    )


@given(st.sampled_from(Watched), moments, st.sampled_from(["Asia/Shanghai", "America/New_York"]))
def test_the_next_look_is_always_later_and_never_more_than_a_day_and_an_hour(
    name: Watched, now: datetime, zone: str
) -> None:
    assert now < next_look(name, now, zone) <= now + timedelta(hours=25)


@pytest.mark.parametrize("unit", SpanUnit)
def test_a_window_that_goes_back_is_time_that_passes(unit: SpanUnit) -> None:
    assert passing(Span(2, unit)) == 2 * passing(Span(1, unit)) > timedelta()


def test_thirty_minutes_are_thirty_minutes_and_two_working_days_two_days() -> None:
    assert passing(Span.parse("30 min")) == timedelta(minutes=30)
    assert passing(Span.parse("2 working days")) == timedelta(days=2)


def test_days_are_looked_at_to_the_last_but_not_endlessly_many() -> None:
    assert days_to_look_at(DAY, DAY) == (DAY,)
    assert days_to_look_at(DAY, DAY - timedelta(days=1)) == ()
    assert len(days_to_look_at(DAY, DAY + timedelta(days=900))) == MOST_DAYS


def test_a_night_that_nobody_is_on_the_roster_for_is_one_hole_over_midnight() -> None:
    days = [DAY, DAY + timedelta(days=1)]
    rosters = "".join(f"water-night,W-017,{day}T08:00,{day}T20:00\n" for day in days)
    night, last = holes_of(city(rosters=rosters), "water-night", *days, now=town.MONDAY)
    assert (night.since, night.until) == (
        datetime(2026, 10, 12, 12, tzinfo=UTC),
        datetime(2026, 10, 13, 0, tzinfo=UTC),
    )
    assert (last.since, last.until) == (
        datetime(2026, 10, 13, 12, tzinfo=UTC),
        datetime(2026, 10, 13, 16, tzinfo=UTC),
    )


def test_what_is_over_is_no_hole_any_more() -> None:
    rosters = f"water-night,W-017,{DAY}T08:00,{DAY + timedelta(days=1)}T00:00\n"
    assert holes_of(city(rosters=rosters), "water-night", DAY, now=town.MONDAY) == []


def test_posts_that_nothing_is_sent_to_may_be_empty() -> None:
    posts = {hole.post for hole in find_holes(town.directory(), [DAY], town.MONDAY)}
    assert posts >= {"water-night", "housing-head", "sites-duty"}
    assert "services-desk" not in posts


def test_a_hole_that_goes_on_where_another_ends_is_the_same() -> None:
    start = town.MONDAY
    hole = Hole("water-night", start, start + timedelta(hours=8))
    assert hole.touches(start - timedelta(days=1), start)
    assert hole.touches(hole.until, hole.until + timedelta(days=1))
    assert hole.touches(start - timedelta(days=9), None)
    assert not hole.touches(start - timedelta(days=1), start - timedelta(seconds=1))
    assert not hole.touches(hole.until + timedelta(seconds=1), None)


def test_findings_go_to_the_supervision_office_as_long_as_somebody_is_there() -> None:
    assert supervision_post(town.directory(), town.MONDAY).code == "supervision-desk"


def test_where_nobody_supervises_at_this_hour_somebody_else_who_decides_gets_them() -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    assert supervision_post(town.directory(), long_ago).code == "supervision-desk"
    files = town.files()
    files["appointments.csv"] = files["appointments.csv"].replace(
        b"S-001,supervision-desk,2026-01-01", b"S-001,mayor,2026-01-01"
    )
    moved = Directory(read_organization(files, categories_of=town.categories_of))
    assert supervision_post(moved, town.MONDAY).code == "mayor"


@pytest.mark.parametrize(
    ("category", "area", "post"),
    [
        ("water_supply", "hudong", "water-duty"),
        ("rubbish_and_sanitation", "qingshan", "qingshan-duty"),
        ("lifts", "hudong", "hotline-coordination"),
        ("given_up", "hudong", "hotline-coordination"),
        ("water_supply", "nowhere", "hotline-coordination"),
        ("water_supply", None, "water-duty"),
    ],
)
def test_a_surge_is_the_business_of_the_duty_post_for_it(
    category: str, area: str | None, post: str
) -> None:
    surge = Surge(category, area, 5, 1)
    assert duty_post(town.directory(), town.policy(), surge, DAY).code == post

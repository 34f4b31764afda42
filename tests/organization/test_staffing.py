"""Who is in which post, when: rosters, appointments, substitutes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dandang.organization.directory import Directory, Roster, Substitute
from tests.organization.jiangcheng import jiangcheng

NOON = datetime(2026, 5, 7, 4, tzinfo=UTC)


@pytest.fixture
def city():
    return jiangcheng()


def codes(entries):
    return [entry.code for entry in entries]


def test_the_night_desk_is_staffed_by_its_roster(city):
    evening = datetime(2026, 10, 1, 10, tzinfo=UTC)
    assert codes(city.officers_of("water-night", evening)) == ["W-004"]
    before = datetime(2026, 10, 1, 9, 59, 59, tzinfo=UTC)
    after = datetime(2026, 10, 2, 0, tzinfo=UTC)
    assert city.officers_of("water-night", before) == ()
    assert city.officers_of("water-night", after) == ()
    assert codes(city.posts_of("W-004", evening)) == ["water-head", "water-night"]


def test_the_days_of_the_night_desk_have_holes(city):
    holes = city.holes("water-night", date(2026, 10, 2))
    assert holes == [
        (datetime(2026, 10, 2, 0, tzinfo=UTC), datetime(2026, 10, 2, 10, tzinfo=UTC)),
    ]
    assert city.holes("water-duty", date(2026, 10, 2)) == []
    assert city.holes("labour-duty", date(2026, 10, 2)) == [city.span_of(date(2026, 10, 2))]


def test_a_substitute_takes_all_posts_of_the_absent_officer(city):
    away = datetime(2026, 11, 3, 2, tzinfo=UTC)
    assert codes(city.officers_of("water-duty", away)) == ["W-004"]
    assert codes(city.posts_of("W-004", away)) == ["water-duty", "water-head"]
    assert city.posts_of("W-017", away) == ()


def test_a_substitute_for_a_post_replaces_its_officers(city):
    that_day = datetime(2026, 11, 9, 2, tzinfo=UTC)
    assert codes(city.officers_of("supervision-desk", that_day)) == ["Q-002"]
    assert city.posts_of("S-001", that_day) == ()


def with_substitutes(city, *substitutes):
    return Directory(replace(city.organization, substitutes=substitutes))


def test_a_substitute_who_is_absent_too_is_followed_to_the_next(city):
    day = date(2026, 5, 7)
    directory = with_substitutes(
        city,
        Substitute("W-004", day, day, absent="W-017"),
        Substitute("H-009", day, day, absent="W-004"),
    )
    assert codes(directory.officers_of("water-duty", NOON)) == ["H-009"]
    assert "water-duty" in codes(directory.posts_of("H-009", NOON))


def test_two_who_stand_in_for_each_other_stay_where_they_are(city):
    day = date(2026, 5, 7)
    directory = with_substitutes(
        city,
        Substitute("W-004", day, day, absent="W-017"),
        Substitute("W-017", day, day, absent="W-004"),
    )
    assert codes(directory.officers_of("water-duty", NOON)) == ["W-017"]
    assert codes(directory.officers_of("water-head", NOON)) == ["W-004"]


def test_a_long_duty_goes_on_behind_a_short_one(city):
    day = date(2026, 5, 7)
    morning, night = city.span_of(day)
    nine, ten = morning + timedelta(hours=9), morning + timedelta(hours=10)
    rosters = (
        Roster("labour-duty", "W-017", morning, night),
        Roster("labour-duty", "W-004", nine, ten),
    )
    directory = Directory(replace(city.organization, rosters=rosters))
    assert codes(directory.officers_of("labour-duty", morning)) == ["W-017"]
    assert codes(directory.officers_of("labour-duty", nine)) == ["W-004", "W-017"]
    assert codes(directory.officers_of("labour-duty", ten)) == ["W-017"]
    assert codes(directory.officers_of("labour-duty", night)) == []
    assert directory.holes("labour-duty", day) == []

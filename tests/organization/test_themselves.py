"""Nobody who keeps the register gives themselves anything by it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dandang.organization.edits import changes_between
from dandang.organization.entries import Appointment, PostKind, Substitute
from dandang.organization.themselves import given_to
from tests import town

NOW = datetime(2026, 10, 12, 1, tzinfo=UTC)
CITY = town.directory().organization
DAY, LATER = date(2026, 10, 12), date(2026, 12, 31)


def given(officer: str, before=CITY, **tables) -> list[tuple[str, str]]:
    after = replace(before, **tables)
    found = given_to(officer, before, after, changes_between(before, after, NOW))
    return [(problem.code, problem.source) for problem in found]


def posts(code: str, **changes) -> tuple:
    return tuple(replace(one, **changes) if one.code == code else one for one in CITY.posts)


def units(code: str, parent: str | None) -> tuple:
    return tuple(replace(one, parent=parent) if one.code == code else one for one in CITY.units)


SUPERVISING = Appointment(town.CHEN_HUI, "registry-desk", DAY)
BOTH = frozenset({PostKind.ADMINISTRATION, PostKind.LEADER})


@pytest.mark.parametrize(
    ("tables", "to_tang_yu", "to_li_na"),
    [
        (
            {"appointments": (*CITY.appointments, Appointment(town.LI_NA, "mayor", DAY))},
            set(),
            {("by_themselves", "")},
        ),
        (
            {"posts": posts("registry-desk", kinds=BOTH)},
            {("wider_for_themselves", "posts/registry-desk")},
            set(),
        ),
        (
            {"posts": posts("registry-desk", unit="water")},
            {("wider_for_themselves", "posts/registry-desk")},
            set(),
        ),
        ({"posts": posts("registry-desk", phone="1")}, set(), set()),
        ({"posts": posts("water-duty", kinds=frozenset())}, set(), set()),
        ({"units": units("cityman", "registry")}, set(), set()),
        ({"units": units("cityman", "water")}, set(), {("wider_for_themselves", "units/cityman")}),
        ({"appointments": (*CITY.appointments, SUPERVISING)}, set(), set()),
    ],
)
def test_what_widens_ones_own_posts_is_refused_to_whom_it_widens(tables, to_tang_yu, to_li_na):
    for officer, expected in ((town.TANG_YU, to_tang_yu), (town.LI_NA, to_li_na)):
        assert set(given(officer, **tables)) == expected


def test_whoever_stands_in_for_somebody_gives_them_no_further_post():
    stands_in = Substitute(town.TANG_YU, DAY, LATER, absent=town.LI_NA)
    city = replace(CITY, substitutes=(*CITY.substitutes, stands_in))
    hers = (*CITY.appointments, Appointment(town.LI_NA, "mayor", DAY))
    assert given(town.TANG_YU, city, appointments=hers) == [("by_themselves", "")]
    assert given(town.HE_PING, city, appointments=hers) == []

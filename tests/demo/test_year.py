"""A year of the city: it makes no difference in how many goes its clocks fire."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connections

from dandang.database import create_database, drop_database
from dandang.demo.building import NOW, build, sequence
from dandang.demo.outline import Line, first_difference, outline
from dandang.lifecycle.replay import replay
from dandang.lifecycle.work import fire_due, fire_until

DAY, YEAR = timedelta(days=1), timedelta(days=365)
CASES = 40


@pytest.fixture
def cities(fresh_database: str) -> Iterator[list[str]]:
    """Build a small city; give the names of its database and of two others just like it."""
    build(language="en", cases=CASES)
    twins = [f"{fresh_database}_twin_{number}" for number in (1, 2)]
    connections.close_all()
    for twin in twins:
        create_database(twin, template=fresh_database)
    yield [fresh_database, *twins]
    go_to(fresh_database)
    for twin in twins:
        drop_database(twin)


def go_to(name: str) -> None:
    connections.close_all()
    connections.settings["default"]["NAME"] = name


def told() -> list[Line]:
    sequence(NOW)
    return list(outline())


def day_by_day(until: datetime) -> None:
    at = NOW
    while at < until:
        at = min(at + DAY, until)
        fire_until(at)


def in_one_go(until: datetime) -> None:
    assert fire_until(until).aside == 0


def late(until: datetime) -> None:
    """Let everything happen at once, at the end."""
    while fire_due(until).fired:
        pass


def test_a_year_fired_in_one_go_and_day_by_day_is_the_same_year(cities: list[str]) -> None:
    before = len(told())
    years = []
    for city, live in zip(cities, (in_one_go, day_by_day, late), strict=True):
        go_to(city)
        live(NOW + YEAR)
        years.append(told())
        assert replay().differing == 0
    assert first_difference(years[0], years[1]) is None
    assert first_difference(years[0], years[2]) is not None
    happened = {line[2] for line in years[0][before:]}
    assert happened >= {"deadline_missed", "called_upon", "escalated", "judgement_lapsed"}

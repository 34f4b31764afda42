"""Fires a year of the demonstration city in one go and day by day: the same ledger, in what time.

PYTHONPATH=src python benchmarks/year.py [CASES [DAYS]]
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from time import perf_counter

from django.db import connections
from measuring import DATABASE, own_database  # first: it sets Django up

from dandang.database import create_database, drop_database
from dandang.demo.building import CASES, NOW, build, sequence
from dandang.demo.outline import Line, first_difference, outline
from dandang.lifecycle.replay import replay
from dandang.lifecycle.work import fire_until

_TWIN = f"{DATABASE}_twin"
_DAY = timedelta(days=1)


def main(cases: int, days: int) -> None:
    """Build the city, let a year pass in it twice, and compare the two ledgers."""
    with own_database(), _twin_of_city(cases):
        before = len(_told())
        until = NOW + days * _DAY
        one = _lived("in one go", lambda: fire_until(until).fired)
        _go_to(_TWIN)
        other = _lived("day by day", lambda: _day_by_day(until))
        difference = first_difference(one, other)
        print(f"{before:,} events before, {len(one) - before:,} in {days} days")
        print(f"first difference: {difference}")
        print(f"rows that a replay makes differently: {replay().differing}")
        sys.exit(difference is not None)


def _lived(words: str, live: Callable[[], int]) -> list[Line]:
    began = perf_counter()
    fired = live()
    seconds = perf_counter() - began
    print(f"{words}: {fired:,} clocks in {seconds:.1f} s, {fired / seconds:,.0f} /s")
    return _told()


def _day_by_day(until: datetime) -> int:
    at, fired = NOW, 0
    while at < until:
        at = min(at + _DAY, until)
        fired += fire_until(at).fired
    return fired


def _told() -> list[Line]:
    sequence(NOW)
    return list(outline())


@contextmanager
def _twin_of_city(cases: int) -> Iterator[None]:
    began = perf_counter()
    build(language="en", cases=cases)
    print(f"a city of {cases} cases, built in {perf_counter() - began:.1f} s")
    connections.close_all()
    drop_database(_TWIN)
    create_database(_TWIN, template=DATABASE)
    try:
        yield
    finally:
        _go_to(DATABASE)
        drop_database(_TWIN)


def _go_to(name: str) -> None:
    connections.close_all()
    connections.settings["default"]["NAME"] = name


if __name__ == "__main__":
    given = dict(enumerate(map(int, sys.argv[1:])))
    main(given.get(0, CASES), given.get(1, 365))

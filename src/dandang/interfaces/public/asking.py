"""The figures as the pages ask for them: the same for everybody for a minute."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import dropwhile
from typing import TypeVar

from django.core.cache import cache

from dandang.interfaces.public.choice import Choice, of_words, period_words
from dandang.lifecycle.casework.published import PublishedCase, published_cases
from dandang.publication.figures import queries
from dandang.publication.figures.shapes import (
    ALL,
    WHOLE_TIME,
    Board,
    Breakdown,
    Dimension,
    Months,
    Period,
    Slice,
    Week,
)

KEPT_SECONDS = 60


FoundT = TypeVar("FoundT")


def board(choice: Choice, now: datetime) -> Board:
    """Return everything about a slice in a period."""
    return _kept(
        f"board:{choice.of}:{choice.when}",
        now,
        lambda: queries.board(choice.slice, choice.period, now),
    )


def breakdown(dimension: Dimension, period: Period, now: datetime) -> Breakdown:
    """Return the lines of a dimension in a period."""
    return _kept(
        f"breakdown:{dimension}:{period_words(period)}",
        now,
        lambda: queries.breakdown(dimension, period, now),
    )


def months(slice_: Slice, now: datetime) -> Months:
    """Return the lines of a slice month by month, from the first month in which anything was."""
    return _kept(f"months:{of_words(slice_)}", now, lambda: _begun(queries.months(slice_, now)))


def _begun(found: Months) -> Months:
    lines = tuple(dropwhile(lambda line: line.received == line.ended == 0, found.lines))
    return replace(found, lines=lines)


def week(now: datetime) -> Week:
    """Return the figures of the last seven days."""
    return _kept("week", now, lambda: queries.week(now))


def periods(now: datetime) -> list[Period]:
    """Return the whole time, then every year and every month with figures, the latest first."""
    found = [line.period for line in months(ALL, now).lines][::-1]
    years = dict.fromkeys(Period.year(one.start) for one in found if one.start)
    return [WHOLE_TIME, *years, *found]


def long_overdue(now: datetime) -> tuple[list[PublishedCase], int]:
    """Return the open cases whose unit and age are published, and their number."""
    return _kept("long-overdue", now, lambda: published_cases(now))


def _kept(name: str, now: datetime, ask: Callable[[], FoundT]) -> FoundT:
    key = f"figures:{name}"
    kept: tuple[datetime, FoundT] | None = cache.get(key)
    # A time that was set back (training) must not show figures from the future.
    if kept is not None and kept[0] <= now < kept[0] + timedelta(seconds=KEPT_SECONDS):
        return kept[1]
    found = ask()
    cache.set(key, (now, found), KEPT_SECONDS)
    return found

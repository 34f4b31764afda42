"""A city with many open cases whose clocks run, for benchmarks of time running out."""

import time
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice

from django.db import connection
from histories import HOLDER, Act, history, write  # first: it sets Django up

from dandang.lifecycle.casework.actions.record import Opening
from dandang.lifecycle.deadlines.clocks import NEVER_FIRE

MONDAY = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)
"""Monday 12 October 2026, 9:00 in the city, when the first case is opened."""

BATCH = 200
_CATEGORIES = (
    "animals",
    "buses",
    "consumer_rights",
    "food_and_drugs",
    "heating",
    "illegal_parking",
    "lifts",
    "parks_and_trees",
    "prices",
    "property_management",
    "road_damage",
    "rubbish_and_sanitation",
    "school_fees",
    "street_lighting",
    "traffic_signals",
    "unpaid_wages",
    "water_supply",
)
_CONTACTED = (HOLDER, "contacted", {"how": "phone", "text": "On our way."})
_PROPOSED = (HOLDER, "propose", {"outcome": "resolved", "text": "It shines again."})
_ACTS: tuple[tuple[Act, ...], ...] = (
    (),
    ((HOLDER, "accept", {}),),
    ((HOLDER, "accept", {}), _CONTACTED),
    ((HOLDER, "accept", {}), _CONTACTED),
    ((HOLDER, "accept", {}), _CONTACTED, _PROPOSED),
)
FIRING = f"""
NOT paused AND NOT missed AND NOT aside
AND NOT name IN ({", ".join(f"'{name}'" for name in sorted(NEVER_FIRE))})
"""
"""The clocks that a worker looks at, as the partial index has them."""


def patterns(number: int = 600) -> list[Opening]:
    """Return different cases of five days, by the real rules: new, worked on, or proposed.

    Each was opened at a time of its own. The city is loaded.
    """
    return [
        history(
            place,
            _ACTS[place % len(_ACTS)],
            at=MONDAY + timedelta(days=place % 5, minutes=place),
            category=_CATEGORIES[place % len(_CATEGORIES)],
        )
        for place in range(number)
    ]


def fill(pending: int) -> None:
    """Write cases with their events until so many clocks run that will fire. The city is loaded.

    Each case is one of the patterns once more: with a ledger stream, a chain, salts and references
    of its own, written by the real pen.
    """
    endless = cycle(patterns(max(10, min(600, pending // 20))))
    running = before = running_clocks()
    began = time.monotonic()
    while running < pending:
        batch = list(islice(endless, BATCH))
        write(batch)
        running += sum(name not in NEVER_FIRE for one in batch for name in one.state.clocks)
        rate = (running - before) / (time.monotonic() - began)
        print(f"\rfilled {running:,} of {pending:,} clocks, {rate:,.0f}/s", end="", flush=True)
    print()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def running_clocks(by: datetime | None = None) -> int:
    """Return how many clocks wait for their time, or of those how many are due by then."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM casework_clock WHERE {FIRING} AND due_at <= %s",
            [by or datetime.max.replace(tzinfo=UTC)],
        )
        (count,) = cursor.fetchone()
    return int(count)


def due_after(clocks: int, table: str = "casework_clock") -> datetime:
    """Return the time by which so many of the running clocks are due, or all of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT max(due_at) FROM (SELECT due_at FROM {table} WHERE {FIRING}"
            " ORDER BY due_at, id LIMIT %s) AS first",
            [clocks],
        )
        (at,) = cursor.fetchone()
    assert at is not None
    return at

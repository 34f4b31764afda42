"""What the public board costs when very much is behind it.

python benchmarks/board.py [--cases CASES] [--ledger CASES]   (a million; 10,000)

Two parts. In the first, cases with their events are written by the real rules and the real pen, a
few hundred histories again and again; the follower counts them, then everything is counted anew.
In the second, the tables of the follower are filled at full size: what a million cases would
contribute, by the real rules from made-up facts (ten events each are what they would have in the
ledger, which is not written: no page reads it). Then the pages are asked for in turn with the
limit, one row by its primary key. The time of the database is what it reports for planning and
executing the statements of a page; CPU of the server is that of the session.
"""

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from typing import Any

from django.db import connection
from histories import write  # first: it sets Django up
from measuring import Meter, own_database, peak_memory
from pending import patterns

from dandang.demo.building import load_city
from dandang.ledger.queries import size
from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.states import State
from dandang.publication.figures import building, following, queries, showing, store
from dandang.publication.figures.models import Build, CaseFigures, Cell
from dandang.publication.figures.reading import places
from dandang.publication.figures.rules.cells import Cells, add
from dandang.publication.figures.rules.contribution import (
    CaseFacts,
    History,
    Places,
    Voice,
    contributes,
)
from dandang.publication.figures.rules.ground import ground_of
from dandang.publication.figures.shapes import ALL, WHOLE_TIME, Dimension, Period
from dandang.publication.figures.store import Kept

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
YEARS = 5
ROUNDS = 300
BATCH = 200
PAGE = 20_000
EVENTS_A_CASE = 10
LIMIT = "SELECT at FROM figures_build WHERE id = %s"
_ENDS = (
    (State.SOLVED, 55),
    (State.PARTLY_SOLVED, 5),
    (State.NOT_SOLVED, 3),
    (State.UNANSWERED, 18),
    (State.UNREACHABLE, 3),
    (State.EXPLAINED, 5),
    (State.DECLINED, 3),
    (State.CONCLUDED_BY_LAW, 1),
    (State.MERGED, 3),
    (State.WITHDRAWN, 4),
)
_UNITS = 40
_REOPENED_ONE_IN = 20
_CLASSES = ("ordinary", "urgent", "utilities", "consultation", "legal")
_CHANNELS = ("web", "phone", "counter", "app", "letter", "import")


def follow(cases: int) -> None:
    """Write cases by the real pen, and print what it takes to count them, and to do so anew."""
    endless = cycle(patterns())
    for _ in range(0, cases, BATCH):
        write(list(islice(endless, BATCH)))
    while sequence_once():
        pass
    _count_anew()
    Build.objects.filter(state=Build.CURRENT).update(idx=-1)
    CaseFigures.objects.all().delete()
    Cell.objects.all().delete()
    events, meter = size(), Meter()
    with meter.measure(events):
        while following.follow_once(now=NOW):
            pass
    print(meter.line(f"follower, {events:,} events"))
    meter = Meter()
    with meter.measure(cases):
        _count_anew()
    print(meter.line(f"counted anew, {cases:,} cases"))
    print(f"{'':<34}{meter.wall:>10.1f} s in all, with what is fit to be shown")
    Build.objects.all().delete()
    CaseFigures.objects.all().delete()
    Cell.objects.all().delete()


def _count_anew() -> None:
    building.begin(anew=True)
    while (progress := building.fill_once(now=NOW)) is not None and not progress.done:
        pass


def fill(cases: int) -> None:
    """Fill the tables of the follower with what so many cases would contribute."""
    known, rng, cells = places(), random.Random(7), Cells()
    build = Build.objects.create(state=Build.CURRENT, ground=ground_of(known), place=None)
    made_up = _MadeUp(rng, known)
    began = time.monotonic()
    for first in range(0, cases, PAGE):
        page: dict[bytes, Kept] = {}
        for number in range(first, min(cases, first + PAGE)):
            counted = contributes(*made_up.case(), known, NOW)
            add(cells, counted)
            page[number.to_bytes(16, "big")] = Kept(History(EVENTS_A_CASE - 1), counted)
        store.save(build.id, page)
        rate = (first + len(page)) / (time.monotonic() - began)
        print(
            f"\rfilled {first + len(page):,} of {cases:,} cases, {rate:,.0f}/s", end="", flush=True
        )
    print()
    store.add_to_cells(build.id, cells)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE figures_case, figures_cell, figures_build")
    meter = Meter()
    with meter.measure(len(cells)):
        showing.show_once(now=NOW)
    print(meter.line(f"made fit to be shown, {len(cells):,} cells"))
    print(f"{'':<34}{meter.wall:>10.1f} s, {meter.client + meter.server:.1f} s of it CPU")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE figures_cell, figures_build")
        cursor.execute(
            "SELECT pg_size_pretty(pg_total_relation_size('figures_case')),"
            " pg_size_pretty(pg_total_relation_size('figures_cell'))"
        )
        print("tables: cases {}, cells {}".format(*cursor.fetchone()))


class _MadeUp:
    """Cases that nobody had, of all areas, categories, classes and ends."""

    def __init__(self, rng: random.Random, known: Places) -> None:
        self._rng = rng
        self._areas, self._categories = sorted(known.areas), sorted(known.categories)
        self._states, self._weights = zip(*_ENDS, strict=True)

    def case(self) -> tuple[CaseFacts, History]:
        rng = self._rng
        sent_at = NOW - timedelta(minutes=rng.randrange(YEARS * 365 * 24 * 60))
        wait = timedelta(hours=rng.lognormvariate(4.5, 1.2))
        response = timedelta(hours=rng.lognormvariate(2.5, 1))
        is_open = sent_at + wait > NOW
        ended_at = None if is_open else sent_at + wait
        responded_at = sent_at + min(wait, response)
        stars = rng.choice((None, None, None, 1, 3, 4, 5, 5))
        (state,) = rng.choices(self._states, self._weights)
        facts = CaseFacts(
            state=State.IN_PROGRESS if is_open else state,
            unit=f"unit-{min(int(rng.paretovariate(0.7)), _UNITS)}",
            area=rng.choice(self._areas),
            category=rng.choice(self._categories),
            case_class=rng.choice(_CLASSES),
            channel=rng.choice(_CHANNELS),
            sent_at=sent_at,
            first_response_at=responded_at if responded_at < NOW else None,
            total_due_at=sent_at + timedelta(days=15),
            ended_at=ended_at,
            voices=(Voice(stars, ended_at + timedelta(days=15)),) if ended_at else (),
        )
        is_reopened = rng.randrange(_REOPENED_ONE_IN) == 0
        return facts, History(EVENTS_A_CASE - 1, sent_at + timedelta(hours=48), is_reopened)


def pages() -> Mapping[str, Callable[[], object]]:
    """Return what the pages ask for."""
    area = queries.breakdown(Dimension.AREA, WHOLE_TIME, NOW).lines[-1].slice
    month = Period.month(NOW.date())
    return {
        "board": lambda: (
            queries.board(ALL, WHOLE_TIME, NOW),
            queries.breakdown(Dimension.AREA, WHOLE_TIME, NOW),
            queries.breakdown(Dimension.CATEGORY, WHOLE_TIME, NOW),
            queries.breakdown(Dimension.UNIT, WHOLE_TIME, NOW),
            queries.months(ALL, NOW),
        ),
        "board of an area and a month": lambda: (
            queries.board(area, month, NOW),
            queries.months(area, NOW),
        ),
        "breakdown by category": lambda: queries.breakdown(Dimension.CATEGORY, month, NOW),
        "home": lambda: queries.week(NOW),
    }


def limit(build: int) -> object:
    """Read one row by its primary key."""
    with connection.cursor() as cursor:
        cursor.execute(LIMIT, [build])
        return cursor.fetchone()


class Explained:
    """What the database says that statements take, in ms, while it runs them."""

    def __init__(self) -> None:
        self.ms = 0.0
        self.statements = 0

    @contextmanager
    def all(self) -> Iterator[None]:
        with connection.execute_wrapper(self._explain):
            yield

    def _explain(self, execute: Any, sql: str, *rest: Any) -> Any:  # noqa: ANN401 as Django calls it
        with connection.connection.cursor() as plain:
            plain.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", rest[0])
            (found,) = plain.fetchone()
        (plan,) = json.loads(found) if isinstance(found, str) else found
        self.ms += plan["Planning Time"] + plan["Execution Time"]
        self.statements += 1
        return execute(sql, *rest)


def measure() -> None:
    """Ask for the pages in turn with the limit, and print what each took."""
    build = Build.objects.get(state=Build.CURRENT).id
    asked = {"limit: one row by its key": lambda: limit(build), **pages()}
    meters = {name: Meter() for name in asked}
    for name in (*asked, *asked):
        asked[name]()
    for _ in range(ROUNDS):
        for name, ask in asked.items():
            with meters[name].measure(1):
                ask()
    told = {name: Explained() for name in asked}
    for _ in range(ROUNDS // 10):
        for name, ask in asked.items():
            with told[name].all():
                ask()
    base = meters["limit: one row by its key"].wall
    for name, meter in meters.items():
        each, explained = 1e3 / meter.count, told[name]
        rounds = ROUNDS // 10
        print(
            f"{name:<34}{meter.wall * each:>8.2f} ms  ratio {meter.wall / base:>6.1f}"
            f"   database {explained.ms / rounds:>6.2f} ms"
            f" in {explained.statements // rounds} statements"
            f"   CPU ms: client {meter.client * each:>5.2f} server {meter.server * each:>5.2f}"
        )


def main() -> None:
    """Fill and measure."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--ledger", type=int, default=10_000)
    given = parser.parse_args()
    with own_database():
        load_city()
        follow(given.ledger)
        fill(given.cases)
        measure()
    print(f"peak memory of this process {peak_memory():,.0f} MiB")


if __name__ == "__main__":
    main()

"""What it takes to fire clocks, with their events, when very many are pending.

python benchmarks/deadlines.py [--pending CLOCKS] [--share PERCENT]   (a million, of which 12 fire)

The clocks are those of real cases, written by the real rules and the real pen; a few hundred
histories stand there again and again, each time as a case of its own. One worker and two fire what
is due, in turn with the limit: one plain statement per batch that does the same updates and inserts
of the same sizes. Then a poll is explained that finds nothing due, with few clocks pending and with
all, and behind a snapshot that another session keeps open. CPU of the server is that of the
sessions, without its background processes.
"""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime

from django.db import connection
from firing import Cost, Crew  # first: it sets Django up
from measuring import DATABASE, own_database, peak_memory
from pending import due_after, fill, running_clocks
from plain_firing import Shape, make_tables, shape

from dandang.database import Role, connect
from dandang.demo.building import load_city
from dandang.ledger.queries import size
from dandang.lifecycle.escalation.actions.fire import CLAIM
from dandang.lifecycle.work import BATCH, BEGINNING

ROUNDS = 3
FEW = 10_000
KINDS = (("limit", 1), ("limit", 2), ("dandang", 1), ("dandang", 2))


def poll(name: str, now: datetime, since: datetime = BEGINNING) -> None:
    """Print what one look for due clocks costs that finds none."""
    with connection.cursor() as cursor:
        statement = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {CLAIM}"
        cursor.execute(statement, [now, since, BATCH])
        (found,) = cursor.fetchone()
    (plan,) = json.loads(found) if isinstance(found, str) else found
    top = plan["Plan"]
    buffers = top["Shared Hit Blocks"] + top["Shared Read Blocks"]
    print(f"poll, {name:<44}{plan['Execution Time']:>9.2f} ms {buffers:>9,} buffers")


def first_time() -> datetime:
    """Return a time at which nothing is due yet."""
    return due_after(1).replace(hour=0)


class Bench:
    """The rounds: a slice of the clocks after the other becomes due."""

    def __init__(self, crew: Crew, slice_: int) -> None:
        self.crew = crew
        self.slice = slice_
        self.costs = {kind: Cost() for kind in KINDS}
        self.now = datetime.min.replace(tzinfo=UTC)

    def fire(self, workers: int, since: datetime = BEGINNING) -> Cost:
        """Let the next slice become due, and fire it."""
        before = size()
        self.now = due_after(self.slice)
        cost = self.crew.work(workers, now=self.now.isoformat(), since=since.isoformat())
        cost.events = size() - before
        return cost

    def round(self, of: Shape) -> None:
        """Fire a slice by one and by two, and let the limit fire as much."""
        for kind, workers in KINDS:
            if kind == "dandang":
                cost = self.fire(workers)
            else:
                now = self._limit_due()
                cost = self.crew.work(workers, now=now.isoformat(), shape=asdict(of))
            self.costs[kind, workers].add(cost, at_once=False)

    def _limit_due(self) -> datetime:
        return due_after(self.slice, "plain_clock")

    def report(self) -> None:
        """Print the rates, the ratios, and what two idle cores would do by the CPU it took."""
        for (kind, workers), cost in self.costs.items():
            print(cost.line(f"{kind}, {workers} worker{'s' * (workers > 1)}"))
        for workers in (1, 2):
            limit, ours = (self.costs[kind, workers] for kind in ("limit", "dandang"))
            print(f"ratio with {workers}: {ours.rate / limit.rate:.3f}")
        ours = self.costs["dandang", 2]
        cores = 2 * ours.fired / max(ours.client + ours.server, 1e-9)
        print(f"{ours.events / max(ours.fired, 1):.2f} events per fire")
        print(f"by its CPU, two idle cores would fire {cores:,.0f}/s")


@contextmanager
def old_snapshot() -> Iterator[None]:
    """Let another session keep looking at the database as it is now."""
    with connect(Role.APP, DATABASE) as other:
        other.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT 1")
        yield


def behind_a_snapshot(bench: Bench) -> None:
    """Fire while another session holds an old snapshot, with and without the low-water mark."""
    with old_snapshot():
        print(bench.fire(2).line("behind an old snapshot, from the first"))
        mark = bench.now
        print(bench.fire(2, since=mark).line("the same, from the low-water mark"))
        poll("snapshot held open, from the first", bench.now)
        poll("snapshot held open, from the low-water mark", bench.now, bench.now)


def measure(pending: int, share: float) -> None:
    """Fill, fire and poll. The database is empty."""
    load_city()
    few = min(FEW, pending)
    fill(few)
    poll(f"{few:,} pending, nothing due", first_time())
    fill(pending)
    poll(f"{running_clocks():,} pending, nothing due", first_time())
    crew = Crew(2)
    bench = Bench(crew, max(1, int(pending * share / 100 / (2 * ROUNDS + 3))))
    first = bench.fire(1)
    make_tables()
    of = shape(first.fired, first.events)
    for _ in range(ROUNDS):
        bench.round(of)
    bench.report()
    poll("after them, nothing due", bench.now)
    behind_a_snapshot(bench)
    crew.leave()
    print(f"peak memory of this process {peak_memory():.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pending", type=int, default=1_000_000)
    parser.add_argument("--share", type=float, default=12.0)
    wanted = parser.parse_args()
    with own_database():
        measure(wanted.pending, wanted.share)


if __name__ == "__main__":
    main()

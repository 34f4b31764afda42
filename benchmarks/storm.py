"""The storm of `fires_under_kills`: blows at random while clocks fire, and what holds after it."""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from django.db import Error, connection
from histories import write
from measuring import own_database, replay  # first: it sets Django up
from pending import MONDAY, patterns, running_clocks

from dandang.database import running
from dandang.database.place import Place, state_directory
from dandang.database.process import running_server
from dandang.demo.building import load_city, sequence
from dandang.ledger import audit
from dandang.ledger.queries import StoredEvent, stream_all
from dandang.lifecycle.casework.models import Clock
from dandang.lifecycle.work import fire_due

NOW = MONDAY + timedelta(days=30)
HITS_DATABASE = 6
LONGEST = 1800
_EVENTS = "SELECT count(*) FROM ledger_event"
_SESSIONS = """
SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_END_SESSIONS = """
SELECT pg_terminate_backend(pid)::int FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""


class Storm:
    """Workers that fire what is due at `NOW`, and blows: every sixth hits the database."""

    def __init__(self, workers: int) -> None:
        self.killed = Counter[str]()
        self._chance = random.Random(7)
        self._workers = [_worker() for _ in range(workers)]

    def blow(self, number: int) -> None:
        """Kill a worker; or the server, or one of its sessions, or end all its sessions."""
        time.sleep(self._chance.uniform(0, 0.3))
        if number % HITS_DATABASE:
            victim = self._workers.pop(self._chance.randrange(len(self._workers)))
            _end(victim)
            self._workers.append(_worker())
            self.killed["workers"] += 1
        else:
            kinds = (self._kill_server, self._kill_session, self._end_sessions)
            kinds[(number // HITS_DATABASE - 1) % len(kinds)]()

    def _kill_server(self) -> None:
        server = running_server(Place(state_directory()))
        if server is not None:
            os.kill(server, signal.SIGKILL)
            self.killed["servers"] += 1

    def _kill_session(self) -> None:
        found = asked_until_found(_SESSIONS)
        if found:
            os.kill(self._chance.choice(found), signal.SIGKILL)
            self.killed["sessions"] += 1

    def _end_sessions(self) -> None:
        """Let the server say good-bye to everybody, and take the next one at once."""
        self.killed["sessions ended"] += len(asked_until_found(_END_SESSIONS))

    def end(self) -> None:
        """Let the workers go."""
        for worker in self._workers:
            _end(worker)


def _worker() -> subprocess.Popen[bytes]:
    firing = Path(__file__).with_name("firing.py")
    command = [sys.executable, str(firing), "storm", NOW.isoformat()]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    worker.wait()


def asked(statement: str) -> list[int]:
    """Return the numbers a query gives; none where the database is just gone."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return [row[0] for row in cursor.fetchall()]
    except Error:
        connection.close()
        return []


def asked_until_found(statement: str) -> list[int]:
    """Ask until there is an answer: workers that were just started have no session yet."""
    patience = time.monotonic() + 10
    while not (found := asked(statement)) and time.monotonic() < patience:
        time.sleep(0.05)
    return found


def left() -> int:
    """Return how many clocks are due and have not fired, as soon as the database answers."""
    while True:
        try:
            return running_clocks(NOW)
        except Error:
            connection.close()
            time.sleep(0.1)


def weather(storm: Storm, blows: int, events: int) -> None:
    """Let blows come while so many events are written, until nothing is due any more."""
    (before,) = asked(_EVENTS)
    patience = time.monotonic() + LONGEST
    for number in range(1, blows + 1):
        wanted = before + events * number // (blows + 1)
        while sum(asked(_EVENTS)) < wanted:
            _wait(patience)
        storm.blow(number)
    while left():
        _wait(patience)


def _wait(patience: float) -> None:
    if time.monotonic() > patience:
        raise SystemExit("the workers do not get on")
    time.sleep(0.05)


def fire_in_peace() -> int:
    """Fire everything that is due; return how much that was."""
    fired = 0
    while (worked := fire_due(NOW)).until is not None:
        fired += worked.fired
    return fired


Told = tuple[str, Counter[str]]
"""Which history a case has, and its events as texts, counted."""


def all_told() -> Iterator[Told]:
    """Yield what happened in each case."""
    for _, events in groupby(stream_all(), key=lambda event: event.stream):
        first, *others = events
        if first.type == "case_opened":
            which = f"{first.occurred_at} {first.fields['category']}"
            yield which, Counter(_text(event) for event in (first, *others))


def _text(event: StoredEvent) -> str:
    told = [event.type, event.fields, str(event.occurred_at), str(event.actor), str(event.dues)]
    return json.dumps(told, sort_keys=True)


@dataclass(slots=True)
class Outcome:
    """What must all be nought, apart from `cases` and `events`."""

    cases: int = 0
    events: int = 0
    lost: int = 0
    doubled: int = 0
    unfired: int = 0
    aside: int = 0
    differences: int = 0
    faults: int = 0

    @property
    def is_right(self) -> bool:
        return self.cases > 0 and not (
            self.lost + self.doubled + self.unfired + self.aside + self.differences + self.faults
        )


def outcome(expected: dict[str, Counter[str]]) -> Outcome:
    """Compare every case with its history in peace; replay and audit the ledger."""
    found = Outcome(unfired=left(), aside=Clock.objects.filter(aside=True).count())
    for which, events in all_told():
        found.cases += 1
        found.events += events.total()
        found.lost += (expected[which] - events).total()
        found.doubled += (events - expected[which]).total()
    sequence(NOW)
    found.differences = replay().differing
    found.faults = len(list(audit.check_streams())) + (not audit.check_indexes().sound)
    return found


def run(histories: int, fires: int, workers: int, blows: int) -> bool:
    """Fire in peace, then in the storm; say whether everything is right."""
    load_city()
    cases = patterns(histories)
    written = write(cases)
    in_peace = fire_in_peace()
    expected = dict(all_told())
    copies = -(-fires // in_peace)
    for _ in range(copies):
        write(cases)
    due, events = left(), sum(one.total() for one in expected.values()) - written
    print(f"{len(cases) * copies:,} cases, {due:,} clocks due, {in_peace * copies:,} fires to come")
    began, storm = time.monotonic(), Storm(workers)
    try:
        weather(storm, blows, events * copies)
    finally:
        storm.end()
    took = time.monotonic() - began
    killed = ", ".join(f"{number} {what}" for what, number in sorted(storm.killed.items()))
    print(f"{in_peace * copies:,} fires by {workers} in {took:,.0f} s; killed -9: {killed}")
    found = outcome(expected)
    print(found)
    return found.is_right


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--histories", type=int, default=600)
    parser.add_argument("--fires", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--blows", type=int, default=60)
    wanted = parser.parse_args()
    with running(watch=True), own_database():
        is_right = run(wanted.histories, wanted.fires, wanted.workers, wanted.blows)
    return 0 if is_right else 1


if __name__ == "__main__":
    sys.exit(main())

"""What an act costs through the ordinary path, beside the least a database could do for it.

python benchmarks/acts.py [CASES]   (with the project's environment; about a minute)

Acts are open, accept, contacted, propose, judge: one after another, each in a transaction of its
own. The limit is one statement that inserts a case, an event and a clock of the same size, and
commits. Both take turns, so that a busy machine is busy for both. Then all cases are replayed.
"""

import secrets
import sys
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from measuring import (  # first: it sets Django up
    DATABASE,
    Meter,
    measured_replay,
    own_database,
    peak_memory,
)

from dandang.database import Role, connect
from dandang.demo.building import load_city
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.terms import Actor

NOW = timezone.now()
ROUNDS = 5
PLAIN = """
WITH c AS (INSERT INTO plain_case (words) VALUES (%s) RETURNING id),
     e AS (INSERT INTO plain_event (case_id, entry, words) SELECT id, %s, %s FROM c)
INSERT INTO plain_clock (case_id, due_at) SELECT id, %s FROM c
"""
TABLES = """
CREATE TABLE plain_case (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words text);
CREATE TABLE plain_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id bigint, entry bytea, words text);
CREATE TABLE plain_clock (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, case_id bigint, due_at timestamptz);
CREATE INDEX ON plain_event (case_id);
CREATE INDEX ON plain_clock (due_at);
"""
OFFICER = Actor.officer("W-017")
REQUESTER = Actor.requester(1)


def one_case(number: int) -> int:
    """Open a case and carry it to its end; return the number of acts."""
    wish = Open(
        title="No water",
        text="No water since six this morning. " * 8,
        channel="web",
        category="water_supply",
        area="qingshan",
        contact=Contact(phone=f"139{number:08d}"),
    )
    reference = open_request(wish, by=REQUESTER, now=NOW).reference
    steps = (
        ("accept", OFFICER, {}),
        ("contacted", OFFICER, {"how": "phone", "text": "On our way. " * 4}),
        ("propose", OFFICER, {"outcome": "resolved", "text": "The main is repaired. " * 4}),
        ("judge", REQUESTER, {"verdict": "solved"}),
    )
    for hours, (verb, by, values) in enumerate(steps, start=1):
        perform(verb, reference, values, by=by, now=NOW + timedelta(hours=hours))
    return len(steps) + 1


def plain(acts: int) -> None:
    """Do the least for so many acts."""
    entry, words = secrets.token_bytes(420), "x" * 700
    for _ in range(acts):
        with connection.cursor() as cursor:
            cursor.execute(PLAIN, ["x" * 300, entry, words, NOW])


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with own_database():
        with connect(Role.OWNER, DATABASE) as owner:
            owner.execute(TABLES)
        load_city()
        one_case(0)
        acts, limit = Meter(), Meter()
        for start in range(ROUNDS):
            share = cases // ROUNDS
            with limit.measure(share * 5):
                plain(share * 5)
            with acts.measure(share * 5):
                for number in range(share):
                    one_case(start * share + number)
        print(limit.line("limit: one statement, one commit"))
        print(acts.line("acts through the ordinary path"))
        print(f"ratio {limit.wall / acts.wall:.3f}")
        result = measured_replay()
        print(f"{result.cases} cases, {result.differing} differences")
        print(f"peak memory {peak_memory():.0f} MiB")


if __name__ == "__main__":
    main()

"""What an act pays for the ledger: append against a plain INSERT of the same bytes, interleaved.

python benchmarks/ledger_append.py [ACTS]   (with the project's environment; about a minute)

Prints acts per second, CPU of client and server process per event, and the ratio to the plain
INSERT; then the sequencer, the replay and the audit over what was written. It works in a database
of its own beside the configured one and drops it.
"""

import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from django.db import connection, transaction
from measuring import DATABASE, Meter, own_database  # first: it sets Django up

from dandang.database import Role, connect
from dandang.ledger import append as pen
from dandang.ledger import audit, queries, sequencer
from dandang.terms import Actor, Due, Event, Recorded

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROUNDS = 5
PLAIN = "INSERT INTO plain (stream, seq, type, at, entry, leaf_hash, disclosures) VALUES "


@dataclass(frozen=True, slots=True)
class HandedOver(Event):
    """As large as the events of a case are."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    from_post: str = "housing.duty"
    to_post: str = "water.duty"
    reason: str = "not_our_duty"
    basis: str = "三定规定 第七条"
    text: str = "路面积水来自自来水管，请水务局处理。" * 3


RECORD = Recorded(
    HandedOver(),
    Actor.officer("W-017"),
    NOW,
    post="housing.duty",
    dues=(Due("accept", NOW + timedelta(hours=4)), Due("resolution", NOW + timedelta(days=5))),
)


def plain_rows(events: int) -> list[tuple[object, ...]]:
    """Return what `append` would store, made beforehand."""
    stream = secrets.token_bytes(16)
    drafts = [
        pen._draft(RECORD, stream=stream, seq=seq, prev=bytes(32) if seq else None, at=NOW)  # noqa: SLF001 the same bytes
        for seq in range(events)
    ]
    return [
        (
            stream,
            d.seq,
            d.type,
            NOW,
            d.entry,
            d.leaf_hash,
            "~".join([d.disclosures, *d.personal.values()]),
        )
        for d in drafts
    ]


def compare(acts: int, events: int) -> None:
    """Measure acts of this many events each, both ways in turn."""
    row = "(%s, %s, %s, %s, %s, %s, %s)"
    statement = PLAIN + ", ".join([row] * events)
    through_pen, plain = Meter(), Meter()
    for _ in range(ROUNDS):
        parameters = [sum(plain_rows(events), ()) for _ in range(acts)]
        with plain.measure(acts * events):
            for values in parameters:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(statement, values)
        with through_pen.measure(acts * events):
            for _ in range(acts):
                with transaction.atomic():
                    pen.append(secrets.token_bytes(16), [RECORD] * events, now=NOW)
    print(f"\n{events} event(s) an act, one act a transaction")
    print(plain.line("plain INSERT of the same bytes"))
    print(through_pen.line("append"))
    print(f"ratio {plain.wall / through_pen.wall:.2f}")


def once(name: str, work: Callable[[], int]) -> None:
    meter = Meter()
    with meter.measure(1):
        meter.count = work() - 1
    print(meter.line(name))


def sequence_all() -> int:
    moved = 0
    while batch := sequencer.sequence_once():
        moved += batch
    return moved


def audit_all() -> int:
    problems = list(audit.check_streams())
    if problems or not audit.check_indexes().sound:
        raise SystemExit(f"the ledger is not sound: {problems}")
    return queries.size()


def main() -> None:
    acts = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with own_database():
        with connect(Role.OWNER, DATABASE) as owner:
            owner.execute("CREATE TABLE plain (LIKE ledger_event INCLUDING ALL)")
        for events in (1, 3, 10):
            compare(acts, events)
        print("\nover all of them")
        once("sequencer", sequence_all)
        once("replay (stream_all)", lambda: sum(1 for _ in queries.stream_all()))
        once("audit", audit_all)


if __name__ == "__main__":
    main()

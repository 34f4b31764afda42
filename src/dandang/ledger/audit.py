"""The auditor: reads the whole ledger again and says where it contradicts itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db import connection

from dandang.ledger.chain import ChainProblem, Columns, Link, check_chain

_EVENTS = """
SELECT stream, seq, type, at, entry, leaf_hash, disclosures, personal
FROM ledger_event event
LEFT JOIN LATERAL (
    SELECT array_agg(disclosure) AS personal FROM ledger_personal WHERE event_id = event.id
) personal ON true
WHERE (stream, seq) > (%s, %s)
ORDER BY stream, seq
LIMIT %s
"""

_INDEXES = """
SELECT
    (SELECT count(*) FROM ledger_event),
    (SELECT count(*) FROM ledger_leaf),
    (SELECT count(*) FROM ledger_pending),
    (SELECT coalesce(max(idx) + 1, 0) - count(*) FROM ledger_leaf),
    (SELECT count(*) FROM ledger_event event
        WHERE NOT EXISTS (SELECT FROM ledger_leaf WHERE event_id = event.id)
        AND NOT EXISTS (SELECT FROM ledger_pending WHERE event_id = event.id)),
    (SELECT count(*) FROM ledger_leaf JOIN ledger_pending USING (event_id)),
    (SELECT count(*) FROM (
        SELECT seq, row_number() OVER (PARTITION BY stream ORDER BY idx) - 1 AS place
        FROM ledger_leaf JOIN ledger_event event ON event.id = event_id
    ) placed WHERE seq <> place)
"""


@dataclass(frozen=True, slots=True)
class StreamProblem:
    """The first problem of one stream."""

    stream: bytes
    problem: ChainProblem


@dataclass(frozen=True, slots=True)
class Indexes:
    """How events and indexes go together: all but the first three are 0 in a sound ledger.

    `gaps` counts missing indexes, `lost` events with no index and none to come, `twice` events
    that are indexed and still wait, `out_of_order` events that do not stand in the log after all
    earlier ones of their stream.
    """

    events: int
    indexed: int
    waiting: int
    gaps: int
    lost: int
    twice: int
    out_of_order: int

    @property
    def sound(self) -> bool:
        """Whether every event has exactly one place and all are in order."""
        return not (self.gaps or self.lost or self.twice or self.out_of_order)


def check_streams(*, page: int = 2000) -> Iterator[StreamProblem]:
    """Check every chain, row and disclosure; yield the first problem of each stream that has one.

    Memory is bounded by a page and the longest stream. Run it in a REPEATABLE READ transaction
    when acts go on meanwhile.
    """
    for stream, rows in groupby(_rows(page), key=itemgetter(0)):
        problem = check_chain(map(_link, rows), log=settings.LEDGER_ORIGIN, stream=stream)
        if problem is not None:
            yield StreamProblem(stream, problem)


def check_indexes() -> Indexes:
    """Count what is wrong with the indexes of the log."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES)
        return Indexes(*cursor.fetchone())


def _rows(page: int) -> Iterator[Sequence[Any]]:
    place: tuple[bytes, int] = (b"", -1)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_EVENTS, [*place, page])
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < page:
            return
        place = (rows[-1][0], rows[-1][1])


def _link(row: Sequence[Any]) -> Link:
    _, seq, event_type, at, entry, leaf_hash, disclosures, personal = row
    return Link(
        entry=entry,
        leaf_hash=leaf_hash,
        disclosures=[*disclosures.split("~"), *(personal or ())],
        columns=Columns(seq, event_type, at),
    )

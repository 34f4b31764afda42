"""Gives every committed event its index in the log: 0, 1, 2 … without a gap, each event once.

Any number of these may run; an advisory lock lets one work at a time. Killed at any point, it has
either done a whole batch or nothing.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from threading import Event as Signal

from django.db import InterfaceError, OperationalError, connection, transaction

_log = logging.getLogger(__name__)

_LOCK = int.from_bytes(b"dandang\x01", "big")

# Order: an event's id is drawn after its predecessor in the stream has committed, because its
# entry holds the predecessor's hash; so ids rise along every stream, and whoever sees an event
# pending sees, or has seen, all before it in its stream. Ids of *different* streams may commit
# out of order: a late one simply gets a later index.
_MOVE = """
WITH batch AS (
    SELECT event_id FROM ledger_pending ORDER BY event_id LIMIT %s
), taken AS (
    DELETE FROM ledger_pending USING batch
    WHERE ledger_pending.event_id = batch.event_id
    RETURNING ledger_pending.event_id
)
INSERT INTO ledger_leaf (idx, event_id)
SELECT (SELECT coalesce(max(idx) + 1, 0) FROM ledger_leaf)
        + row_number() OVER (ORDER BY event_id) - 1,
    event_id
FROM taken
"""


@dataclass(frozen=True, slots=True)
class Lag:
    """How many events wait for an index, and since when the oldest of them (None when none)."""

    waiting: int
    oldest: datetime | None


def sequence_once(*, limit: int = 5000) -> int:
    """Give at most `limit` waiting events their indexes; return how many. 0 if another is at it.

    Runs in a transaction of its own, READ COMMITTED: the lock is taken by one statement, what to
    move is seen by the next. With an older snapshot the highest index could be stale.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        (ours,) = cursor.fetchone()
        if not ours:
            return 0
        cursor.execute(_MOVE, [limit])
        return int(cursor.rowcount)


def run(stop: Signal, *, interval: float = 1.0, limit: int = 5000) -> None:
    """Sequence until `stop` is set, `interval` seconds after the last event was dealt with.

    Outlives a restart of the database: it reports, drops the connection and tries again.
    """
    while not stop.is_set():
        moved = 0
        try:
            moved = sequence_once(limit=limit)
        except (InterfaceError, OperationalError):
            _log.warning("the ledger's sequencer lost the database; trying again", exc_info=True)
            connection.close()
        if moved < limit:
            stop.wait(interval)


def lag() -> Lag:
    """Return how far the log is behind what has been committed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(event.at) FROM ledger_pending pending"
            " JOIN ledger_event event ON event.id = pending.event_id"
        )
        return Lag(*cursor.fetchone())

"""The least a database does when clocks fire: one statement per batch, without our content."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from measuring import DATABASE  # first: it sets Django up
from pending import FIRING

from dandang.database import Role, connect
from dandang.lifecycle.work import BATCH

# The same columns and indexes, with copies of all rows; no triggers and no foreign keys.
_TABLES = """
CREATE TABLE plain_case (LIKE casework_case INCLUDING ALL);
CREATE TABLE plain_clock (LIKE casework_clock INCLUDING ALL);
CREATE TABLE plain_event (LIKE ledger_event INCLUDING ALL);
CREATE TABLE plain_pending (LIKE ledger_pending INCLUDING ALL);
INSERT INTO plain_case OVERRIDING SYSTEM VALUE SELECT * FROM casework_case;
INSERT INTO plain_clock OVERRIDING SYSTEM VALUE SELECT * FROM casework_clock;
SELECT setval(pg_get_serial_sequence('plain_clock', 'id'), max(id)) FROM plain_clock;
ANALYZE plain_case; ANALYZE plain_clock;
"""
_FIRE = f"""
WITH claimed AS MATERIALIZED (
    SELECT plain_clock.id, plain_clock.case_id
    FROM plain_clock JOIN plain_case ON plain_case.id = plain_clock.case_id
    WHERE plain_clock.due_at <= %(now)s AND {FIRING}
    ORDER BY plain_clock.due_at, plain_clock.id
    LIMIT %(limit)s
    FOR UPDATE OF plain_case SKIP LOCKED
), due AS (
    SELECT claimed.*, row_number() OVER () AS place FROM claimed
), fired AS (
    UPDATE plain_clock SET missed = true FROM due WHERE plain_clock.id = due.id
), moved AS (
    UPDATE plain_case SET
        seq = seq + 1, due_at = %(next)s, particulars = jsonb_build_object('calls', %(words)s::text)
    FROM (SELECT DISTINCT case_id FROM due) AS touched WHERE plain_case.id = touched.case_id
), following AS (
    INSERT INTO plain_clock (case_id, name, due_at, provisional, paused, missed, aside)
    SELECT DISTINCT case_id, 'call', %(next)s::timestamptz, false, false, false, false FROM due
    ON CONFLICT (case_id, name) DO UPDATE SET due_at = EXCLUDED.due_at, missed = false
), told AS (
    INSERT INTO plain_event (stream, seq, type, at, entry, leaf_hash, disclosures)
    SELECT decode(md5(random()::text || due.id), 'hex'), number, 'deadline_missed', now(),
        %(entry)s, %(hash)s, %(disclosures)s
    FROM due, generate_series(1, 2) AS number
    WHERE number = 1 OR (due.place * 37) %% 100 < %(more)s
    RETURNING id
), queued AS (
    INSERT INTO plain_pending (event_id) SELECT id FROM told
)
SELECT (SELECT count(*) FROM due), (SELECT count(*) FROM told)
"""
_SHAPE = """
SELECT avg(octet_length(entry))::int, avg(length(disclosures))::int
FROM ledger_event WHERE type IN ('called_upon', 'deadline_missed', 'escalated', 'reminded')
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a fire writes: bytes of an entry and of its disclosures, and events per fire."""

    entry: int
    disclosures: int
    events: float


def shape(fired: int, events: int) -> Shape:
    """Return the shape of what was fired so far."""
    with connection.cursor() as cursor:
        cursor.execute(_SHAPE)
        return Shape(*cursor.fetchone(), events / fired)


def make_tables() -> None:
    """Copy the cases and the clocks as they are now."""
    with connect(Role.OWNER, DATABASE) as owner:
        owner.execute(_TABLES)


def fire_plainly(now: datetime, of: Shape) -> tuple[int, int]:
    """Fire one batch of what is due; return how many clocks and events that were."""
    values = {
        "now": now,
        "limit": BATCH,
        "next": now + timedelta(days=1),
        "words": "x" * 200,
        "entry": bytes(of.entry),
        "hash": bytes(32),
        "disclosures": "x" * of.disclosures,
        "more": round(100 * (of.events - 1)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIRE, values)
        fired, events = cursor.fetchone()
    return fired, events

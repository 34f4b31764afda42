"""The only pen: writes events into the ledger, in the transaction of the act that made them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper

from dandang.ledger import base64url
from dandang.ledger.chain import Entry, build_entry, leaf_hash
from dandang.ledger.disclosures import digest, digests_of, disclose
from dandang.ledger.records import to_values
from dandang.terms import Code, Recorded, Refusal

_ONE_PLACE_ONCE = "ledger_event_stream_seq"

_HEAD = """
SELECT seq, leaf_hash FROM ledger_event WHERE stream = %s ORDER BY seq DESC LIMIT 1
"""

_HEADS = """
SELECT wanted.stream, head.seq, head.leaf_hash
FROM unnest(%b::bytea[]) AS wanted (stream)
CROSS JOIN LATERAL (
    SELECT seq, leaf_hash FROM ledger_event
    WHERE ledger_event.stream = wanted.stream ORDER BY seq DESC LIMIT 1
) AS head
"""

# One statement for all rows of an append: one round trip, and the ids need not come back first.
# The arrays go over in binary (%b): as text each value would be quoted, and read again there.
_WRITE_EVENTS = """
WITH written AS (
    INSERT INTO ledger_event (at, stream, seq, type, entry, leaf_hash, disclosures)
    SELECT %s::timestamptz, stream, seq, type, entry, leaf_hash, disclosures
    FROM unnest(%b::bytea[], %b::int[], %b::text[], %b::bytea[], %b::bytea[], %b::text[])
        WITH ORDINALITY AS event (stream, seq, type, entry, leaf_hash, disclosures, place)
    ORDER BY place
    RETURNING id, stream, seq
)"""
_WRITE_PERSONAL = """, kept AS (
    INSERT INTO ledger_personal (event_id, name, digest, disclosure)
    SELECT written.id, name, digest, disclosure
    FROM unnest(%b::bytea[], %b::int[], %b::text[], %b::bytea[], %b::text[])
        AS personal (stream, seq, name, digest, disclosure)
    JOIN written USING (stream, seq)
)"""
_QUEUE = """
INSERT INTO ledger_pending (event_id) SELECT id FROM written
"""
_QUEUE_AND_TELL = """, queued AS (
    INSERT INTO ledger_pending (event_id) SELECT id FROM written
)
SELECT stream, seq, id FROM written
"""


class NotInTransaction(RuntimeError):
    """`append` was called outside a transaction.

    An event and the row it explains must be written together or not at all. Wrap the whole act
    in `with transaction.atomic():`, lock the case row first, then append and update.
    """


@dataclass(frozen=True, slots=True)
class Appended:
    """An event that stands in the ledger once the transaction commits."""

    event_id: int
    seq: int
    type: str
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class _Draft:
    """An event ready to be written."""

    stream: bytes
    seq: int
    type: str
    entry: bytes
    leaf_hash: bytes
    disclosures: str
    personal: dict[str, str]


def append(stream: bytes, records: Sequence[Recorded], *, now: datetime) -> list[Appended]:
    """Write the events, in order, at the end of the stream (its 16-byte tag).

    `now` is the true time of recording (aware); entries keep whole seconds of it. The caller has
    locked what the stream belongs to, so that nobody else appends to it meanwhile; should it have
    happened all the same, this refuses `changed_meanwhile` and the transaction can only roll back.

    Raises NotInTransaction, and ValueError on values the ledger cannot hold.
    """
    _check_transaction()
    if not records:
        return []
    with connection.cursor() as cursor:
        head = _head(cursor, stream)
        (appended,) = _write(cursor, [_drafts(stream, records, head, now)], now)
    return appended


def append_many(streams: Sequence[tuple[bytes, Sequence[Recorded]]], *, now: datetime) -> None:
    """Write events at the ends of many streams (tag and events of each) in two statements.

    Otherwise as `append`; each stream stands here once.
    """
    _check_transaction()
    if not streams:
        return
    with connection.cursor() as cursor:
        heads = _heads(cursor, [stream for stream, _ in streams])
        fresh = (0, None)
        drafts = [
            draft
            for stream, records in streams
            for draft in _drafts(stream, records, heads.get(stream, fresh), now)
        ]
        _insert(cursor, drafts, now, _QUEUE)


def begin(
    streams: Sequence[tuple[bytes, Sequence[Recorded]]], *, now: datetime
) -> list[list[Appended]]:
    """Write the first events of new streams (tag and events of each) in one statement.

    Otherwise as `append`. Each stream needs an event, its tag is fresh from the random source. One
    statement holds some thousand events.
    """
    _check_transaction()
    if not streams:
        return []
    with connection.cursor() as cursor:
        drafts = [_drafts(stream, records, (0, None), now) for stream, records in streams]
        return _write(cursor, drafts, now)


def _check_transaction() -> None:
    if not connection.in_atomic_block:
        raise NotInTransaction("append an event only inside transaction.atomic()")


def _head(cursor: CursorWrapper, stream: bytes) -> tuple[int, bytes | None]:
    cursor.execute(_HEAD, [stream])
    row = cursor.fetchone()
    return (0, None) if row is None else (row[0] + 1, bytes(row[1]))


def _heads(
    cursor: CursorWrapper, streams: Sequence[bytes]
) -> dict[bytes, tuple[int, bytes | None]]:
    """Return the next place of each stream and the hash before it, for those that have begun."""
    cursor.execute(_HEADS, [list(streams)])
    return {bytes(stream): (seq + 1, bytes(prev)) for stream, seq, prev in cursor.fetchall()}


def _drafts(
    stream: bytes, records: Sequence[Recorded], head: tuple[int, bytes | None], now: datetime
) -> list[_Draft]:
    """Return the events as they follow each other from `head`: the next place, the hash before."""
    seq, prev = head
    at = now.replace(microsecond=0)
    drafts = []
    for record in records:
        draft = _draft(record, stream=stream, seq=seq, prev=prev, at=at)
        drafts.append(draft)
        seq, prev = seq + 1, draft.leaf_hash
    return drafts


def _draft(
    record: Recorded, *, stream: bytes, seq: int, prev: bytes | None, at: datetime
) -> _Draft:
    disclosures = disclose(to_values(record))
    event_type = record.event.type_name()
    entry = build_entry(
        Entry(
            log=settings.LEDGER_ORIGIN,
            stream=stream,
            seq=seq,
            prev=prev,
            type=event_type,
            at=at,
            digests=digests_of(disclosures.values()),
        )
    )
    personal = {
        name: disclosures.pop(name) for name in sorted(record.event.personal & disclosures.keys())
    }
    kept = "~".join(disclosures.values())
    return _Draft(stream, seq, event_type, entry, leaf_hash(entry), kept, personal)


def _write(
    cursor: CursorWrapper, streams: Sequence[Sequence[_Draft]], now: datetime
) -> list[list[Appended]]:
    _insert(cursor, list(chain.from_iterable(streams)), now, _QUEUE_AND_TELL)
    ids = {(bytes(stream), seq): event_id for stream, seq, event_id in cursor.fetchall()}
    return [
        [Appended(ids[d.stream, d.seq], d.seq, d.type, d.leaf_hash) for d in stream]
        for stream in streams
    ]


def _insert(cursor: CursorWrapper, drafts: Sequence[_Draft], now: datetime, then: str) -> None:
    events = [(d.stream, d.seq, d.type, d.entry, d.leaf_hash, d.disclosures) for d in drafts]
    personal = [
        (d.stream, d.seq, name, base64url.decode(digest(text)), text)
        for d in drafts
        for name, text in d.personal.items()
    ]
    columns = [list(column) for rows in (events, personal) for column in zip(*rows, strict=True)]
    statement = _WRITE_EVENTS + (_WRITE_PERSONAL if personal else "") + then
    try:
        cursor.execute(statement, [now.replace(microsecond=0), *columns])
    except IntegrityError as error:
        if not _took_our_place(error):
            raise
        # PostgreSQL commits nothing any more; a caller that swallows the refusal must not think so.
        transaction.set_rollback(True)
        raise Refusal(Code.CHANGED_MEANWHILE) from error


def _took_our_place(error: IntegrityError) -> bool:
    diagnostics = getattr(error.__cause__, "diag", None)
    return getattr(diagnostics, "constraint_name", None) == _ONE_PLACE_ONCE

"""Asking the ledger: events of one stream, of all streams, by index; personal values in batches."""

import json
from binascii import a2b_base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery

from dandang.ledger.chain import parse_entry
from dandang.ledger.disclosures import Value
from dandang.ledger.models import PersonalDisclosure
from dandang.ledger.records import from_values
from dandang.terms import Actor, Due
from dandang.terms.event import JsonValue

_COLUMNS = (
    "event.id, event.stream, event.seq, event.type, event.at, event.leaf_hash, event.disclosures"
)
_TO_STANDARD = bytes.maketrans(b"-_", b"+/")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event as it stands in the ledger.

    `fields` has no personal ones (see `personal_of`). `at` is when it was recorded,
    `occurred_at` when it happened; both are UTC. `post` is "" when nobody acted for a post.
    """

    event_id: int
    stream: bytes
    seq: int
    type: str
    at: datetime
    leaf_hash: bytes
    fields: Mapping[str, JsonValue]
    actor: Actor
    occurred_at: datetime
    post: str
    dues: tuple[Due, ...]


def events_of(stream: bytes) -> list[StoredEvent]:
    """Return all events of a stream in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM ledger_event event WHERE stream = %s ORDER BY seq",  # noqa: S608 constant
            [stream],
        )
        return [_stored(row) for row in cursor.fetchall()]


def events_of_types(streams: Sequence[bytes], event_types: Sequence[str]) -> list[StoredEvent]:
    """Return the events of these types in these streams, in the order of their numbers."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM ledger_event event"  # noqa: S608 constant
            " WHERE stream = ANY(%s) AND type = ANY(%s) ORDER BY id",
            [list(streams), list(event_types)],
        )
        return [_stored(row) for row in cursor.fetchall()]


def last_of(stream: bytes, event_type: str, *, before_seq: int) -> StoredEvent | None:
    """Return the last event of this type in a stream before a place in it, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM ledger_event event"  # noqa: S608 constant
            " WHERE stream = %s AND seq < %s AND type = %s ORDER BY seq DESC LIMIT 1",
            [stream, before_seq, event_type],
        )
        row = cursor.fetchone()
        return None if row is None else _stored(row)


def last_of_each(streams: Sequence[bytes], event_types: Sequence[str]) -> dict[bytes, StoredEvent]:
    """Return the last event of these types in each stream that has one. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT ON (stream) {_COLUMNS} FROM ledger_event event"  # noqa: S608 constant
            " WHERE stream = ANY(%s) AND type = ANY(%s) ORDER BY stream, seq DESC",
            [list(streams), list(event_types)],
        )
        return {event.stream: event for event in map(_stored, cursor.fetchall())}


def events_of_each(streams: Sequence[bytes], event_types: Sequence[str]) -> list[StoredEvent]:
    """Return the events of these types in these streams, by stream and place. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM ledger_event event"  # noqa: S608 constant
            " WHERE stream = ANY(%s) AND type = ANY(%s) ORDER BY stream, seq",
            [list(streams), list(event_types)],
        )
        return [_stored(row) for row in cursor.fetchall()]


def follow(after: int = -1, *, limit: int = 1000) -> list[tuple[int, StoredEvent]]:
    """Return the next events of the log with their index, from `after` + 1 on.

    A follower keeps the last index it has dealt with; indexes have no gaps and never change.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT leaf.idx, {_COLUMNS} FROM ledger_leaf leaf"  # noqa: S608 constant
            " JOIN ledger_event event ON event.id = leaf.event_id"
            " WHERE leaf.idx > %s ORDER BY leaf.idx LIMIT %s",
            [after, limit],
        )
        return [(row[0], _stored(row[1:])) for row in cursor.fetchall()]


def recorded_since(event_id: int, event_type: str) -> list[StoredEvent]:
    """Return the events of one type with a higher number than this one, in the order of numbers.

    For a writer that is alone: beside others, numbers do not become visible in their order, and
    `follow` is the way.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM ledger_event event"  # noqa: S608 constant
            " WHERE id > %s AND type = %s ORDER BY id",
            [event_id, event_type],
        )
        return [_stored(row) for row in cursor.fetchall()]


def recorded_from(event_type: str, since: datetime) -> list[StoredEvent]:
    """Return the events of one type recorded since then (aware), the newest first.

    There is an index for `models.BY_TIME` alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM ledger_event event"  # noqa: S608 constant
            " WHERE type = %s AND at >= %s ORDER BY id DESC",
            [event_type, since],
        )
        return [_stored(row) for row in cursor.fetchall()]


def last_number() -> int:
    """Return the number of the event recorded last; 0 while there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM ledger_event")
        (number,) = cursor.fetchone()
        return int(number)


def entry_hash(number: int) -> bytes:
    """Return the leaf hash of the event with this number; 32 zero bytes where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT leaf_hash FROM ledger_event WHERE id = %s", [number])
        row = cursor.fetchone()
        return bytes(32) if row is None else bytes(row[0])


def last_index() -> int:
    """Return the index of the newest event of the log; -1 while there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(idx), -1) FROM ledger_leaf")
        (index,) = cursor.fetchone()
        return int(index)


def stream_all(*, page: int = 5000) -> Iterator[StoredEvent]:
    """Yield every event ordered by stream and place in it, in bounded memory.

    Reads page after page by the index on both, so it holds neither a cursor nor a snapshot. Run
    it in a REPEATABLE READ transaction when the events must be those of one instant.
    """
    place: tuple[bytes, int] = (b"", -1)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {_COLUMNS} FROM ledger_event event"  # noqa: S608 constant
                " WHERE (stream, seq) > (%s, %s) ORDER BY stream, seq LIMIT %s",
                [*place, page],
            )
            rows = cursor.fetchall()
        yield from map(_stored, rows)
        if len(rows) < page:
            return
        place = (rows[-1][1], rows[-1][2])


def personal_of(
    event_ids: Sequence[int], names: Sequence[str] | None = None
) -> dict[int, dict[str, Value]]:
    """Return the personal values not erased, by event and field name, in one query.

    `names` narrows it to these fields. Events without any are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT event_id, name, disclosure FROM ledger_personal"
            " WHERE event_id = ANY(%s) AND (%s::text[] IS NULL OR name = ANY(%s::text[]))",
            [list(event_ids), *([None if names is None else list(names)] * 2)],
        )
        rows = cursor.fetchall()
    found: dict[int, dict[str, Value]] = {}
    opened = disclosed([disclosure for _, _, disclosure in rows])
    for (event_id, name, _), value in zip(rows, opened, strict=True):
        found.setdefault(event_id, {})[name] = value
    return found


def disclosure_of(column: str, name: str) -> Subquery:
    """Return what a query set of other rows reads beside them: a personal field of their event.

    `column` of those rows holds the number of the event. NULL where there is none or it was
    erased; `disclosed` opens the others.
    """
    rows = PersonalDisclosure.objects.filter(event_id=OuterRef(column), name=name)
    return Subquery(rows.values("disclosure"))


def disclosed(disclosures: Sequence[str | None]) -> list[Any]:
    """Return the values of disclosures of one field each in their order, None where there is none.

    Read together they cost half.
    """
    known = [one for one in disclosures if one is not None]
    opened = iter(_read("~".join(known)) if known else ())
    return [None if one is None else next(opened)[2] for one in disclosures]


def personal_in(streams: Sequence[bytes], names: Sequence[str]) -> set[Value]:
    """Return the personal values with these names, not erased, in whole streams. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT personal.name, personal.disclosure FROM ledger_personal personal"
            " JOIN ledger_event event ON event.id = personal.event_id"
            " WHERE event.stream = ANY(%s) AND personal.name = ANY(%s)",
            [list(streams), list(names)],
        )
        return {_open(disclosure)[name] for name, disclosure in cursor.fetchall()}


def origin() -> str | None:
    """Return the name of the log that the first event carries; None while there is no event.

    A ledger whose name differs from `LEDGER_ORIGIN` must not be appended to.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry FROM ledger_event ORDER BY id LIMIT 1")
        row = cursor.fetchone()
        return None if row is None else parse_entry(row[0]).log


def size() -> int:
    """Return the number of events in the ledger, with or without an index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_event")
        (count,) = cursor.fetchone()
        return int(count)


def _stored(row: Sequence[Any]) -> StoredEvent:
    event_id, stream, seq, event_type, at, leaf_hash, disclosures = row
    fields, circumstances = from_values(_open(disclosures))
    return StoredEvent(
        event_id=event_id,
        stream=stream,
        seq=seq,
        type=event_type,
        at=at,
        leaf_hash=leaf_hash,
        fields=fields,
        actor=circumstances.actor,
        occurred_at=circumstances.occurred_at,
        post=circumstances.post,
        dues=circumstances.dues,
    )


def _open(joined: str) -> dict[str, Any]:
    """Return the values in disclosures by the names of their fields."""
    return {name: value for _, name, value in _read(joined)}


def _read(joined: str) -> list[tuple[str, str, Any]]:
    """Read disclosures of our own making: as one JSON text and unchecked, for speed."""
    texts = joined.encode("ascii").translate(_TO_STANDARD).split(b"~")
    arrays = b",".join([a2b_base64(text + b"==") for text in texts])
    opened: list[tuple[str, str, Any]] = json.loads(f"[{arrays.decode()}]")
    return opened

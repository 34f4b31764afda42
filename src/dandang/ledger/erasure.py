"""Erasing personal values by law: the rows go, the entries and their hashes stay as they are."""

from collections.abc import Sequence

from django.db import connection

from dandang.ledger import base64url
from dandang.ledger.append import NotInTransaction


def erasable(stream: bytes) -> tuple[str, ...]:
    """Return the digests (base64url) of the personal values that a stream still has, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT personal.digest FROM ledger_personal personal"
            " JOIN ledger_event event ON event.id = personal.event_id"
            " WHERE event.stream = %s ORDER BY event.seq, personal.name",
            [stream],
        )
        return tuple(base64url.encode(bytes(digest)) for (digest,) in cursor.fetchall())


def erase(stream: bytes, digests: tuple[str, ...]) -> int:
    """Erase the personal values with these digests from a stream; return how many there were.

    The caller writes the event that names them in the same transaction.
    Raises NotInTransaction.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("erase only inside transaction.atomic()")
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM ledger_personal personal USING ledger_event event"
            " WHERE event.id = personal.event_id AND event.stream = %s"
            " AND personal.digest = ANY(%s)",
            [stream, [base64url.decode(one) for one in digests]],
        )
        return int(cursor.rowcount)


def digests_of(event_ids: Sequence[int], names: Sequence[str]) -> tuple[str, ...]:
    """Return the digests (base64url) of these personal values of events, as far as they are there.

    In the order of the events and of the names.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT digest FROM ledger_personal WHERE event_id = ANY(%s) AND name = ANY(%s)"
            " ORDER BY event_id, name",
            [list(event_ids), list(names)],
        )
        return tuple(base64url.encode(bytes(digest)) for (digest,) in cursor.fetchall())


def erase_of(event_ids: Sequence[int], names: Sequence[str]) -> int:
    """Erase these personal values of events; return how many there were.

    The caller writes the event that names them in the same transaction. Raises NotInTransaction.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("erase only inside transaction.atomic()")
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM ledger_personal WHERE event_id = ANY(%s) AND name = ANY(%s)",
            [list(event_ids), list(names)],
        )
        return int(cursor.rowcount)

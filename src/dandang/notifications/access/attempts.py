"""Counting tries of one source or about one thing, across all processes.

Only a hash under the server's key is kept of who tries what, and for no longer than it counts.
The database's own clock counts: the time of a demonstration stands still.
"""

from datetime import timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

_COUNT = """
INSERT INTO access_attempt (key, tries, until)
VALUES (%(key)s, %(by)s, clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (key) DO UPDATE SET
  tries = CASE WHEN access_attempt.until < clock_timestamp() THEN excluded.tries
          ELSE access_attempt.tries + excluded.tries END,
  until = CASE WHEN access_attempt.until < clock_timestamp() THEN excluded.until
          ELSE access_attempt.until END
RETURNING tries
"""
_TRIES = "SELECT tries FROM access_attempt WHERE key = %s AND until >= clock_timestamp()"
# Waits for nobody, so that two who count never wait for each other.
_FORGET = """
DELETE FROM access_attempt WHERE key IN (
  SELECT key FROM access_attempt WHERE until < clock_timestamp() FOR UPDATE SKIP LOCKED
)
"""


def count(kind: str, who: str, *, window: timedelta, by: int = 1) -> int:
    """Count a try as `by` of them; return how many there were since the first one.

    That one began the window.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, _values(kind, who, window, by))
        (tries,) = cursor.fetchone()
        cursor.execute(_FORGET)
        return int(tries)


def tries(kind: str, who: str) -> int:
    """Return how many tries count at present."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIES, [_key(kind, who)])
        row = cursor.fetchone()
        return int(row[0]) if row else 0


def forget() -> int:
    """Forget the tries that count no more; return how many rows that were."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET)
        return int(cursor.rowcount)


def _values(kind: str, who: str, window: timedelta, by: int) -> dict[str, bytes | float]:
    return {"key": _key(kind, who), "seconds": window.total_seconds(), "by": by}


def _key(kind: str, who: str) -> bytes:
    return salted_hmac("dandang.attempts", f"{kind} {who}", algorithm="sha256").digest()

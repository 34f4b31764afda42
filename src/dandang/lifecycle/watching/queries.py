"""Asking what waits too long, and what came in together: read only, one statement each."""

from datetime import datetime

from django.db import connection

from dandang.lifecycle.watching.rules import Group, Surge

# Both times are of the same case, so the share has no unit and classes can be compared. Rows are
# read once, and as many groups come back as there are classes, areas and channels in use.
_GROUPS = """
SELECT case_class, area, channel, count(*), percentile_disc(0.95) WITHIN GROUP (
    ORDER BY extract(epoch FROM %(now)s - counts_from)::float8
           / extract(epoch FROM total_due_at - counts_from)::float8
)
FROM casework_case
WHERE ended_at IS NULL AND kind = 'request' AND state <> 'proposed'
  AND total_due_at > counts_from
GROUP BY case_class, area, channel
HAVING count(*) >= %(least)s
"""
# Rows come in with rising ids, so `first` spares all that were too old the last time.
_SURGES = """
SELECT c.category, c.area, count(*), max(c.id) FILTER (WHERE c.ended_at IS NULL)
FROM casework_request r JOIN casework_case c ON c.id = r.case_id
WHERE r.id >= %(first)s AND r.sent_at > %(since)s AND r.sent_at <= %(now)s
  AND NOT r.moved AND NOT r.withdrawn
  AND c.kind = 'request' AND c.parent = '' AND c.category IS NOT NULL
  AND c.end_cause <> 'imported'
GROUP BY c.category, c.area
HAVING count(*) >= %(least)s AND bool_or(c.ended_at IS NULL)
ORDER BY c.category, c.area
"""
_FIRST = """
SELECT coalesce(
    (SELECT min(id) FROM casework_request WHERE id >= %(first)s AND sent_at > %(since)s),
    (SELECT max(id) FROM casework_request),
    0
)
"""


def groups(now: datetime, *, least: int) -> list[Group]:
    """Return the groups of at least so many open cases, with how long they have waited.

    Those that are proposed for ending wait for their requesters and are left out.
    The wait counts from where the total clock counts from, to `now` (aware), as time that passes:
    against a promise of so many working days it is a share of the time between the same two dates.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS, {"now": now, "least": least})
        return [Group(*row) for row in cursor.fetchall()]


def surges(now: datetime, *, since: datetime, first: int, least: int) -> list[Surge]:
    """Return where at least so many requests of one category and area came in after `since`.

    Only requests from the row `first` on are looked at. A surge of which no case is open any more
    is none.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SURGES, {"now": now, "since": since, "first": first, "least": least})
        return [Surge(*row) for row in cursor.fetchall()]


def first_since(since: datetime, *, first: int) -> int:
    """Return the first request row from `first` on that was sent after `since`, else the last."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, {"since": since, "first": first})
        (found,) = cursor.fetchone()
        return int(found)

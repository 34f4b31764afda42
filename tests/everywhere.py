"""Looking for what must not be kept: every row of every table, disclosures and sessions decoded."""

from collections.abc import Iterator

from django.contrib.sessions.models import Session
from django.db import connection

_DISCLOSED = """
SELECT convert_from(decode(rpad(translate(one, '-_', '+/'),
  (length(one) + 3) / 4 * 4, '='), 'base64'), 'utf8')
FROM (SELECT disclosure AS one FROM ledger_personal
  UNION ALL SELECT unnest(string_to_array(disclosures, '~')) FROM ledger_event) AS every
"""


def kept_somewhere(*values: str) -> list[str]:
    """Return those of the values that stand in any table, as they are or as JSON escapes them."""
    texts = "\n".join(_everything())
    return [one for one in values if one in texts or _escaped(one) in texts]


def _escaped(value: str) -> str:
    return value.encode("unicode_escape").decode()


def _everything() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT row::text FROM {connection.ops.quote_name(table)} row")
            yield from (text for (text,) in cursor.fetchall())
        cursor.execute(_DISCLOSED)
        yield from (text for (text,) in cursor.fetchall())
    yield from (str(one.get_decoded()) for one in Session.objects.all())

"""Looking for what must not be kept: every row of every table, however it is encoded."""

import base64
import re
from collections.abc import Iterable, Iterator

from django.db import connection

from dandang.organization.models import KeptSession

_BASE64 = re.compile(r"[A-Za-z0-9_-]{16,}")
_HEX = re.compile(r"\\\\x([0-9a-f]{8,})")


def kept_somewhere(*values: str) -> list[str]:
    """Return those of the values that stand in any table."""
    found = set().union(*where(values).values())
    return [one for one in values if one in found]


def where(values: Iterable[str]) -> dict[str, set[str]]:
    """Return in which tables any of these values stands, as it is or as JSON escapes it."""
    wanted = {value: {value, value.encode("unicode_escape").decode()} for value in values}
    found: dict[str, set[str]] = {}
    for table in connection.introspection.table_names():
        for text in _rows(table):
            here = {value for value, forms in wanted.items() if any(one in text for one in forms)}
            if here:
                found.setdefault(table, set()).update(here)
    return found


def _rows(table: str) -> Iterator[str]:
    """Yield every row as text, with what its bytes and its base64url texts say."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT row_to_json(one)::text FROM {connection.ops.quote_name(table)} one")
        for (text,) in cursor.fetchall():
            raw = [bytes.fromhex(one).decode(errors="replace") for one in _HEX.findall(text)]
            plain = "\n".join([text, *raw])
            yield "\n".join([plain, *map(_decoded, _BASE64.findall(plain))])
    if table == KeptSession._meta.db_table:
        yield from (str(one.get_decoded()) for one in KeptSession.objects.all())


def _decoded(text: str) -> str:
    if len(text) % 4 == 1:  # not base64
        return ""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode(errors="replace")

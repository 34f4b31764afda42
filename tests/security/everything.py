"""Looking into everything the database holds, whatever table it is in and however it is encoded."""

import base64
import re
from collections.abc import Iterable, Iterator

from django.db import connection

_BASE64 = re.compile(r"[A-Za-z0-9_-]{16,}")
_HEX = re.compile(r"\\\\x([0-9a-f]{8,})")


def tables() -> list[str]:
    """Return every table of the application's database."""
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))


def rows(table: str) -> Iterator[str]:
    """Yield every row of a table as text, with what its bytes and its base64url texts say."""
    quoted = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT row_to_json(one)::text FROM {quoted} one")
        for (text,) in cursor.fetchall():
            raw = [bytes.fromhex(one).decode(errors="replace") for one in _HEX.findall(text)]
            plain = "\n".join([text, *raw])
            yield "\n".join([plain, *map(_decoded, _BASE64.findall(plain))])


def where(words: Iterable[str]) -> dict[str, set[str]]:
    """Return in which tables any of these words stands, and which words."""
    wanted = {word: {word, word.encode("unicode_escape").decode()} for word in words}
    found: dict[str, set[str]] = {}
    for table in tables():
        for text in rows(table):
            here = {word for word, forms in wanted.items() if any(one in text for one in forms)}
            if here:
                found.setdefault(table, set()).update(here)
    return found


def _decoded(text: str) -> str:
    if len(text) % 4 == 1:  # not base64
        return ""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode(errors="replace")

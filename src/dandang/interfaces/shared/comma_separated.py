"""Tables to take away: comma-separated values, line by line."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

_BOM = "\ufeff"
"""Without it spreadsheets take Chinese for something else."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Yield the lines of a table; nothing in it can be taken for a formula."""
    yield _BOM + _line(header)
    for row in rows:
        yield _line(row)


def _line(cells: Iterable[str]) -> str:
    text = StringIO()
    csv.writer(text).writerow([f"'{one}" if one.startswith(_FORMULA) else one for one in cells])
    return text.getvalue()

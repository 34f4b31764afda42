"""Aligned tables for terminals, in which a Chinese character takes two columns."""

import unicodedata
from collections.abc import Sequence

_GAP = "  "
_WIDE = frozenset({"W", "F"})
_INVISIBLE = frozenset({"Mn", "Me", "Cf"})


def width(text: str) -> int:
    """Return how many columns of a terminal the text takes."""
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.category(char) in _INVISIBLE:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


def shorten(text: str, most: int) -> str:
    """Return the text on one line, cut so that it takes at most this many columns."""
    line = " ".join(text.split())
    if width(line) <= most:
        return line
    kept = ""
    left = most - 1
    for char in line:
        left -= _columns(char)
        if left < 0:
            break
        kept += char
    return f"{kept}…"


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table: header, rule and rows, each column as wide as it needs."""
    everything = [header, *rows]
    widths = [max(width(row[place]) for row in everything) for place in range(len(header))]
    rule = ["─" * size for size in widths]
    return [_line(row, widths) for row in (header, rule, *rows)]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (size - width(cell)) for cell, size in zip(cells, widths, strict=True))
    return _GAP.join(padded).rstrip()

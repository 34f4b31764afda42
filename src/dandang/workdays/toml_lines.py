"""Where keys and list entries stand in a flat TOML file, which the TOML reader does not tell."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

_PIECES = re.compile(
    r"""
      (?P<comment> \#[^\n]* )
    | (?P<text> \"{3}.*?\"{3} | '{3}.*?'{3} | "(?:\\.|[^"\\\n])*" | '[^'\n]*' )
    | (?P<table> ^[ \t]*\[{1,2}[ \t]*(?P<table_name>[A-Za-z0-9_-]+)[ \t]*\]{1,2}[ \t]*$ )
    | (?P<key> ^[ \t]*(?P<key_name>[A-Za-z0-9_-]+)(?=[ \t]*=) )
    | (?P<date> \d{4}-\d{2}-\d{2}[^\s,\]\#}]* )
    | (?P<bare> [^\s,=\[\]{}"'\#]+ )
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Lines:
    """Line numbers (from 1) of keys, and of the entries of lists by key and position."""

    keys: Mapping[str, int]
    items: Mapping[str, list[int]]

    def key(self, name: str) -> int:
        """Return the line of a key or table, 0 where it does not stand in the file."""
        return self.keys.get(name, 0)

    def item(self, name: str, index: int) -> int:
        """Return the line of an entry, or that of the key where entries are not plain values."""
        items = self.items.get(name, [])
        return items[index] if index < len(items) else self.key(name)


def quote_dates(text: str) -> str:
    """Return the text with bare dates as strings, so that a wrong one does not end the reading."""
    return _PIECES.sub(lambda piece: f'"{piece[0]}"' if piece["date"] else piece[0], text)


def locate(text: str) -> Lines:
    """Return where the keys and entries stand."""
    ends = [found.start() for found in re.finditer("\n", text)]
    keys: dict[str, int] = {}
    items: dict[str, list[int]] = {}
    current = ""
    for piece in _PIECES.finditer(text):
        line = bisect_left(ends, piece.start()) + 1
        name = piece["key_name"] or piece["table_name"]
        if name:
            current = name
            keys.setdefault(name, line)
        elif piece["text"] or piece["date"] or piece["bare"]:
            items.setdefault(current, []).append(line)
    return Lines(keys, items)

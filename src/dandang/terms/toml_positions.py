"""Finds the lines of the keys of a TOML text, which the standard parser does not tell."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping

Path = tuple[str | int, ...]
"""Where a value is: the keys that lead to it, and indexes from 0 inside lists."""

_SPACE = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_KEY_PART = re.compile(r"""[ \t]*([A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')[ \t]*""")
_SCALAR = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|[^,\]}#\n]+",
    re.DOTALL,
)


class Lines:
    """The line of every value of one text."""

    def __init__(self, lines: Mapping[Path, int]) -> None:
        self._lines = lines

    def of(self, path: Path) -> int:
        """Return the line of this value, else of the nearest table around it, else 0."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 0)


def find_lines(text: str) -> Lines:
    """Return the lines of all keys and list items of a text that is known to be valid TOML."""
    return Lines(_Scanner(text).scan())


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._ends = [found.start() for found in re.finditer("\n", text)]
        self._lines: dict[Path, int] = {}
        self._rows: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        self._skip_space()
        while self._at < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
            self._skip_space()
        return self._lines

    def _header(self) -> Path:
        is_row = self._text.startswith("[[", self._at)
        start = self._at
        self._at += 2 if is_row else 1
        path = self._inside_rows(self._key())
        self._at += 2 if is_row else 1
        if is_row:
            row = self._rows[path] = self._rows.get(path, -1) + 1
            path = (*path, row)
        self._note(path, start)
        return path

    def _inside_rows(self, keys: list[str]) -> Path:
        """Return the path of a header: below a list of tables it means the latest of them."""
        path: Path = ()
        for key in keys[:-1]:
            path = (*path, key)
            if path in self._rows:
                path = (*path, self._rows[path])
        return (*path, keys[-1])

    def _pair(self, table: Path) -> None:
        start = self._at
        path = (*table, *self._key())
        self._at += 1
        self._note(path, start)
        self._value(path)

    def _value(self, path: Path) -> None:
        self._skip_space()
        if self._text.startswith("[", self._at):
            self._list(path)
        elif self._text.startswith("{", self._at):
            self._inline_table(path)
        else:
            self._match(_SCALAR)

    def _list(self, path: Path) -> None:
        self._at += 1
        index = 0
        self._skip_space()
        while not self._text.startswith("]", self._at):
            self._note((*path, index), self._at)
            self._value((*path, index))
            index += 1
            self._skip_space()
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        self._skip_space()
        while not self._text.startswith("}", self._at):
            self._pair(path)
            self._skip_space()
        self._at += 1

    def _key(self) -> list[str]:
        parts = [self._key_part()]
        while self._text.startswith(".", self._at):
            self._at += 1
            parts.append(self._key_part())
        return parts

    def _key_part(self) -> str:
        part = self._match(_KEY_PART)[1]
        if part[0] in "\"'":
            decoded: str = tomllib.loads(f"key = {part}")["key"]
            return decoded
        return part

    def _note(self, path: Path, position: int) -> None:
        line = bisect_right(self._ends, position) + 1
        for length in range(1, len(path)):
            self._lines.setdefault(path[:length], line)
        self._lines[path] = line

    def _skip_space(self) -> None:
        self._match(_SPACE)

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise ValueError(f"not valid TOML at character {self._at}")
        self._at = found.end()
        return found

"""Collects the problems of one file while it is read."""

from typing import Protocol

from dandang.terms import InputError, Problem
from dandang.terms.toml_positions import Lines, Path


class Watched(Protocol):
    """A table that can say which keys it was asked for, and which nobody asked for."""

    def known_keys(self) -> frozenset[str]:
        """Return the shapes of the keys that were asked for."""

    def note_unknown_keys(self) -> None:
        """Report the keys that nobody asked for."""


class Report:
    """The problems of one file, and the keys that its reader knows."""

    def __init__(self, source: str, lines: Lines) -> None:
        self._source = source
        self._lines = lines
        self._problems: list[Problem] = []
        self._noted: set[Path] = set()
        self._above_noted: set[Path] = set()
        self._tables: list[Watched] = []

    def add(self, code: str, path: Path, **params: str | int) -> None:
        """Note a problem with the value at this path. What it quotes is made printable."""
        shown = {name: _printable(value) for name, value in params.items()}
        self._problems.append(Problem(code, self._source, self._lines.of(path), shown))
        self._noted.add(path)
        self._above_noted.update(path[:length] for length in range(len(path)))

    def is_clean(self, path: Path) -> bool:
        """Say whether nothing was noted at this path, below it, or about a table around it."""
        around = {path[:length] for length in range(1, len(path) + 1)}
        return path not in self._above_noted and self._noted.isdisjoint(around)

    def watch(self, table: Watched) -> None:
        """Ask this table for its unknown keys at the end."""
        self._tables.append(table)

    def keys(self) -> frozenset[str]:
        """Return every key that was asked for, with `*` for codes: `classes.*.name_zh`."""
        return frozenset().union(*(table.known_keys() for table in self._tables))

    def check(self) -> None:
        """Raise InputError if anything was noted, problems in the order of their lines."""
        for table in self._tables:
            table.note_unknown_keys()
        if self._problems:
            raise InputError(sorted(self._problems, key=lambda problem: problem.line))


def _printable(value: str | int) -> str | int:
    """Return the value without control characters, which could steer somebody's terminal."""
    if isinstance(value, int):
        return value
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in value)

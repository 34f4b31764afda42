"""Reads a CSV file record by record, strictly, and finds the way again after a broken one."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

LONGEST_LINE = 1024 * 1024
_KEPT_OF_BROKEN = 20_000
# RFC 4180: a quotation mark stands around a cell or doubled inside one, nowhere else.
_CELL = r'(?:"(?:[^"]|"")*"|[^"{delimiter}\r\n]*)'
_WELL_FORMED = _CELL + "(?:{delimiter}" + _CELL + r")*[\r\n]*"


class TextFile(Protocol):
    """A text file opened with `newline=""`."""

    def readline(self, size: int, /) -> str:
        """Return the next line with its end, at most `size` characters; "" at the end."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its number among the records (from 1) and the line it starts on."""

    row: int
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Broken:
    """Lines that are no record. Code `not_csv`, or `wrong_number_of_cells` with how many.

    `text` is how they begin.
    """

    row: int
    line: int
    last_line: int
    text: str
    code: str
    expected: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What a record could be: `cells` is None when its lines are not CSV."""

    line: int
    lines: list[str]
    cells: list[str] | None

    @property
    def is_blank(self) -> bool:
        return self.cells is not None and not any(cell.strip() for cell in self.cells)


class Records:
    """The records after the header of one file. `header` holds its cells, trimmed.

    After lines that are no record, reading goes on with the next line where a whole, well-formed
    one begins; everything before it belongs to the broken one. Records with nothing in any cell
    are passed over. Never more than the lines of one record are in memory.
    """

    def __init__(self, file: TextFile, delimiter: str) -> None:
        self._lines = _Lines(file)
        self._delimiter = delimiter
        self._well_formed = re.compile(_WELL_FORMED.format(delimiter=re.escape(delimiter)))
        self._row = 0
        first = self._attempt()
        self.header = tuple(cell.strip() for cell in (first and first.cells) or ())

    def __iter__(self) -> Iterator[Record | Broken]:
        while (attempt := self._attempt()) is not None:
            if attempt.is_blank:
                continue
            self._row += 1
            if self._is_whole(attempt):
                yield Record(self._row, attempt.line, tuple(attempt.cells or ()))
            else:
                yield self._broken(attempt)

    def _attempt(self) -> _Attempt | None:
        """Read up to the end of a record, or to where it turns out to be none."""
        line = self._lines.start()
        # A new reader each time: after an error the old one is somewhere inside a cell.
        reader = csv.reader(self._lines, delimiter=self._delimiter, strict=True)
        try:
            cells = next(reader, None)
        except csv.Error:
            return _Attempt(line, self._lines.taken, None)
        return None if cells is None else _Attempt(line, self._lines.taken, cells)

    def _is_whole(self, attempt: _Attempt) -> bool:
        return attempt.cells is not None and len(attempt.cells) == len(self.header)

    def _broken(self, attempt: _Attempt) -> Broken:
        lost = attempt.lines[:1]
        if attempt.cells is None or len(attempt.lines) > 1:
            # A quotation mark too many or too few: the following lines may be whole records.
            self._lines.give_back(attempt.lines[1:])
            lost.extend(self._lost())
        return Broken(
            row=self._row,
            line=attempt.line,
            last_line=self._lines.next_number - 1,
            text="".join(lost)[:_KEPT_OF_BROKEN],
            code="not_csv" if attempt.cells is None else "wrong_number_of_cells",
            expected=len(self.header),
            found=len(attempt.cells or ()),
        )

    def _lost(self) -> Iterator[str]:
        """Pass over lines up to one where a whole record begins; yield the first of them."""
        kept = 0
        while (attempt := self._attempt()) is not None:
            if self._is_whole(attempt) and self._well_formed.fullmatch("".join(attempt.lines)):
                self._lines.give_back(attempt.lines)
                return
            self._lines.give_back(attempt.lines[1:])
            if kept < _KEPT_OF_BROKEN:
                kept += len(attempt.lines[0])
                yield attempt.lines[0]


class _Lines:
    """The lines of a file, some of which may be given back to be read again."""

    def __init__(self, file: TextFile) -> None:
        self._file = file
        self._waiting: deque[str] = deque()
        self._length = 0
        self.next_number = 1
        self.taken: list[str] = []

    def start(self) -> int:
        """Begin a new list of taken lines; return the number of the line that comes next."""
        self.taken = []
        self._length = 0
        return self.next_number

    def give_back(self, lines: Iterable[str]) -> None:
        """Let the lines be read again, in the same order."""
        before = len(self._waiting)
        self._waiting.extendleft(reversed(list(lines)))
        self.next_number -= len(self._waiting) - before

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._read()
        if not line:
            raise StopIteration
        self.next_number += 1
        self.taken.append(line)
        self._length += len(line)
        if self._length > LONGEST_LINE:
            raise csv.Error("record too long")
        return line

    def _read(self) -> str:
        """Read a line; of one that is too long only so much that this can be told."""
        line = self._file.readline(LONGEST_LINE + 1)
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(("\n", "\r")):
            rest = self._file.readline(LONGEST_LINE + 1)
        return line

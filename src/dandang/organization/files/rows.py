"""Reads TOML tables and CSV lines alike into rows: raw cells, and the lines where they stand."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dandang.organization.files.schema import BODY, TABLES, Column
from dandang.organization.files.text import decode
from dandang.terms import InputError, Problem
from dandang.terms.toml import read_toml
from dandang.terms.toml_positions import Lines

MAIN_FILE = "organization.toml"
_BODY = "body"
_OTHER_DELIMITERS = ";\t，；"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as written. Cells are texts in CSV, TOML values in TOML; empty ones are absent."""

    table: str
    source: str
    line: int
    cells: Mapping[str, object]
    lines: Mapping[str, int] = field(default_factory=dict)

    def problem(self, code: str, key: str | None = None, **params: str | int) -> Problem:
        """Return a problem with this row, or with one of its cells."""
        line = self.line if key is None else self.lines.get(key, self.line)
        named = {} if key is None else {"key": key}
        return Problem(code, self.source, line, {"table": self.table, **named, **params})


@dataclass(slots=True)
class Rows:
    """All rows of a folder, and what was wrong with the files themselves.

    `whole` says whether every file could be read to its end; only then is it fair to say that
    something is missing.
    """

    body: Row | None = None
    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True


def read_rows(files: Mapping[str, bytes]) -> Rows:
    """Read the files of a folder, by name. Files other than TOML and CSV are left alone."""
    rows = Rows()
    if MAIN_FILE not in files:
        rows.problems.append(Problem("missing_file", MAIN_FILE))
        rows.whole = False
    for name in sorted(files):
        try:
            if name == MAIN_FILE:
                _read_main(decode(files[name], name), rows)
            elif name.endswith(".csv"):
                _read_csv(decode(files[name], name), name, rows)
        except InputError as error:
            rows.problems.extend(error.problems)
            rows.whole = False
    return rows


def _read_main(text: str, rows: Rows) -> None:
    # Positions are counted by line feeds alone.
    content, lines = read_toml(text.replace("\r\n", "\n"), MAIN_FILE)
    for key, value in content.items():
        if key == _BODY:
            rows.body = _toml_row(_BODY, BODY, value, (_BODY,), lines, rows)
        elif key not in TABLES:
            rows.problems.append(_unknown_key(MAIN_FILE, lines.of((key,)), "", key))
        elif not isinstance(value, list):
            rows.problems.append(_wrong_type(lines.of((key,)), "", key, "list"))
        else:
            for index, item in enumerate(value):
                row = _toml_row(key, TABLES[key], item, (key, index), lines, rows)
                rows.tables[key] += [] if row is None else [row]
    if _BODY not in content:
        rows.problems.append(Problem("missing_key", MAIN_FILE, 0, {"table": "", "key": _BODY}))


def _toml_row(
    table: str,
    columns: Sequence[Column],
    value: object,
    path: tuple[str | int, ...],
    lines: Lines,
    rows: Rows,
) -> Row | None:
    line = lines.of(path)
    if not isinstance(value, dict):
        rows.problems.append(_wrong_type(line, "", table, "table"))
        return None
    at = {key: lines.of((*path, key)) for key in value}
    known = {column.name for column in columns}
    for key in value:
        if key not in known:
            rows.problems.append(_unknown_key(MAIN_FILE, at[key], table, key))
    cells = {key: cell for key, cell in value.items() if key in known and not _is_blank(cell)}
    return Row(table, MAIN_FILE, line, cells, at)


def _is_blank(cell: object) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _read_csv(text: str, source: str, rows: Rows) -> None:
    table = source.removesuffix(".csv")
    if table not in TABLES:
        raise InputError([Problem("unknown_file", source)])
    lines = _csv_lines(text, source)
    _, names = next(lines, (0, []))
    if not names:
        raise InputError([Problem("missing_header", source)])
    _check_header(names, table, source)
    for line, cells in lines:
        if len(cells) > len(names):
            params: dict[str, str | int] = {"expected": len(names), "found": len(cells)}
            rows.problems.append(Problem("too_many_cells", source, line, params))
        given = {name: cell for name, cell in zip(names, cells, strict=False) if cell}
        if given:
            rows.tables[table].append(Row(table, source, line, given))


def _csv_lines(text: str, source: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records with the line each starts on, cells trimmed, without empty ones at the end.

    Spreadsheets write such cells for columns that were used once. Raises InputError on broken
    quoting.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader, None)
        except csv.Error as error:
            raise InputError([Problem("not_csv", source, line, {"detail": str(error)})]) from None
        if record is None:
            return
        cells = [cell.strip() for cell in record]
        while cells and not cells[-1]:
            cells.pop()
        yield line, cells


def _check_header(names: Sequence[str], table: str, source: str) -> None:
    if len(names) == 1 and any(mark in names[0] for mark in _OTHER_DELIMITERS):
        raise InputError([Problem("wrong_delimiter", source, 1)])
    known = {column.name for column in TABLES[table]}
    required = (column.name for column in TABLES[table] if column.required)
    problems = [_unknown_key(source, 1, table, name) for name in names if name not in known]
    problems += [
        Problem("missing_key", source, 1, {"table": table, "key": name})
        for name in required
        if name not in names
    ]
    problems += [
        Problem("duplicate_key", source, 1, {"table": table, "key": name})
        for name in dict.fromkeys(names)
        if names.count(name) > 1 and name in known
    ]
    if problems:
        raise InputError(problems)


def _unknown_key(source: str, line: int, table: str, key: str) -> Problem:
    return Problem("unknown_key", source, line, {"table": table, "key": key[:60]})


def _wrong_type(line: int, table: str, key: str, expected: str) -> Problem:
    return Problem(
        "wrong_type", MAIN_FILE, line, {"table": table, "key": key, "expected": expected}
    )

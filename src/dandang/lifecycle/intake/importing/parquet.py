"""Reads a Parquet file row by row, as the CSV file of the same rows would be read.

Cells become texts (see `arrow_texts`), so that maps, reasons to reject a row and the file of
rejected rows are the same for both. A batch of rows is in memory, never the file.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa
from pyarrow.parquet import ParquetFile

from dandang.lifecycle.intake.importing.arrow_texts import Times, has_texts, is_bytes, texts_of
from dandang.lifecycle.intake.importing.import_map import ImportMap, missing_columns
from dandang.lifecycle.intake.importing.instants import Instants
from dandang.lifecycle.intake.importing.records import Record
from dandang.lifecycle.intake.importing.row_file import RowFile
from dandang.terms import InputError, Problem

_ROWS_AT_ONCE = 256
_BUFFER = 1024 * 1024
# The second stands where the footer is encrypted, which the library tells better.
_MARKS = (b"PAR1", b"PARE")
_MARK = len(_MARKS[0])
_LENGTH = 4
_LONGEST_REASON = 200
_LONGEST_KIND = 60


@contextmanager
def opened_parquet(path: Path, plan: ImportMap) -> Iterator[RowFile]:
    """Yield the file; everything that will be read of it was read once and is not damaged.

    Raises InputError: `not_parquet`, `parquet_incomplete`, `parquet_unreadable` (reason),
    `file_unreadable`, the problems of `missing_columns`, and `nested_column` (column, file, kind)
    for a column of the map whose values are no single ones.
    """
    source = str(path)
    with _told(source):
        _check_ends(path)
        file = ParquetFile(
            source,
            buffer_size=_BUFFER,
            pre_buffer=False,  # it would hold all of a row group, often the whole file
            page_checksum_verification=True,
            coerce_int96_timestamp_unit="us",
        )
    with file:
        rows = _Rows(file, plan, source)
        rows.check()
        size = file.metadata.num_rows
        yield RowFile(rows.header, rows, size, lambda: rows.read, has_lines=False)


class _Rows:
    """The rows of an open file; `header` has its columns, trimmed, `read` counts the rows read.

    Left out are columns that fit into no cell, bytes that the map does not name, and names that
    stand twice.
    """

    def __init__(self, file: ParquetFile, plan: ImportMap, source: str) -> None:
        names = [field.name.strip() for field in file.schema_arrow]
        kinds = dict(zip(names, file.schema_arrow.types, strict=True))
        problems = [*missing_columns(plan, names, source), *_nested(plan, kinds, source)]
        if problems:
            raise InputError(problems)
        used = set(plan.columns.all())
        self.header = tuple(
            name
            for name, kind in kinds.items()
            if name in used or (names.count(name) == 1 and has_texts(kind) and not is_bytes(kind))
        )
        self.read = 0
        self._file = file
        self._source = source
        self._columns = [file.schema_arrow.names[names.index(name)] for name in self.header]
        self._texts = [texts_of(kinds[name], _times(plan, name)) for name in self.header]

    def check(self) -> None:
        """Read everything once, so that a damaged file is found before anything is written."""
        for _ in self._batches():
            pass

    def __iter__(self) -> Iterator[Record]:
        self.read = 0
        for batch in self._batches():
            columns = [
                texts(batch.column(name))
                for name, texts in zip(self._columns, self._texts, strict=True)
            ]
            for cells in zip(*columns, strict=True):
                self.read += 1
                # As in CSV, rows with nothing in them are passed over.
                if any(map(str.strip, cells)):
                    yield Record(self.read, self.read, cells)

    def _batches(self) -> Iterator[pa.RecordBatch]:
        # Threads would gain nothing: an import waits for the database.
        with _told(self._source):
            yield from self._file.iter_batches(
                _ROWS_AT_ONCE, columns=self._columns, use_threads=False
            )


def _times(plan: ImportMap, column: str) -> Times:
    """Say how times of the column are written: as the map reads them, where it reads any."""
    instants = Instants(plan.time_formats, ZoneInfo(plan.time_zone))
    is_read = column in {plan.columns.sent_at, plan.columns.ended_at}
    return Times(instants.zone, instants.write if is_read else None)


def _nested(plan: ImportMap, kinds: Mapping[str, pa.DataType], source: str) -> Iterator[Problem]:
    for column in plan.columns.all():
        if column in kinds and not has_texts(kinds[column]):
            params = {"column": column, "file": source, "kind": str(kinds[column])[:_LONGEST_KIND]}
            yield Problem("nested_column", plan.file, plan.line_of("column", column), params)


def _check_ends(path: Path) -> None:
    """Raise InputError where the file has not the beginning and the end of a Parquet file."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(_MARK) not in _MARKS:
            raise InputError([Problem("not_parquet", str(path))])
        file.seek(max(size - _MARK - _LENGTH, 0))
        footer, mark = int.from_bytes(file.read(_LENGTH), "little"), file.read()
    if mark not in _MARKS or footer > size - _LENGTH - 2 * _MARK:
        raise InputError([Problem("parquet_incomplete", str(path))])


@contextmanager
def _told(source: str) -> Iterator[None]:
    """Turn what goes wrong in reading the file into a problem of it."""
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        known = isinstance(error, OSError) and error.strerror
        code = "file_unreadable" if known else "parquet_unreadable"
        reason = str(known or str(error).partition("\n")[0])[:_LONGEST_REASON]
        raise InputError([Problem(code, source, 0, {"reason": reason})]) from None

"""Writes the rows that were not taken in, with row number and reason, beside their file.

The file has the columns of the original, so that it can be corrected and imported with the same
map; what this adds stands before them and is left out when such a file is itself rejected.
"""

import csv
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from dandang.lifecycle.intake.importing.records import Record
from dandang.lifecycle.intake.importing.run import Rejected

ADDED = ("rejected_row", "rejected_line", "rejected_code", "rejected_reason", "rejected_text")


def rejected_path(path: Path) -> Path:
    """Return where the rejected rows of a file go: `rows.csv` gives `rows.rejected.csv`."""
    return path.with_name(f"{path.stem}.rejected.csv")


class RejectedFile:
    """The file of rejected rows; made with the first of them, readable by those who read the input.

    It is UTF-8 with a byte order mark, which spreadsheets and imports recognise. One that is there
    already is kept beside it under the same name with a `~`.
    """

    def __init__(
        self,
        path: Path,
        input_file: Path,
        *,
        header: tuple[str, ...],
        delimiter: str,
        reason: Callable[[Rejected], str],
    ) -> None:
        self._path = path
        self._part = path.with_name(f"{path.name}.part")
        self._mode = input_file.stat().st_mode & 0o777
        self._delimiter = delimiter
        self._reason = reason
        self._header = header
        self._kept = [place for place, name in enumerate(header) if name not in ADDED]
        self._file: IO[str] | None = None

    def write(self, rejected: Rejected) -> None:
        """Add one row. Raises OSError."""
        record = rejected.record
        cells = [str(record.row), str(record.line), rejected.code, self._reason(rejected)]
        if isinstance(record, Record):
            cells += ["", *(record.cells[place] for place in self._kept)]
        else:
            cells.append(record.text)
        if self._file is None:
            self._file = self._open()
            self._write(self._file, [*ADDED, *(self._header[place] for place in self._kept)])
        self._write(self._file, cells)

    def close(self) -> bool:
        """Put the file in its place; say whether there is one because rows were rejected."""
        if self._file is None:
            return False
        self._file.close()
        if self._path.exists():
            self._path.replace(self._path.with_name(f"{self._path.name}~"))
        self._part.replace(self._path)
        return True

    def _write(self, file: IO[str], cells: list[str]) -> None:
        csv.writer(file, delimiter=self._delimiter).writerow(cells)

    def _open(self) -> IO[str]:
        self._part.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        descriptor = os.open(self._part, flags, self._mode)
        # Bytes that were wrong in the input come out as they were.
        return os.fdopen(
            descriptor, "w", encoding="utf-8-sig", errors="surrogateescape", newline=""
        )

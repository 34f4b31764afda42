"""Opens a file of rows, CSV or Parquet, and refuses what cannot be read with its map."""

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from dandang.lifecycle.intake.importing.encodings import encoding_of
from dandang.lifecycle.intake.importing.import_map import ImportMap, misfits
from dandang.lifecycle.intake.importing.records import Records
from dandang.lifecycle.intake.importing.row_file import RowFile
from dandang.terms import InputError, Problem

_PARQUET_NAMES = frozenset({".parquet", ".parq", ".pq"})
_PARQUET_MARK = b"PAR1"


def opened(path: Path, plan: ImportMap) -> AbstractContextManager[RowFile]:
    """Return the file, open for as long as the context lasts.

    A file is Parquet if it begins like one or is named like one; anything else is CSV. Raises
    InputError: `file_unreadable`, the problems of `misfits`, for CSV those of `encoding_of`, for
    Parquet those of `opened_parquet`.
    """
    if not _is_parquet(path):
        return _opened_csv(path, plan)
    # Its library is large: who imports CSV never waits for it.
    from dandang.lifecycle.intake.importing.parquet import opened_parquet  # noqa: PLC0415 as said

    return opened_parquet(path, plan)


def _is_parquet(path: Path) -> bool:
    if path.suffix.lower() in _PARQUET_NAMES:
        return True
    try:
        with path.open("rb") as file:
            return file.read(len(_PARQUET_MARK)) == _PARQUET_MARK
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError([Problem("file_unreadable", str(path), 0, {"reason": reason})]) from None


@contextmanager
def _opened_csv(path: Path, plan: ImportMap) -> Iterator[RowFile]:
    encoding = encoding_of(path, plan.encoding)
    with path.open("rb") as raw:
        text = io.TextIOWrapper(raw, encoding=encoding, errors="surrogateescape", newline="")
        records = Records(text, plan.delimiter)
        problems = list(misfits(plan, records.header, str(path)))
        if problems:
            raise InputError(problems)
        yield RowFile(records.header, records, path.stat().st_size, raw.tell, has_lines=True)

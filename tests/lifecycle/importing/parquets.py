"""Parquet files of the stories: columns of any type, whole or damaged."""

from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from tests.lifecycle.importing.plans import COLUMNS, cells


def row(**values: str) -> dict[str, str]:
    """Return a row that is fine, but for these values."""
    return dict(zip(COLUMNS, cells(**values), strict=True))


def write(path: Path, *rows: dict[str, str], **options: Any) -> Path:
    """Write a file with our columns, all of them texts."""
    table = pa.table({name: [one[name] for one in rows] for name in COLUMNS}, schema=TEXTS)
    parquet.write_table(table, path, **options)
    return path


def write_columns(path: Path, **columns: pa.Array) -> Path:
    """Write a file of one fine row, or as many as these typed columns have, which replace ours."""
    length = len(next(iter(columns.values()), [0]))
    fine = {
        name: pa.array([value] * length) for name, value in row().items() if name not in columns
    }
    if "id" not in columns:
        fine["id"] = pa.array([str(number) for number in range(length)])
    parquet.write_table(pa.table({**fine, **columns}), path)
    return path


TEXTS = pa.schema([(name, pa.string()) for name in COLUMNS])


def lists(*values: str) -> pa.Array:
    """Return a column whose one value is a list."""
    return pa.array([list(values)])

"""The law of formats: CSV and Parquet of the same rows open the same requests."""

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet as pq

from dandang.lifecycle.casework.models import Request
from dandang.lifecycle.casework.queries import history
from dandang.lifecycle.intake.importing.opening import opened
from dandang.lifecycle.intake.importing.rows import BadRow, RowReader
from dandang.lifecycle.intake.importing.run import BATCH, Run
from dandang.lifecycle.replay import replay
from dandang.terms import Refusal
from tests import town
from tests.lifecycle.importing import plans
from tests.lifecycle.importing.plans import COLUMNS

PLAN = plans.small()
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TIME = st.datetimes(allow_imaginary=False).map(lambda moment: moment.isoformat()) | TEXT
USUAL = {
    "id": st.integers(0, 9).map(str) | TEXT,
    "sent": TIME,
    "ended": TIME | st.just(""),
    "kind": st.sampled_from(["Water", "no water", "Other", "Saucers", ""]) | TEXT,
    "area": st.sampled_from(["Qingshan street", "Moon", ""]) | TEXT,
    "state": st.sampled_from(["Closed", "open", ""]),
}
ROWS = st.lists(st.tuples(*(USUAL.get(name, TEXT) for name in COLUMNS)), min_size=1, max_size=12)


def write_csv(path: Path, rows: list[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([COLUMNS, *rows])
    return path


def write_parquet(
    path: Path, rows: list[tuple[str, ...]], *, nulls: bool = False, coded: bool = False
) -> Path:
    texts = [pa.array([value or None if nulls else value for value in column], pa.string())
             for column in zip(*rows, strict=True)]  # fmt: skip
    arrays = [text.dictionary_encode() if coded else text for text in texts]
    pq.write_table(pa.table(arrays, names=list(COLUMNS)), path, row_group_size=5)
    return path


def outcomes(path: Path) -> Iterator[object]:
    """Yield what becomes of each row that is read: what it asks for, or why it cannot be used."""
    with opened(path, PLAN) as rows:
        reader = RowReader(PLAN, rows.header)
        for record in rows.records:
            try:
                yield reader.read(record.cells)
            except (BadRow, Refusal) as refusal:
                details = refusal.params if isinstance(refusal, BadRow) else refusal.details
                yield str(refusal.code), dict(details)


@given(rows=ROWS, nulls=st.booleans(), coded=st.booleans())
def test_csv_and_parquet_of_the_same_rows_ask_for_the_same(rows, nulls, coded):
    with tempfile.TemporaryDirectory() as folder:
        one = write_csv(Path(folder) / "rows.csv", rows)
        other = write_parquet(Path(folder) / "rows.parquet", rows, nulls=nulls, coded=coded)
        assert list(outcomes(one)) == list(outcomes(other))


def take_in(path: Path) -> tuple[int, int, list[tuple[int, str]]]:
    rejected: list[tuple[int, str]] = []
    with opened(path, PLAN) as rows:
        run = Run(
            PLAN,
            rows.header,
            now=town.MONDAY,
            rejected=lambda one: rejected.append((one.record.row, one.code)),
        )
        for _ in run.take_in(rows.records, stop=lambda: False):
            pass
    return run.tally.opened, run.tally.already_present, rejected


@pytest.mark.django_db
def test_a_row_that_came_in_as_csv_is_here_already_as_parquet(tmp_path):
    town.build()
    rows = [plans.cells(id=str(number), kind="Water") for number in range(BATCH + 50)]
    rows[7] = plans.cells(id="7", sent="soon")
    one = write_csv(tmp_path / "rows.csv", rows[: BATCH + 20])
    other = write_parquet(tmp_path / "rows.parquet", rows)
    assert take_in(one) == (BATCH + 19, 0, [(8, "bad_time")])
    assert take_in(other) == (30, BATCH + 19, [(8, "bad_time")])
    assert take_in(other) == (0, BATCH + 49, [(8, "bad_time")])
    result = replay()
    assert (result.cases, result.differing) == (BATCH + 49, 0)


@pytest.mark.django_db
def test_a_case_is_the_same_from_either(tmp_path):
    town.build()
    cells = plans.cells(id="1", kind="Water", area="Qingshan street", name="刘女士", ended="")
    write_csv(tmp_path / "rows.csv", [cells])
    take_in(tmp_path / "rows.csv")
    write_parquet(tmp_path / "rows.parquet", [("2", *cells[1:])])
    take_in(tmp_path / "rows.parquet")
    first, second = (
        [
            {**event.fields, **personal, "source_id": "", "reference": ""}
            for event, personal in history(bytes(request.case.stream))
        ]
        for request in Request.objects.order_by("id")
    )
    assert first == second

"""Stories of Parquet files: whole ones are read like CSV, all others refused with what is wrong."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from dandang.lifecycle.intake.importing.import_map import Columns, ImportMap
from dandang.lifecycle.intake.importing.map_file import parse_map
from dandang.lifecycle.intake.importing.opening import opened
from dandang.lifecycle.intake.importing.records import Record
from dandang.lifecycle.intake.importing.rows import BadRow, RowReader
from dandang.lifecycle.intake.rules import Open
from dandang.terms import InputError, Problem
from tests.lifecycle.importing import parquets, plans
from tests.lifecycle.importing.parquets import row

PLAN = plans.small()
SENT = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)


def read(path: Path, plan: ImportMap = PLAN) -> tuple[tuple[str, ...], list[Record]]:
    with opened(path, plan) as rows:
        found = list(rows.records)
        assert rows.place() == rows.size
        assert not rows.has_lines
    return rows.header, found


def wishes(path: Path, plan: ImportMap = PLAN) -> list[Open]:
    header, records = read(path, plan)
    reader = RowReader(plan, header)
    return [reader.read(record.cells).wish for record in records]


def problems(path: Path, plan: ImportMap = PLAN) -> list[Problem]:
    with pytest.raises(InputError) as caught, opened(path, plan):
        pytest.fail("it was opened")
    return list(caught.value.problems)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rows.parquet"


def test_rows_are_read_as_texts_with_their_number(path):
    parquets.write(path, row(id="1", title="Tap"), row(id="2", text="路灯坏了"))
    header, records = read(path)
    assert header == plans.COLUMNS
    assert [(one.row, one.line) for one in records] == [(1, 1), (2, 2)]
    assert records[1].cells == plans.cells(id="2", text="路灯坏了")


def test_rows_with_nothing_in_them_are_passed_over_and_counted(path):
    nothing = dict.fromkeys(plans.COLUMNS, "")
    parquets.write(path, row(id="1"), {**nothing, "id": " "}, row(id="3"))
    assert [one.row for one in read(path)[1]] == [1, 3]


def test_a_file_without_rows_is_fine(path):
    assert read(parquets.write(path)) == (plans.COLUMNS, [])


def test_more_rows_than_fit_at_once_come_in_order(path):
    parquets.write(path, *(row(id=str(number)) for number in range(1000)), row_group_size=300)
    assert [one.cells[0] for one in read(path)[1]] == [str(number) for number in range(1000)]


def test_a_large_file_is_never_in_memory_as_a_whole(path):
    rows = [row(id=str(number), text=f"{number:x}" * 800) for number in range(10_000)]
    parquets.write(path, *rows, use_dictionary=False, compression="none")
    del rows
    before = pa.total_allocated_bytes()
    with opened(path, PLAN) as file:
        used = [pa.total_allocated_bytes() - before for _ in islice(file.records, 600)]
    assert max(used) < path.stat().st_size / 3


@pytest.mark.parametrize(
    "sent",
    [
        pa.array([SENT.replace(tzinfo=None)], pa.timestamp("us", "UTC")),
        pa.array([SENT.replace(tzinfo=None)], pa.timestamp("ns", "America/New_York")),
        pa.array([datetime.fromisoformat("2026-10-01T09:00")], pa.timestamp("ms")),
        pa.array(["2026-10-01T09:00"]),
        pa.array(["1.10.2026 09:00"]).dictionary_encode(),
    ],
)
def test_a_time_is_the_same_moment_in_every_type(path, sent):
    for formats in (("iso", "%d.%m.%Y %H:%M"), ("%d.%m.%Y %H:%M", "iso")):
        plan = replace(PLAN, time_formats=formats)
        (wish,) = wishes(parquets.write_columns(path, sent=sent), plan)
        assert wish.origin.sent_at == SENT


def test_a_typed_time_needs_no_iso_in_the_map_where_its_own_format_loses_nothing(path):
    plan = replace(PLAN, time_formats=("%d.%m.%Y %H:%M",))
    sent = pa.array([SENT.replace(tzinfo=None), SENT.replace(tzinfo=None, second=5)])
    header, (first, second) = read(parquets.write_columns(path, sent=sent), plan)
    reader = RowReader(plan, header)
    assert reader.read(first.cells).wish.origin.sent_at.hour == 17  # of the day before, in UTC
    with pytest.raises(BadRow) as caught:
        reader.read(second.cells)
    assert caught.value.code == "bad_time"
    assert "2026-10-01T01:00:05" in second.cells


def test_numbers_dates_and_flags_are_texts(path):
    columns = {
        "id": pa.array([17.0]),
        "kind": pa.array(["Water"]).dictionary_encode(),
        "number": pa.array([Decimal(9)], pa.decimal128(4, 0)),
        "street": pa.array([None], pa.string()),
        "more": pa.array([SENT.date()]),
        "phone": pa.array([13900000000]),
    }
    (wish,) = wishes(parquets.write_columns(path, **columns))
    assert (wish.origin.source_id, wish.category, wish.location) == ("17", "water_supply", "9")
    assert wish.text.endswith("2026-10-01")
    assert wish.contact.phone == "13900000000"


def test_old_files_with_times_of_96_bits_and_texts_as_bytes_are_read(path):
    columns = {name: pa.array([value.encode()]) for name, value in row().items()}
    columns["sent"] = pa.array([datetime.fromisoformat("2026-10-01T09:00")])
    pq.write_table(pa.table(columns), path, use_deprecated_int96_timestamps=True)
    (wish,) = wishes(path)
    assert (wish.text, wish.origin.sent_at) == ("No water", SENT)


def test_wrong_bytes_in_a_text_are_left_to_their_row(path):
    parquets.write_columns(path, text=pa.array([b"caf\xe9", b"tea"]))
    header, (first, second) = read(path)
    assert first.cells[header.index("text")] == "caf\udce9"
    assert second.cells[header.index("text")] == "tea"


def test_columns_that_fit_in_no_cell_are_left_out_and_the_others_kept_for_rejected_rows(path):
    extra = {
        "tags": pa.array([["a", "b"]]),
        "photo": pa.array([b"\x89PNG"]),
        "place": pa.array([{"x": 1}]),
        "took": pa.array([5], pa.duration("s")),
        " agency ": pa.array(["DOT"]),
        "text.1": pa.array(["another"]),
    }
    parquets.write_columns(path, **extra)
    header, (record,) = read(path)
    assert sorted(set(header) - set(plans.COLUMNS)) == ["agency", "text.1"]
    assert record.cells[header.index("agency")] == "DOT"
    assert record.cells[header.index("text.1")] == "another"
    assert record.cells[header.index("text")] == "No water"


def test_a_name_that_stands_twice_matters_only_if_the_map_names_it(path):
    fine = [(name, pa.array([value])) for name, value in row().items()]
    names, arrays = zip(*fine, ("note", pa.array(["a"])), ("note", pa.array(["b"])), strict=True)
    pq.write_table(pa.table(list(arrays), names=list(names)), path)
    assert read(path)[0] == plans.COLUMNS
    names, arrays = zip(*fine, (" text ", pa.array(["b"])), strict=True)
    pq.write_table(pa.table(list(arrays), names=list(names)), path)
    (problem,) = problems(path)
    assert (problem.code, problem.params["column"]) == ("duplicate_column", "text")


def test_what_the_map_needs_and_the_file_has_not_is_told_all_at_once(path):
    table = {name: [value] for name, value in row().items() if name not in {"sent", "kind"}}
    pq.write_table(pa.table({**table, "text": [["No", "water"]]}), path)
    plan = parse_map(plans.SMALL, "letters.toml")
    found = {problem.params["column"]: problem for problem in problems(path, plan)}
    assert {name: problem.code for name, problem in found.items()} == {
        "sent": "missing_column", "kind": "missing_column", "text": "nested_column",
    }  # fmt: skip
    assert {problem.source for problem in found.values()} == {"letters.toml"}
    assert all(problem.line for problem in found.values())
    assert found["text"].params["kind"].startswith("list<")
    assert "title" in found["sent"].params["present"]


def test_one_column_with_a_comma_in_its_name_is_not_taken_for_csv(path):
    pq.write_table(pa.table({"id,text": ["1"]}), path)
    plan = ImportMap("x", "x", "utf-8", ",", "UTC", ("iso",), Columns("id", "id", ("id",)))
    assert [problem.code for problem in problems(path, plan)] == ["missing_column"]


def test_it_is_known_by_its_beginning_whatever_its_name(path, tmp_path):
    parquets.write(path, row(id="7"))
    other = path.rename(tmp_path / "rows.csv")
    assert [one.cells[0] for one in read(other)[1]] == ["7"]


@pytest.mark.parametrize("name", ["rows.parquet", "ROWS.PARQUET", "rows.pq", "rows.parq"])
@pytest.mark.parametrize("content", [b"", b"PAR", b"id,text\n1,a\n", b"\x89PNG\r\n" * 9])
def test_what_is_only_named_so_is_told(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    (problem,) = problems(tmp_path / name)
    assert (problem.code, problem.source) == ("not_parquet", str(tmp_path / name))


def test_a_file_that_is_cut_off_anywhere_is_incomplete(path):
    whole = parquets.write(path, row(id="1"), row(id="2")).read_bytes()
    for length in (*range(4, len(whole), 97), *range(len(whole) - 10, len(whole))):
        path.write_bytes(whole[:length])
        assert [problem.code for problem in problems(path)] == ["parquet_incomplete"]


def test_a_damaged_file_is_refused_before_its_first_row(path):
    rows = [row(id=str(number), text=f"letter {number}") for number in range(900)]
    plain = {"compression": "none", "use_dictionary": False, "row_group_size": 100}
    whole = parquets.write(path, *rows, write_page_checksum=True, **plain).read_bytes()
    path.write_bytes(whole.replace(b"letter 855", b"latter 855"))
    (problem,) = problems(path)
    assert (problem.code, problem.source) == ("parquet_unreadable", str(path))
    assert problem.params["reason"]
    assert "\n" not in problem.params["reason"]


def test_a_damaged_footer_is_told(path):
    whole = parquets.write(path, row()).read_bytes()
    path.write_bytes(whole[:-40] + b"\xff" * 32 + whole[-8:])
    assert [problem.code for problem in problems(path)] == ["parquet_unreadable"]


def test_an_encrypted_file_is_told_by_what_the_library_says(path):
    whole = parquets.write(path, row()).read_bytes()
    path.write_bytes(b"PARE" + whole[4:-4] + b"PARE")
    assert [problem.code for problem in problems(path)] == ["parquet_unreadable"]


def test_a_file_that_cannot_be_opened_is_told(tmp_path):
    for name in ("none.parquet", "none.csv"):
        (problem,) = problems(tmp_path / name)
        assert (problem.code, problem.source) == ("file_unreadable", str(tmp_path / name))
        assert problem.params["reason"]


def test_csv_keeps_its_lines(tmp_path):
    path = plans.write(tmp_path / "rows.csv", plans.line(id="1"))
    with opened(path, PLAN) as rows:
        assert [record.line for record in rows.records] == [2]
        assert rows.has_lines
        assert rows.place() == rows.size == path.stat().st_size


def test_csv_that_does_not_fit_its_map_is_refused_too(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("id,sent\n", encoding="utf-8")
    assert {problem.code for problem in problems(path)} == {"missing_column"}

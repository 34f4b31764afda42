"""Stories of `dandang import` with Parquet: told, refused and interrupted like CSV."""

import csv
import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.ledger.queries import size
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.intake.importing import run as module
from tests import town
from tests.interfaces.cli.calling import Called, call, surroundings
from tests.lifecycle.importing import parquets, plans
from tests.lifecycle.importing.parquets import row


@pytest.fixture
def city(db: None) -> None:
    town.build()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "letters.toml").write_text(plans.SMALL, encoding="utf-8")
    return tmp_path


def imports(folder: Path, *more: str) -> Called:
    path = str(folder / "rows.parquet")
    return call("import", path, "--map", str(folder / "letters.toml"), *more)


def test_it_ends_with_the_same_object_as_csv(city, folder):
    parquets.write(
        folder / "rows.parquet",
        row(id="1", kind="Water", state="Closed"),
        row(id="2", kind="Saucers"),
        row(id="3", sent="soon"),
    )
    called = imports(folder, "--json")
    assert called.code == Exit.CHECK_FAILED
    assert called.record == {
        "rows": 3, "opened": 2, "already_present": 0, "errors": 1, "ended": 1,
        "uncategorised": 1, "unplaced": 0, "map": "letters",
        "rejected_file": str(folder / "rows.rejected.csv"), "interrupted": False,
    }  # fmt: skip
    assert imports(folder, "--json").record["already_present"] == 2


def test_people_are_told_of_rows_where_there_are_no_lines(city, folder):
    parquets.write(folder / "rows.parquet", row(id="1"), row(id="2", kind="Saucers", area="Moon"))
    words = imports(folder).out
    assert "wait at intake; the first is in row 2." in words
    assert "an area the map does not know; the first is in row 2." in words
    parquets.write(folder / "rows.parquet", row(id="1"), row(id="3", kind="Saucers"))
    assert "第 2 行" in imports(folder, "--lang", "zh").out


def test_bad_rows_stand_as_csv_beside_the_input_and_can_be_imported_when_corrected(city, folder):
    parquets.write(folder / "rows.parquet", row(id="1"), row(id="2", sent="soon", text="停水"))
    assert imports(folder).code == Exit.CHECK_FAILED
    path = folder / "rows.rejected.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert rows[0][-len(plans.COLUMNS) :] == list(plans.COLUMNS)
    assert [line[:3] for line in rows[1:]] == [["2", "2", "bad_time"]]
    path.write_bytes(path.read_bytes().replace(b"soon", b"2026-10-01"))
    again = call("import", str(path), "--map", str(folder / "letters.toml"), "--json")
    assert (again.code, again.record["opened"]) == (Exit.OK, 1)


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        (b"id,text\n1,a\n", "not_parquet", "Export it again, or name it .csv if it is CSV."),
        (b"PAR1 and then nothing", "parquet_incomplete", "Copy or export it again."),
        (b"PAR1" + b"\xff" * 40 + b"\x20\0\0\0PAR1", "parquet_unreadable", "as CSV if need be."),
    ],
)
def test_a_bad_file_is_refused_with_what_to_do_and_nothing_is_written(
    city, folder, content, code, told
):
    (folder / "rows.parquet").write_bytes(content)
    before = size()
    called = imports(folder, "--json")
    assert called.code == Exit.USAGE
    assert called.record["error"]["details"]["problems"][0]["code"] == code
    assert told in imports(folder).err
    assert size() == before
    assert sorted(path.name for path in folder.iterdir()) == ["letters.toml", "rows.parquet"]


def test_a_column_of_lists_is_refused_with_its_name(city, folder):
    parquets.write_columns(folder / "rows.parquet", text=parquets.lists("No", "water"))
    called = imports(folder)
    assert called.code == Exit.USAGE
    assert "letters.toml, line 12: " in called.err
    assert "the values of the column “text” are no single ones (list<" in called.err


def test_ctrl_c_finishes_the_row_keeps_it_and_says_how_to_go_on(city, folder, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 3)
    known = module.known_source_ids

    def interrupted(source: str, ids: object) -> set[str]:
        signal.raise_signal(signal.SIGINT)
        return known(source, ids)

    monkeypatch.setattr(module, "known_source_ids", interrupted)
    parquets.write(folder / "rows.parquet", *(row(id=str(number)) for number in range(10)))
    called = imports(folder)
    assert called.code == Exit.INTERRUPTED
    assert "Stopped after row " in called.out
    monkeypatch.undo()
    before = Case.objects.count()
    assert before < 10
    again = imports(folder, "--json")
    assert (again.record["already_present"], again.record["opened"]) == (before, 10 - before)


def test_who_imports_csv_never_loads_the_library():
    program = (
        "import django, sys; django.setup();"
        "import dandang.interfaces.cli.import_rows, dandang.lifecycle.intake.importing.opening,"
        "dandang.lifecycle.intake.importing.run;"
        "sys.exit('pyarrow' in sys.modules)"
    )
    where = surroundings(DJANGO_SETTINGS_MODULE="dandang.config.settings")
    subprocess.run([sys.executable, "-c", program], env=where, check=True, timeout=60)

"""Stories of `dandang import`: one object at the end, bad rows beside the input, safe to stop."""

import csv
import io
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from dandang.interfaces.cli import import_rows
from dandang.interfaces.cli.exits import Exit
from dandang.ledger.queries import size
from dandang.ledger.sequencer import lag
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.intake.importing import run as module
from tests import town
from tests.interfaces.cli.calling import Called, call, command, run, surroundings
from tests.lifecycle.importing import plans


@pytest.fixture
def city(db: None) -> None:
    town.build()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "letters.toml").write_text(plans.SMALL, encoding="utf-8")
    return tmp_path


def imports(folder: Path, *lines: str, more: tuple[str, ...] = ("--json",)) -> Called:
    path = plans.write(folder / "rows.csv", *lines)
    return call("import", str(path), "--map", str(folder / "letters.toml"), *more)


def test_it_ends_with_one_object(city, folder):
    called = imports(folder, plans.line(id="1", kind="Water"), plans.line(id="2", kind="Saucers"))
    assert called.code == Exit.OK
    assert called.record == {
        "rows": 2, "opened": 2, "already_present": 0, "errors": 0, "ended": 0,
        "uncategorised": 1, "unplaced": 0, "map": "letters", "rejected_file": None,
        "interrupted": False,
    }  # fmt: skip
    assert lag().waiting == 0
    assert not (folder / "rows.rejected.csv").exists()
    assert imports(folder, plans.line(id="1"), plans.line(id="2")).record["already_present"] == 2


def test_bad_rows_are_exit_1_and_stand_beside_the_input_with_their_reasons(city, folder):
    called = imports(folder, plans.line(id="1"), plans.line(id="2", sent="soon"), "3,few\n")
    assert called.code == Exit.CHECK_FAILED
    assert (called.record["opened"], called.record["errors"]) == (1, 2)
    path = folder / "rows.rejected.csv"
    assert called.record["rejected_file"] == str(path)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert rows[0][-len(plans.COLUMNS) :] == list(plans.COLUMNS)
    assert [row[:3] for row in rows[1:]] == [
        ["2", "3", "bad_time"],
        ["3", "4", "wrong_number_of_cells"],
    ]
    assert "“sent”" in rows[1][3]


def test_corrected_rows_can_be_imported_from_the_file_of_rejected_ones(city, folder):
    imports(folder, plans.line(id="1", sent="soon", title="Tap", text="停水"))
    path = folder / "rows.rejected.csv"
    path.write_bytes(path.read_bytes().replace(b"soon", b"2026-10-01"))
    again = call("import", str(path), "--map", str(folder / "letters.toml"), "--json")
    assert (again.code, again.record["opened"]) == (Exit.OK, 1)


def test_bad_rows_go_where_one_says(city, folder):
    place = folder / "elsewhere.csv"
    imports(folder, "1,few\n", more=("--rejected", str(place)))
    assert place.exists()
    assert not (folder / "rows.rejected.csv").exists()


def test_bad_rows_go_to_the_working_directory_when_the_input_lies_where_nobody_may_write(
    city, folder, monkeypatch
):
    here = folder / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    really = os.access

    def nobody_may_write(place: Path, mode: int) -> bool:
        return False if mode & os.W_OK and Path(place) == folder else really(place, mode)

    monkeypatch.setattr(import_rows.os, "access", nobody_may_write)
    called = imports(folder, "1,few\n")
    assert called.record["rejected_file"] == str(here / "rows.rejected.csv")
    assert (here / "rows.rejected.csv").exists()


def test_a_place_for_bad_rows_that_cannot_be_written_is_a_wrong_command_line(city, folder):
    called = imports(folder, "1,few\n", more=("--rejected", str(folder / "no" / "x.csv"), "--json"))
    assert (called.code, called.record["error"]["code"]) == (Exit.USAGE, "file_unusable")


def test_words_for_people_tell_numbers_and_places_but_nothing_personal(city, folder):
    lines = (
        plans.line(id="1", kind="Saucers", area="Moon", name="刘女士"),
        plans.line(id="2", kind="Water", state="Closed"),
        plans.line(id="3", sent="soon", name="周先生"),
    )
    called = imports(folder, *lines, more=())
    assert called.out.splitlines() == [
        "3 rows: 2 opened, 0 already present, 1 not usable.",
        "1 of those opened had ended in the other system.",
        "1 have a category the map does not know and wait at intake; the first is in line 2.",
        "1 have an area the map does not know; the first is in line 2.",
        f"Rows that are not usable, with the reasons: {folder / 'rows.rejected.csv'}",
    ]
    assert "先生" not in called.out + called.err
    assert "共 3 行" in imports(folder, *lines, more=("--lang", "zh")).out


def fails(folder: Path, *words: str) -> dict[str, object]:
    """Expect an import to be refused as a whole; return its first problem."""
    before = size()
    called = call("import", *words, "--json")
    assert called.code == Exit.USAGE
    assert size() == before
    return called.record["error"]["details"]["problems"][0]


def test_a_map_that_names_a_missing_column_is_refused_with_the_columns_there_are(city, folder):
    path = folder / "rows.csv"
    path.write_text("id,when\n1,2026-10-01\n", encoding="utf-8")
    problem = fails(folder, str(path), "--map", str(folder / "letters.toml"))
    assert problem["code"] == "missing_column"
    assert problem["params"]["column"] == "sent"
    assert problem["params"]["present"] == "id, when"
    said = call("import", str(path), "--map", str(folder / "letters.toml")).err
    assert "letters.toml, line 10: " in said
    assert "has no column “sent”" in said


def test_a_file_in_another_encoding_is_refused_with_its_name(city, folder):
    path = plans.write(folder / "rows.csv", plans.line(text="路灯坏了"), encoding="gb18030")
    problem = fails(folder, str(path), "--map", str(folder / "letters.toml"))
    assert (problem["code"], problem["params"]["detected"]) == ("other_encoding", "gb18030")


def test_an_unknown_map_is_refused_with_the_ready_ones(city, folder):
    path = plans.write(folder / "rows.csv")
    problem = fails(folder, str(path), "--map", "boston")
    assert (problem["code"], problem["params"]["ready"]) == ("unknown_map", "nyc311, zh_messages")


def test_a_map_with_mistakes_is_refused_with_their_lines(city, folder):
    (folder / "bad.toml").write_text('name = "x"\nspeed = 1\n', encoding="utf-8")
    path = plans.write(folder / "rows.csv")
    called = call("import", str(path), "--map", str(folder / "bad.toml"))
    assert called.code == Exit.USAGE
    assert "bad.toml, line 2: There is no “speed” here." in called.err


def test_a_map_that_names_unknown_codes_is_refused(city, folder):
    (folder / "letters.toml").write_text(plans.SMALL.replace("qingshan", "moon"), encoding="utf-8")
    path = plans.write(folder / "rows.csv", plans.line())
    assert fails(folder, str(path), "--map", str(folder / "letters.toml"))["code"] == "unknown_area"


def test_a_file_that_is_not_there_is_a_wrong_command_line(folder):
    called = call("import", str(folder / "none.csv"), "--map", "nyc311", "--json")
    assert (called.code, called.record["error"]["code"]) == (Exit.USAGE, "usage")


def test_before_the_set_up_it_says_what_to_do(db, folder):
    called = imports(folder, plans.line(), more=())
    assert called.code == Exit.CONFIGURATION
    assert "dandang organization load" in called.err


def test_ctrl_c_finishes_the_row_keeps_it_and_says_how_to_go_on(city, folder, monkeypatch):
    monkeypatch.setattr(module, "BATCH", 3)
    known = module.known_source_ids

    def interrupted(source: str, ids: object) -> set[str]:
        signal.raise_signal(signal.SIGINT)
        return known(source, ids)

    monkeypatch.setattr(module, "known_source_ids", interrupted)
    lines = [plans.line(id="x", sent="soon"), *(plans.line(id=str(n)) for n in range(10))]
    called = imports(folder, *lines, more=())
    assert called.code == Exit.INTERRUPTED
    assert "Run the same command again to go on" in called.out
    monkeypatch.undo()
    before = Case.objects.count()
    assert before < 10
    again = imports(folder, *lines)
    assert (again.record["already_present"], again.record["opened"]) == (before, 10 - before)


def test_the_second_ctrl_c_ends_it_at_once(monkeypatch):
    with import_rows._stopping() as stopping:
        assert not stopping()
        signal.raise_signal(signal.SIGINT)
        assert stopping()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_a_killed_import_loses_one_batch_at_most_and_doubles_nothing(fresh_database, folder):
    town.build()
    lines = [plans.line(id=str(number), kind="Water") for number in range(3000)]
    path = plans.write(folder / "rows.csv", *lines)
    words = ("import", str(path), "--map", str(folder / "letters.toml"), "--json")
    with subprocess.Popen(
        command(*words), env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        while Case.objects.count() < 400 and process.poll() is None:
            time.sleep(0.02)
        process.kill()
    left = Case.objects.count()
    assert left % module.BATCH == 0
    done = run(*words)
    assert done.record["already_present"] >= left
    assert done.record["rows"] == 3000 == Case.objects.count()
    replayed = run("ledger", "replay", "--json").record
    assert (replayed["cases"], replayed["differences"]) == (3000, 0)

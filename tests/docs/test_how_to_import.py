"""The page about imports is true: its files and commands, run in order, do what it says."""

import csv
import re
import shlex
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.intake.importing.rows import MAX_LINE, MAX_SOURCE_ID
from dandang.lifecycle.intake.importing.run import BATCH
from dandang.terms import MAX_TEXT
from tests.architecture.tree import ROOT
from tests.interfaces.cli.calling import call

PAGE = ROOT / "docs" / "how-to" / "import-requests.md"
BLOCK = re.compile(
    r"^```(?P<kind>\w+)(?: exit=(?P<exit>\d+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
NAME = re.compile(r"`(\w+\.(?:csv|toml))`[^`]*\Z")


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%d.%m.%Y %H:%M")  # noqa: DTZ007 the file has no offset either


def write_letters(folder: Path) -> None:
    """Write the letters of the page and a new one as Parquet, with a typed time."""
    with (folder / "letters.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    new = {**rows[0], "Nr": "19", "Subject": "Still no water"}
    table = pa.Table.from_pylist([*rows, new])
    received = pa.array([moment(row["Received"]) for row in (*rows, new)])
    place = table.schema.get_field_index("Received")
    parquet.write_table(table.set_column(place, "Received", received), folder / "letters.parquet")


def test_the_commands_of_the_page_do_what_it_says(fresh_database, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        if block["kind"] != "sh":
            name = NAME.search(text, 0, block.start())[1]
            (tmp_path / name).write_text(block["text"], encoding="utf-8")
            continue
        for line in block["text"].splitlines():
            program, *words = shlex.split(line)
            assert program == "dandang"
            if "letters.parquet" in words:
                write_letters(tmp_path)
            called = call(*words)
            assert called.code == int(block["exit"] or 0), (line, called)
    assert (tmp_path / "messages.rejected.csv").exists()
    assert list(Case.objects.order_by("id").values_list("holder", "state")) == [
        ("hotline-intake", "received"),
        ("hotline-intake", "received"),
        ("hotline-coordination", "assigned"),
        ("transport-duty", "unanswered"),
        ("hotline-coordination", "assigned"),
    ]


@pytest.mark.parametrize("number", [f"{MAX_TEXT:,}", str(MAX_LINE), str(MAX_SOURCE_ID), str(BATCH)])
def test_the_limits_on_the_page_are_those_of_the_code(number):
    assert number in PAGE.read_text(encoding="utf-8")

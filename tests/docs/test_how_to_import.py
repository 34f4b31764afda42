"""The page about imports is true: its files and commands, run in order, do what it says."""

import re
import shlex

import pytest

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
            called = call(*words)
            assert called.code == int(block["exit"] or 0), (line, called)
    assert (tmp_path / "messages.rejected.csv").exists()
    assert list(Case.objects.order_by("id").values_list("holder", "state")) == [
        ("hotline-intake", "received"),
        ("hotline-intake", "received"),
        ("hotline-coordination", "assigned"),
        ("transport-duty", "unanswered"),
    ]


@pytest.mark.parametrize("number", [f"{MAX_TEXT:,}", str(MAX_LINE), str(MAX_SOURCE_ID), str(BATCH)])
def test_the_limits_on_the_page_are_those_of_the_code(number):
    assert number in PAGE.read_text(encoding="utf-8")

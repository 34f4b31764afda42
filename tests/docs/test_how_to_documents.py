"""The page about documents is true: its commands do what it says, its numbers are the code's."""

import re
import shlex

import pytest

from dandang.interfaces.desk.documents.handover import MOST_CASES, SOON_DAYS
from dandang.interfaces.desk.documents.notice import MOST_LINES
from dandang.organization.actions.training import freeze_time
from tests import town
from tests.architecture.tree import ROOT
from tests.interfaces.cli.calling import call
from tests.interfaces.desk.paper import opened, words

PAGE = (ROOT / "docs" / "how-to" / "documents.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```sh(?: exit=(?P<exit>\d+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_commands_of_the_page_do_what_it_says(db, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    town.build()
    freeze_time(town.MONDAY)
    matter = ("--title", "No water", "--text", "No water", "--category", "water_supply")
    reference = call("case", "open", "--json", *matter).record["reference"]
    for block in BLOCK.finditer(PAGE):
        for line in block["text"].splitlines():
            program, *typed = shlex.split(line.replace("7K4M-9Q2X", reference))
            assert program == "dandang"
            called = call(*typed)
            assert called.code == int(block["exit"] or 0), (line, called)
    titles = {
        path.name: words(opened(path.read_bytes())).partition(reference)[0]
        for path in tmp_path.iterdir()
    }
    assert titles.keys() == {"notice.docx", "history.docx", "handover.docx"}
    assert titles["notice.docx"].startswith("Notice of follow-up")
    assert titles["history.docx"].startswith("工单办理经过")
    assert titles["handover.docx"].startswith("Handover sheet Water bureau · Duty desk")


@pytest.mark.parametrize(
    "sentence",
    [
        f"at most the last {MOST_LINES} events",
        f"due within {SOON_DAYS} working days",
        f"at most {MOST_CASES:,} cases",
    ],
)
def test_the_limits_on_the_page_are_those_of_the_code(sentence):
    assert sentence in PAGE


def test_the_keys_of_results_are_on_the_reference_page(db, tmp_path):
    town.build()
    freeze_time(town.MONDAY)
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    matter = ("--title", "No water", "--text", "No water", "--category", "water_supply")
    reference = call("case", "open", "--json", *matter).record["reference"]
    as_chen_hui = ("--as", town.CHEN_HUI, "--json", "--out")
    for command, words_of_it in (
        ("case document", (reference, "--kind", "notice", *as_chen_hui, str(tmp_path / "a"))),
        ("post handover", ("water-duty", *as_chen_hui, str(tmp_path / "b"))),
    ):
        row = re.search(rf"^\| `{command}` \| (.*) \|$", page, re.MULTILINE)[1]
        keys = call(*command.split(), *words_of_it).record.keys()
        assert keys == set(re.findall(r"`(\w+)`", row))

"""The page about precedents is true: its commands, run in order, do what it says."""

import re
import shlex

import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.desk.precedents import SHOWN_FOR
from dandang.lifecycle.casework.precedent_search import SIMILAR
from tests.architecture.tree import ROOT
from tests.interfaces.cli.calling import call

PAGE = (ROOT / "docs" / "how-to" / "precedents.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^dandang (.*)$", re.MULTILINE)


def test_the_commands_of_the_page_do_what_it_says(fresh_database):
    reference, said = "", {}
    for line in COMMAND.findall(PAGE):
        words = shlex.split(line.replace("REFERENCE", reference))
        if words[:2] == ["case", "open"]:
            called = call(*words, "--json")
            reference = called.record["reference"]
        else:
            called = call(*words)
        assert called.code == Exit.OK, (line, called)
        said[line] = called.out
    listed = [out for line, out in said.items() if line.startswith("precedents")]
    assert len(listed) == 3
    assert all("Noise act, article 43" in out for out in listed)


@pytest.mark.parametrize("verb", sorted(SHOWN_FOR))
def test_the_page_names_every_form_that_shows_precedents(verb):
    name = {"decide-dispute": "decide the dispute"}.get(verb, verb.replace("-", " "))
    assert f"*{name}*" in PAGE


def test_the_page_says_how_many_are_shown():
    assert SIMILAR == 5
    assert "up to five decisions" in PAGE

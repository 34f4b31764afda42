"""The page about the command line names every command, option, exit code and key."""

import re

import click

from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.main import main
from tests import town
from tests.interfaces.cli.calling import call
from tests.lifecycle.disputes import decided
from tools.commands import COMMON, leaves
from tools.docs import ROOT

SECTION = re.compile(r"^### `(dandang[^`]*)`\n(.*?)(?=^###|\Z)", flags=re.MULTILINE | re.DOTALL)
PAGE = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")


def test_every_command_and_every_option_is_on_the_page():
    contexts = list(leaves(click.Context(main, info_name="dandang")))
    assert len(contexts) > 30
    sections = dict(
        re.findall(r"^### `(dandang[^`]*)`\n(.*?)(?=^###|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    )
    for context in contexts:
        (section,) = (
            text
            for name, text in sections.items()
            if re.sub(r" [\[A-Zb].*", "", name) == context.command_path
        )
        for option in context.command.params:
            if isinstance(option, click.Option) and COMMON.isdisjoint(option.opts):
                assert f"`{option.opts[0]}" in section


def test_every_exit_code_is_on_the_page():
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    assert codes == set(Exit)


def keys_of(command: str) -> set[str]:
    row = re.search(rf"^\| `{command}` \| (.*) \|$", PAGE, re.MULTILINE)[1]
    return set(re.findall(r"`(\w+)`", row))


def test_the_keys_of_results_are_on_the_page(db):
    town.build()
    opened = call("case", "open", "--title", "x", "--text", "x", "--json").record
    assert opened.keys() == keys_of("case open")
    listed = call("case", "list", "--json", "--reveal").records[0]
    assert listed.keys() == keys_of("case list")
    shown = call("case", "show", opened["reference"], "--json").record
    other = {"title", "overdue", "personal"}
    assert shown.keys() == (keys_of("case show") | keys_of("case list")) - other
    words = ("note", opened["reference"], "--as", town.ZHAO_MIN, "--text", "x", "--json")
    assert call("case", *words).record.keys() == keys_of("case VERB") - {"attach", "receipt"}
    assert call("ledger", "replay", "--json").record.keys() == keys_of("ledger replay")
    assert call("duties", "check", "--json").records[0].keys() == keys_of("duties check")
    doctor = call("doctor", "--json").record
    assert doctor.keys() == {"ok", "checks"} <= keys_of("doctor")
    decided()
    precedents = call("precedents", "list", "--json", "--reveal").records[0]
    assert precedents.keys() == keys_of("precedents list")
    load = call("organization", "load", "--ready", "nyc311", "--json").record
    assert "error" in load

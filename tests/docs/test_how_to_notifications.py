"""The page about messages is true: commands and file work, figures are those of the code."""

import re
import shlex

from dandang.config.messages import hours
from dandang.interfaces.cli.exits import Exit
from dandang.lifecycle.event_types import EVENT_TYPES
from dandang.notifications.rules import officers, requesters
from dandang.notifications.rules.timing import PROBES, TOO_OLD, TRIES
from dandang.notifications.sms.gateway import PLACEHOLDERS, read_gateway
from dandang.notifications.upkeep import KEPT
from dandang.notifications.words import TEMPLATES
from tests import town
from tests.architecture.tree import ROOT
from tests.interfaces.cli.calling import call
from tests.notifications.city import opens

PAGE = (ROOT / "docs" / "how-to" / "notifications.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs" / "reference" / "notifications.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^dandang (.*)$", re.MULTILINE)
FILE = re.compile(r"```toml\n(.*?)```", re.DOTALL)
ROW = re.compile(r"^\| (`\w+`[^|]*) \| ([^|]*) \| ([^|]*) \|$", re.MULTILINE)
CODE = re.compile(r"`(\w+)`")


def test_the_commands_of_the_page_do_what_it_says(db):
    town.build()
    reference = opens()
    for line in COMMAND.findall(PAGE):
        called = call(*shlex.split(line.replace("REFERENCE", reference)))
        assert called.code == Exit.OK, (line, called)


def test_the_file_of_the_page_describes_a_gateway():
    (text,) = FILE.findall(PAGE)
    gateway = read_gateway(text, "sms.toml")
    assert gateway.signature == "江城热线"
    for name in PLACEHOLDERS:
        assert f"`{name}`" in PAGE


def test_the_figures_of_the_page_are_those_of_the_code():
    assert [span.total_seconds() / 60 for span in PROBES] == [1, 5, 15, 30]
    assert [span.total_seconds() / 60 for span in TRIES] == [1, 5, 15, 60, 240, *[1440] * 3]
    assert KEPT.days == 90
    assert TOO_OLD.days == 14
    usual = hours()
    assert f"{usual.quiet_from:%H:%M} to {usual.quiet_to:%H:%M}" in PAGE
    assert " or ".join(f"{one:%H:%M}" for one in usual.digest_times) in PAGE
    assert (usual.digest_after, usual.digest_window.total_seconds()) == (5, 3600)


def test_the_reference_names_every_event_of_which_somebody_is_told():
    rows = {event: row for row in ROW.findall(REFERENCE) for event in CODE.findall(row[0])}
    for kind, rules, column in (
        ("requesters", requesters.RULES, 1),
        ("officers", officers.RULES, 2),
    ):
        told = {event for event, row in rows.items() if row[column] != "–"} & EVENT_TYPES.keys()
        assert rules.keys() <= told, kind
    named = {code for row in rows.values() for cell in row[1:] for code in CODE.findall(cell)}
    assert named == TEMPLATES.keys()

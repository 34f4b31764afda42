"""The page about what is due is true: its commands run, and it names what the reports say."""

import re
import shlex

import pytest

from dandang.interfaces.cli import report_views
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.reports import report
from tests import town
from tests.architecture.tree import ROOT
from tests.interfaces.cli.calling import call

PAGE = (ROOT / "docs" / "how-to" / "see-what-is-due.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^dandang (.*)$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_page_does_what_it_says(db, line):
    town.build()
    call("case", "open", "--title", "x", "--text", "x")
    called = call(*shlex.split(line))
    assert called.code in {Exit.OK, Exit.CHECK_FAILED}
    if called.code == Exit.CHECK_FAILED:
        assert "--fail-on" in line


def test_the_page_has_every_report_and_the_figures_it_names():
    names = {line.split()[1] for line in COMMANDS if line.startswith("report")}
    assert names == set(report.commands)
    assert report_views.SOON_DAYS == 3
    days = next(one for one in report.commands["stalled"].params if one.name == "days")
    assert days.default == 5
    assert "for five working days" in PAGE
    assert "within three working days" in PAGE

"""The page on workers says what they do: its commands run."""

import re
import shlex
from pathlib import Path

import pytest

from dandang.interfaces.cli.exits import Exit
from tests import town
from tests.interfaces.cli.calling import call

pytestmark = pytest.mark.database
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "run-workers.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^dandang (.*)$", re.MULTILINE)


WORKING, TRAINING = (COMMAND.findall(part) for part in PAGE.split("## Let time pass"))


@pytest.mark.parametrize("commands", [WORKING, TRAINING])
def test_the_commands_of_the_page_do_what_it_says(db, commands):
    town.build()
    assert len(commands) >= 2
    for line in commands:
        called = call(*shlex.split(line))
        assert called.code == Exit.OK, (line, called)

"""The page about policies is true: its city loads, opens a case and knows its deadline."""

import re
import shlex
import textwrap
from datetime import date

from dandang.lifecycle.casework.models import Case
from dandang.organization.queries import current_policy, work_calendar
from dandang.policy import ready_policies
from tests.architecture.tree import ROOT
from tests.interfaces.cli.calling import call

TEXT = (ROOT / "docs/how-to/choose-a-policy.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^ *```(?P<kind>\w+)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"`(\w+\.(?:csv|toml))`[^`]*\Z")


def test_the_steps_set_up_a_city_that_opens_a_case(fresh_database, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "riverton").mkdir()
    for block in BLOCK.finditer(TEXT):
        text = textwrap.dedent(block["text"])
        if block["kind"] != "sh":
            name = NAME.search(TEXT, 0, block.start())[1]
            (tmp_path / "riverton" / name).write_text(text, encoding="utf-8")
            continue
        for line in text.splitlines():
            called = call(*shlex.split(line)[1:])
            assert called.code == 0, (line, called)
    assert current_policy().name == "generic-311"
    assert work_calendar().is_working_day(date(2026, 11, 26)) is False  # Thanksgiving
    case = Case.objects.get()
    assert (case.holder, case.category, case.case_class) == ("works-duty", "potholes", "quick")


def test_every_ready_policy_has_its_column():
    (header,) = re.findall(r"^\| \| .*$", TEXT, re.MULTILINE)
    assert tuple(re.findall("`([a-z0-9-]+)`", header)) == ready_policies()

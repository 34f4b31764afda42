"""The import contracts of pyproject.toml hold, and each of them can fail."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

COMMAND = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]

# One line of code per contract that must break it.
VIOLATIONS = {
    "Floors": ("terms/text.py", "import dandang.ledger.chain"),
    "Stages": ("lifecycle/routing/rules.py", "import dandang.lifecycle.intake.events"),
    "Roles": ("lifecycle/casework/queries.py", "import dandang.lifecycle.casework.actions.act"),
    "Purity": ("lifecycle/deadlines/rules.py", "import django.utils.timezone"),
    "Rules and events": ("lifecycle/intake/events.py", "import pathlib"),
    "One pen": ("lifecycle/replay.py", "import dandang.ledger.models"),
    "Only actions": ("lifecycle/replay.py", "import dandang.ledger.append"),
    "Followers": ("insight/delay.py", "import dandang.lifecycle.intake.actions"),
    "Interfaces are": ("interfaces/desk/views.py", "import dandang.interfaces.cli.main"),
    "Interfaces ask": ("interfaces/cli/main.py", "import dandang.lifecycle.casework.models"),
}


def report(project: Path) -> dict[str, str]:
    """Return KEPT or BROKEN by name of contract."""
    done = subprocess.run(
        [*COMMAND, "--no-logo", "--no-cache"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return dict(re.findall(r"^(\S.*?) (KEPT|BROKEN)(?: \(.*\))?$", done.stdout, re.MULTILINE))


@pytest.fixture
def project(tmp_path):
    """A copy of the code that a test may spoil."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__", "*.mo")
    shutil.copytree(ROOT / "src" / "dandang", tmp_path / "src" / "dandang", ignore=ignored)
    return tmp_path


def test_every_contract_is_kept(project):
    assert set(report(project).values()) == {"KEPT"}


def spoil(project: Path, name: str, line: str) -> None:
    """Add a line to a module, which is made together with its packages where it is absent."""
    path = project / "src" / "dandang" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in path.relative_to(project).parents[:-3]:
        (project / folder / "__init__.py").touch()
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")


def test_every_contract_can_be_broken(project):
    spoil(project, "interfaces/cli/main.py", "")
    for name, line in VIOLATIONS.values():
        spoil(project, name, line)
    verdicts = report(project)
    assert set(verdicts.values()) == {"BROKEN"}
    assert len(verdicts) == len(VIOLATIONS)
    for name in verdicts:
        assert name.startswith(tuple(VIOLATIONS))


def test_a_new_package_must_be_given_its_floor(project):
    spoil(project, "utils.py", "")
    broken = [name for name, verdict in report(project).items() if verdict == "BROKEN"]
    assert broken == ["Floors: a package uses only what is below it"]

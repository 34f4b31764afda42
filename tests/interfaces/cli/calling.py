"""Calling the command line in a test: in this process, or as people call it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from django.utils import translation

from dandang.interfaces.cli import languages
from dandang.interfaces.cli.main import main

SRC = Path(__file__).resolve().parents[3] / "src"
PROGRAM = "from dandang.interfaces.cli.main import main; main(prog_name='dandang')"


@dataclass(frozen=True)
class Called:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def record(self) -> dict[str, Any]:
        """The one object it wrote."""
        (line,) = self.out.splitlines()
        return json.loads(line)

    @property
    def records(self) -> list[dict[str, Any]]:
        """The objects it wrote, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def call(*words: str, stdin: str | bytes | None = None, **environment: str) -> Called:
    """Run a command in this process, in English unless it says otherwise."""
    variables = {"LANG": "C", "LC_ALL": "", "DANDANG_LANG": "", **environment}
    found = CliRunner().invoke(main, list(words), input=stdin, env=variables, prog_name="dandang")
    translation.deactivate()
    languages.use(languages.ENGLISH)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return Called(found.exit_code, found.stdout, found.stderr)


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM, *words]


def surroundings(**environment: str) -> dict[str, str]:
    """Return the environment of a process of its own, with our sources on its path."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LC_")}
    return {**plain, "LANG": "C.UTF-8", "PYTHONPATH": str(SRC), **environment}


def run(*words: str, **environment: str) -> Called:
    """Run a command as a process of its own."""
    done = subprocess.run(
        command(*words),
        env=surroundings(**environment),
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    return Called(done.returncode, done.stdout, done.stderr)

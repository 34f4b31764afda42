"""Other processes that use the database, to be asked, interrupted and killed."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from dandang.database.account import Account

HERE = Path(__file__).parent
SOURCES = [str(HERE.parents[1] / "src"), *(entry for entry in sys.path if "site-packages" in entry)]
SECONDS = 60
NOBODY = 65534

# Enters, says so, answers each line of SQL, and leaves when its input ends.
HOLD = """
import sys
from dandang.database import Role, connect, running
watch = "watch" in sys.argv
with running(progress=lambda step: print(step, flush=True), watch=watch):
    print("up", flush=True)
    for line in sys.stdin:
        with connect(Role.OWNER, "postgres") as connection:
            print(connection.execute(line).fetchone()[0], flush=True)
print("left", flush=True)
"""


class Child:
    """A Python process in a group of its own, as a terminal would start it."""

    def __init__(self, code: str = HOLD, *arguments: str, **options: Any) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(SOURCES)}
        environment |= options.pop("env", {})
        self.process = subprocess.Popen(
            [options.pop("python", sys.executable), "-c", code, *arguments],
            env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, process_group=0, cwd="/", **options,
        )  # fmt: skip

    def until(self, word: str) -> list[str]:
        """Return what it says up to and with the line `word`."""
        lines = []
        for line in self.process.stdout:
            lines.append(line.strip())
            if lines[-1] == word:
                return lines
        raise AssertionError(f"{lines} without {word}: {self.process.stderr.read()}")

    def up(self) -> "Child":
        self.steps = self.until("up")[:-1]
        return self

    def ask(self, query: str) -> str:
        self.process.stdin.write(query + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def signal_group(self, number: signal.Signals) -> int:
        """Do what a terminal does on Ctrl-C: signal the whole group; return how it ended."""
        os.killpg(self.process.pid, number)
        return self.end()

    def kill(self) -> None:
        self.process.kill()
        self.end()

    def leave(self) -> int:
        self.process.stdin.close()
        return self.end()

    def end(self) -> int:
        code = self.process.wait(SECONDS)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()
        return code


def python_for_others() -> str:
    """Return an interpreter of this version that other users can run; skip when there is none."""
    wanted = "import sys; print(sys.version_info[:2])"
    for candidate in (os.path.realpath("/proc/self/exe"), "/usr/bin/python3"):
        with suppress(OSError):
            done = Account("nobody", NOBODY, NOBODY).run(candidate, "-c", wanted)
            if done.stdout.strip() == str(sys.version_info[:2]):
                return candidate
    pytest.skip("no Python of this version here that other users may run")

"""Other processes of this machine: which there are, what they are, waiting for them."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_PROCESSES = Path("/proc")


def command_line(pid: int) -> str:
    """Return what a process was started with, blanks between; "" when it is gone or a zombie."""
    if _has_proc():
        with suppress(OSError):
            words = os.fsdecode(_PROCESSES.joinpath(str(pid), "cmdline").read_bytes())
            return words.replace("\0", " ").strip()
        return ""
    command = ["/bin/ps", "-ww", "-o", "args=", "-p", str(pid)]
    shown = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 ours
    return shown.stdout.strip()


def all_processes() -> list[int]:
    """Return the ids of all processes that can be seen; none on systems without /proc."""
    return [int(entry.name) for entry in _PROCESSES.glob("[0-9]*")] if _has_proc() else []


def exists(pid: int) -> bool:
    """Tell whether the id is taken, be it by a zombie or by another user's process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def send(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait for a condition, at first impatiently; tell whether it came true in time."""
    deadline, pause = time.monotonic() + seconds, 0.005
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    return True


def _has_proc() -> bool:
    return _PROCESSES.joinpath("self").exists()

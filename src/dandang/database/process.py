"""The server process: finding, starting and stopping it."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from dandang.database.account import Account
from dandang.database.configuration import SUPERUSER, write_configuration
from dandang.database.errors import ServerDidNotStart
from dandang.database.place import PORT, Place
from dandang.database.step import Progress, Step

_PROCESSES = Path("/proc")
_START_SECONDS = 300  # recovery after a crash replays what was not yet in the data files
_STOP_SECONDS = 60
_LOG_KEPT = 8 * 1024 * 1024
_LOG_LINES = 12
# A server killed a moment ago can leave processes that still hold the data's shared memory.
_HELD = ("pre-existing shared memory block", "already exists")


def running_server(place: Place) -> int | None:
    """Return the process id of the live server of this data directory, or None.

    The id in `postmaster.pid` may be stale: it is believed only when that process is a server
    that was started on this very directory.
    """
    pid = _recorded_pid(place)
    if pid is None:
        return None
    return pid if str(place.data) in _command_line(pid) else None


def answers(place: Place) -> bool:
    """Tell whether the server takes connections (it may still be full at this moment)."""
    conninfo = make_conninfo(**_parameters(place, "postgres"))
    return psycopg.pq.PGconn.ping(conninfo.encode()) == psycopg.pq.Ping.OK


def superuser_connection(place: Place, database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(autocommit=True, **_parameters(place, database))


def _parameters(place: Place, database: str) -> dict[str, Any]:
    return {
        "host": str(place.sockets),
        "port": PORT,
        "dbname": database,
        "user": SUPERUSER,
        "connect_timeout": 10,
        "requirepeer": place.server_user() or "",
    }


def start(place: Place, account: Account, binary: Path, progress: Progress) -> None:
    """Start the server and wait until it takes connections. Raises ServerDidNotStart."""
    deadline = time.monotonic() + _START_SECONDS
    command = [str(binary), "-D", str(place.data), *write_configuration(place, account)]
    _rotate(place.log)
    if (place.data / "postmaster.pid").exists():
        progress(Step.RECOVERING)
    while True:
        _clear_left_over(place)
        written = _size(place.log)
        _launch(command, place, account)
        if _comes_up(place, deadline):
            return
        lines = _lines_since(place.log, written)
        if time.monotonic() > deadline or not any(sign in lines for sign in _HELD):
            reason = "it ended at once" if running_server(place) is None else "it is not ready yet"
            raise ServerDidNotStart(reason=reason, log=str(place.log), lines=lines)
        time.sleep(0.2)


def stop(place: Place) -> None:
    """Stop the server: sessions are ended, everything is written down. Does nothing if none runs."""
    for sign, seconds in ((signal.SIGINT, _STOP_SECONDS), (signal.SIGQUIT, 10)):
        pid = running_server(place)
        if pid is None:
            return
        with suppress(ProcessLookupError):
            os.kill(pid, sign)
        if _until(lambda: running_server(place) is None, time.monotonic() + seconds):
            return


def wait_until_ready(place: Place) -> bool:
    """Wait for a server that is just starting or stopping; tell whether it now answers."""
    return _comes_up(place, time.monotonic() + _START_SECONDS)


def _comes_up(place: Place, deadline: float) -> bool:
    """Wait until the server answers (True), is gone (False) or time is over (False)."""
    patience = time.monotonic() + 5  # a new process writes its postmaster.pid a moment later
    seen = False

    def settled() -> bool:
        nonlocal seen
        alive = running_server(place) is not None
        seen = seen or alive
        return (alive and answers(place)) or (not alive and (seen or time.monotonic() > patience))

    return _until(settled, deadline) and answers(place)


def _launch(command: list[str], place: Place, account: Account) -> None:
    """Run the server in the background, in a session of its own and as nobody's child.

    The shell between us and it ends at once, so a server that outlives us or dies under us is
    taken care of by the system.
    """
    script = '"$@" </dev/null >&2 & echo $!'
    descriptor = os.open(place.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "ab") as log:
        subprocess.run(
            ["/bin/sh", "-c", script, "sh", *command],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            **account.process_options(),
        )


def _recorded_pid(place: Place) -> int | None:
    with suppress(OSError, ValueError, IndexError):
        return int((place.data / "postmaster.pid").read_text().splitlines()[0])
    return None


def _command_line(pid: int) -> list[str]:
    """Return the arguments a process was started with; [""] when it is gone or a zombie."""
    if _PROCESSES.joinpath("self").exists():
        with suppress(OSError):
            return os.fsdecode(_PROCESSES.joinpath(str(pid), "cmdline").read_bytes()).split("\0")
        return [""]
    shown = subprocess.run(
        ["/bin/ps", "-ww", "-o", "args=", "-p", str(pid)],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    return shown.stdout.split()


def _clear_left_over(place: Place) -> None:
    """Clear what a killed server left: its orphaned workers, and locks it cannot remove itself.

    PostgreSQL refuses to start while a process with the recorded id exists, even when that id has
    long been given to another program. Only called when no server of this directory is alive.
    """
    pid = _recorded_pid(place)
    if pid is None:
        return
    for worker in _workers(place):
        with suppress(ProcessLookupError, PermissionError):
            os.kill(worker, signal.SIGQUIT)
    if _until(lambda: not _workers(place), time.monotonic() + 10) and _exists(pid):
        for lock in (place.data / "postmaster.pid", place.sockets / f".s.PGSQL.{PORT}.lock"):
            lock.unlink(missing_ok=True)


def _workers(place: Place) -> list[int]:
    """Return the server's worker processes, known by the title that they give themselves."""
    pids = (int(entry.name) for entry in _PROCESSES.glob("[0-9]*"))
    return [pid for pid in pids if _command_line(pid)[0].startswith(f"postgres: {place.name}: ")]


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _until(condition: Callable[[], bool], deadline: float) -> bool:
    pause = 0.005
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    return True


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _rotate(log: Path) -> None:
    if _size(log) > _LOG_KEPT:
        log.replace(log.with_suffix(".log.1"))


def _lines_since(log: Path, position: int) -> str:
    with log.open("rb") as file:
        file.seek(position)
        text = file.read().decode("utf-8", errors="replace")
    return "\n".join(text.splitlines()[-_LOG_LINES:])

"""The server process: finding, starting and stopping it."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from dandang.database.account import Account
from dandang.database.configuration import SUPERUSER, configuration_arguments, write_configuration
from dandang.database.errors import ServerDidNotStart
from dandang.database.place import PORT, Place, open_private
from dandang.database.processes import all_processes, command_line, exists, send, wait_until
from dandang.database.step import Progress, Step

_START_SECONDS = 3600  # recovery after a crash may be long; starting it anew would not shorten it
_READY_SECONDS = 10
_HELD_SECONDS = 60
_STOP_SECONDS = 60
_LOG_KEPT = 8 * 1024 * 1024
_LOG_LINES = 12
# A server killed a moment ago can leave processes that still hold the data's shared memory.
_HELD = "pre-existing shared memory block"
_PROGRAMS = {"postgres", "postmaster"}


def running_server(place: Place) -> int | None:
    """Return the process id of the live server of this place, or None.

    The id in `postmaster.pid` may be stale: it is believed only when that process is a server
    that was started by us on this very directory.
    """
    pid = _recorded_pid(place)
    if pid is None:
        return None
    return pid if " ".join(_arguments(place)) in command_line(pid) else None


def _servers(place: Place) -> list[int]:
    """Return the processes that were started as the server of this place, just now or long ago."""
    start = " ".join(_arguments(place))
    found = {pid for pid in all_processes() if start in command_line(pid)}
    return sorted(found | {pid for pid in [running_server(place)] if pid})


def _arguments(place: Place) -> list[str]:
    return ["-D", str(place.data), *configuration_arguments(place)]


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
    crashed = (place.data / "postmaster.pid").exists()
    progress(Step.RECOVERING if crashed else Step.STARTING)
    write_configuration(place, account)
    command = [str(binary), *_arguments(place)]
    _rotate(place.log)
    patience = time.monotonic() + _HELD_SECONDS
    while not _attempt(command, place, account, patience=patience):
        time.sleep(0.2)


def _attempt(command: list[str], place: Place, account: Account, *, patience: float) -> bool:
    """Tell whether the server came up; False when it is worth another try."""
    _clear_left_over(place)
    written = _size(place.log)
    pid = _launch(command, place, account)
    if _comes_up(place, lambda: bool(command_line(pid))):
        return True
    lines = _lines_since(place.log, written)
    if _HELD in lines and time.monotonic() < patience:
        return False
    reason = "it runs but does not answer" if command_line(pid) else "it ended at once"
    raise ServerDidNotStart(reason=reason, log=str(place.log), lines=lines)


def stop(place: Place) -> None:
    """Stop the server, if one runs: sessions are ended and everything is written down.

    A server that an interrupted start has left at its very beginning is found too; it may not yet
    listen to signals, therefore they are repeated.
    """
    for number, seconds in ((signal.SIGINT, _STOP_SECONDS), (signal.SIGQUIT, _READY_SECONDS)):

        def is_gone(number: signal.Signals = number) -> bool:
            pids = _servers(place)
            for pid in pids:
                send(pid, number)
            return not pids

        if wait_until(is_gone, seconds):
            return


def wait_until_ready(place: Place) -> bool:
    """Wait for a server that is just starting or stopping; tell whether it now answers."""
    return _comes_up(place, lambda: bool(_servers(place)))


def _comes_up(place: Place, is_alive: Callable[[], bool]) -> bool:
    """Wait until the server answers (True), is gone (False) or time is over (False)."""
    for settled, seconds in ((_says_ready, _START_SECONDS), (answers, _READY_SECONDS)):

        def is_over(settled: Callable[[Place], bool] = settled) -> bool:
            return settled(place) or not is_alive()

        wait_until(is_over, seconds)
    return answers(place)


def _says_ready(place: Place) -> bool:
    """Tell whether the server, and not one before it, has written that it takes connections."""
    return "ready" in _recorded_lines(place) and running_server(place) is not None


def _launch(command: list[str], place: Place, account: Account) -> int:
    """Run the server in the background, in a session of its own and as nobody's child.

    The shell between us and it ends at once, so a server that outlives us or dies under us is
    taken care of by the system.
    """
    script = '"$@" </dev/null >&2 & echo $!'
    descriptor = open_private(place.log, os.O_WRONLY | os.O_APPEND, place.owner())
    with os.fdopen(descriptor, "ab") as log, _uninterrupted():
        done = account.run("/bin/sh", "-c", script, "sh", *command, stderr=log)
    return int(done.stdout)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold signals back: a half-made process, not yet known by its name, would be lost."""
    before = signal.pthread_sigmask(
        signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _recorded_pid(place: Place) -> int | None:
    with suppress(ValueError, IndexError):
        return int(_recorded_lines(place)[0])
    return None


def _recorded_lines(place: Place) -> list[str]:
    """Return what the server wrote about itself: its process id first, its state last."""
    with suppress(OSError):
        text = os.fsdecode((place.data / "postmaster.pid").read_bytes())
        return [line.strip() for line in text.splitlines()]
    return []


def _clear_left_over(place: Place) -> None:
    """Clear what a killed server left: its orphaned workers, and locks it cannot remove itself.

    PostgreSQL refuses to start while a process with the recorded id exists, even when that id has
    long been given to another program. Only called when no server of ours is alive.
    """
    pid = _recorded_pid(place)
    if pid is None or _is_main_process(pid):
        return
    for worker in _workers(place):
        send(worker, signal.SIGQUIT)
    if wait_until(lambda: not _workers(place), _STOP_SECONDS) and exists(pid):
        for lock in (place.data / "postmaster.pid", place.sockets / f".s.PGSQL.{PORT}.lock"):
            lock.unlink(missing_ok=True)


def _is_main_process(pid: int) -> bool:
    """Tell whether this is some PostgreSQL server, perhaps one started by hand on our data."""
    return Path(command_line(pid).partition(" -")[0]).name in _PROGRAMS


def _workers(place: Place) -> list[int]:
    """Return the server's worker processes, known by the title that they give themselves."""
    title = f"postgres: {place.name}: "
    return [pid for pid in all_processes() if command_line(pid).startswith(title)]


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

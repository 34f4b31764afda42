"""`running()`: the one way in to a database that answers."""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Never, Protocol

import psycopg

from dandang.database.binaries import MINIMUM_VERSION
from dandang.database.connection import Role, connect, is_external, parameters
from dandang.database.errors import DatabaseError, ServerDoesNotAnswer, ServerTooOld
from dandang.database.place import Place, state_directory
from dandang.database.step import Progress, silent
from dandang.database.supervisor import Supervisor

_WATCH_SECONDS = 1.0
_LONGEST_WATCH_SECONDS = 60.0
_log = logging.getLogger(__name__)


class Server(Protocol):
    """A server in use."""

    def ensure(self) -> None:
        """Make sure that it runs; raise DatabaseError when that fails."""


class ExternalServer:
    """The server of `DATABASE_URL`: somebody else runs it."""

    def ensure(self) -> None:
        """Check that it answers and is new enough. Raises ServerDoesNotAnswer, ServerTooOld."""
        try:
            with connect(Role.APP) as connection:
                version = connection.info.server_version
        except psycopg.OperationalError as error:
            found = parameters(Role.APP)
            address = f"{found.get('host', 'localhost')}:{found.get('port', 5432)}"
            raise ServerDoesNotAnswer(address=address, reason=str(error).strip()) from None
        if version < MINIMUM_VERSION * 10_000:
            raise ServerTooOld(version=version // 10_000, minimum=MINIMUM_VERSION)


@contextmanager
def running(*, progress: Progress | None = None, watch: bool = False) -> Iterator[Server]:
    """Keep the database up for the length of a `with` block.

    An external server (`DATABASE_URL`) is only checked. The embedded one is started if need be and
    shared with every other process that uses the same state directory; the last one out stops it.
    `watch` starts it again when it is killed meanwhile, for processes that live long.
    Termination and hang-up signals unwind the block like Ctrl-C does. Raises DatabaseError.
    """
    if is_external():
        external = ExternalServer()
        external.ensure()
        yield external
        return
    supervisor = Supervisor(Place(state_directory()), progress or silent)
    with _unwinding_on_signals():
        try:
            supervisor.enter()
            with _watching(supervisor, active=watch):
                yield supervisor
        finally:
            supervisor.leave()


@contextmanager
def _watching(supervisor: Supervisor, *, active: bool) -> Iterator[None]:
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(supervisor, over), name="database-watch")
    if active:
        thread.start()
    try:
        yield
    finally:
        over.set()
        if active:
            thread.join()


def _watch(supervisor: Supervisor, over: threading.Event) -> None:
    pause = _WATCH_SECONDS
    while not over.wait(pause):
        try:
            supervisor.ensure()
        except DatabaseError:
            _log.exception("The database was gone and could not be started again; trying on.")
            pause = min(pause * 2, _LONGEST_WATCH_SECONDS)
        else:
            pause = _WATCH_SECONDS


@contextmanager
def _unwinding_on_signals() -> Iterator[None]:
    """Turn signals that would end the process on the spot into SystemExit.

    Only where nobody else handles them, and only in the main thread, which alone may do so.
    """
    ours: list[signal.Signals] = []
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _exit)
                ours.append(number)
    try:
        yield
    finally:
        for number in ours:
            if signal.getsignal(number) is _exit:
                signal.signal(number, signal.SIG_DFL)


def _exit(number: int, _frame: FrameType | None) -> Never:
    raise SystemExit(128 + number)

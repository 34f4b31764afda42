"""Keeping the embedded server up while anybody uses it, and stopping it after the last one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from dandang.database.account import Account, server_account
from dandang.database.binaries import find_binaries
from dandang.database.cluster import prepare_data, prepare_roles
from dandang.database.errors import DirectoryNotUsable
from dandang.database.lock import FileLock
from dandang.database.place import Place, make_directory
from dandang.database.process import answers, running_server, start, stop, wait_until_ready
from dandang.database.step import Progress, Step, silent


class Supervisor:
    """One user's share in the embedded server.

    Every user of the server holds the in-use lock shared for as long as it needs the server;
    whoever starts or stops it holds the starting lock for that short time. A lock ends with its
    process, so a killed user does not count, and the next one to leave stops the server.
    """

    def __init__(self, place: Place, progress: Progress = silent) -> None:
        self.place = place
        self._progress = progress
        self._in_use: FileLock | None = None

    def enter(self) -> Self:
        """Count as a user and make sure that the server takes connections. Raises DatabaseError."""
        account = self._prepare_directories()
        with self._starting():
            self._in_use = self._lock(self.place.in_use_lock)
            self._in_use.share()
            self._bring_up(account)
        return self

    def leave(self) -> None:
        """Count no longer; the last one out stops the server."""
        if self._in_use is None:
            return
        with self._starting():
            in_use, self._in_use = self._in_use, None
            in_use.release()
            try:
                if in_use.try_take():
                    self._progress(Step.STOPPING)
                    stop(self.place)
            finally:
                in_use.close()

    def ensure(self) -> None:
        """Start the server again if it was killed; cheap when it is alive. Raises DatabaseError."""
        if running_server(self.place) is None:
            account = self._prepare_directories()
            with self._starting():
                self._bring_up(account)

    def _bring_up(self, account: Account) -> None:
        place = self.place
        if answers(place) or wait_until_ready(place):
            # Ours, another user's, or an orphan that is hereby adopted, as far as it had come.
            prepare_roles(place, again=False)
            return
        with _file_errors(place):
            binaries = find_binaries(place, account, self._progress)
            prepare_data(place, account, binaries, self._progress)
            start(place, account, binaries.folder / "postgres", self._progress)
        prepare_roles(place)

    def _prepare_directories(self) -> Account:
        place = self.place
        with _file_errors(place):
            place.state.mkdir(mode=0o700, parents=True, exist_ok=True)
            account = server_account(place, self._progress)
            if account.uid != os.geteuid() == place.owner():
                place.state.chmod(place.state.stat().st_mode & 0o7777 | 0o711)
            make_directory(place.server, 0o755, place.owner())
            make_directory(place.sockets, 0o700, account.uid)
            if not account.can_enter(place.state):
                reason = (
                    f"the user {account.name}, who runs the server, cannot enter it; a directory "
                    "on the way there is closed to others"
                )
                raise DirectoryNotUsable(directory=place.state, reason=reason)
        return account

    @contextmanager
    def _starting(self) -> Iterator[None]:
        lock = self._lock(self.place.starting_lock)
        try:
            if not lock.try_take():
                self._progress(Step.WAITING)
                lock.take()
            yield
        finally:
            lock.close()

    def _lock(self, path: Path) -> FileLock:
        with _file_errors(self.place):
            return FileLock(path, self.place.owner())


@contextmanager
def _file_errors(place: Place) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise DirectoryNotUsable(directory=error.filename or place.state, reason=reason) from error

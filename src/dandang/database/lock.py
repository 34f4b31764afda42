"""Locks between processes: they end with the process that holds them, however it ends."""

import fcntl
import os
from pathlib import Path

from dandang.database.place import open_private


class FileLock:
    """A lock on one file, shared or exclusive."""

    def __init__(self, path: Path, owner: int) -> None:
        """Open the lock's file; `owner` is the user who gets it when root makes it."""
        self._descriptor = open_private(path, os.O_RDWR, owner)

    def share(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def take(self) -> None:
        """Wait until nobody else holds the lock, then hold it alone."""
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def try_take(self) -> bool:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        os.close(self._descriptor)

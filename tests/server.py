"""The embedded server of one test session: a state directory of its own, shared by its workers."""

import os
import shutil
import tempfile
from pathlib import Path

from dandang.database.lock import FileLock
from dandang.database.place import Place
from dandang.database.process import stop

TEMPLATE = "dandang_template"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
IS_WORKER = WORKER != "main"
_PREFIX = "dandang-session-"
_ROOM = 4 * 1024**3


def choose_state() -> None:
    """Point this process and its children at a new state directory, never at a real one."""
    for name in ("DATABASE_URL", "DANDANG_OWNER_URL", "DANDANG_ROLE", "DANDANG_DATABASE"):
        os.environ.pop(name, None)
    if IS_WORKER:
        return  # inherited from the process that started the workers
    state = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=fast_directory()))
    # A lost test database costs nothing; a session that waits for the disk costs minutes.
    (state / "postgresql.local.conf").write_text("fsync = off\n", encoding="utf-8")
    os.environ["DANDANG_STATE"] = str(state)
    os.environ["DANDANG_SECRET_KEY"] = "only-for-tests"


def fast_directory() -> Path:
    """Return where data are written fastest: in memory, if there is room and programs may run."""
    memory = Path("/dev/shm")
    if memory.is_dir():
        found = os.statvfs(memory)
        if found.f_bavail * found.f_frsize > _ROOM and not found.f_flag & os.ST_NOEXEC:
            return memory
    return Path(tempfile.gettempdir())


def remove_state() -> None:
    if not IS_WORKER:
        shutil.rmtree(os.environ["DANDANG_STATE"], ignore_errors=True)


def sweep() -> None:
    """Stop the servers and remove the directories of test sessions that were killed."""
    for state in fast_directory().glob(f"{_PREFIX}*"):
        place = Place(state)
        if place.in_use_lock.exists() and place.owner() == os.geteuid():
            lock = FileLock(place.in_use_lock, place.owner())
            if lock.try_take():
                stop(place)
                shutil.rmtree(state, ignore_errors=True)
            lock.close()

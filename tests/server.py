"""The embedded server of one test session: a state directory of its own, shared by its workers."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from dandang.database.place import Place
from dandang.database.process import stop
from dandang.database.processes import command_line

TEMPLATE = "dandang_template"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
IS_WORKER = WORKER != "main"
_PREFIX = "dandang-suite-"
_ROOM = 4 * 1024**3


def choose_state() -> None:
    """Point this process and its children at a new state directory, never at a real one."""
    for name in ("DATABASE_URL", "DANDANG_OWNER_URL", "DANDANG_ROLE", "DANDANG_DATABASE"):
        os.environ.pop(name, None)
    if IS_WORKER:
        return  # inherited from the process that started the workers
    state = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=fast_directory()))
    atexit.register(_remove, state, os.getpid())
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


def sweep() -> None:
    """Stop the servers and remove the directories of test sessions that were killed."""
    for state in fast_directory().glob(f"{_PREFIX}*"):
        session = int(state.name.removeprefix(_PREFIX).partition("-")[0])
        place = Place(state)
        if not command_line(session) and place.owner() == os.geteuid():
            stop(place)
            shutil.rmtree(state, ignore_errors=True)


def _remove(state: Path, session: int) -> None:
    if os.getpid() == session:  # not a forked child that ends
        shutil.rmtree(state, ignore_errors=True)

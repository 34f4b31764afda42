"""Where the embedded server keeps things: one state directory, and names below it."""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from dandang.database.errors import DirectoryNotUsable

SYSTEM_USER = "dandang"
SYSTEM_STATE = Path("/var/lib/dandang")
PORT = 5432

# A socket address holds 107 bytes; "/.s.PGSQL.5432" takes 14 of them.
LONGEST_SOCKET_DIRECTORY = 107 - len(f"/.s.PGSQL.{PORT}")


def state_directory() -> Path:
    """Return where everything that is kept is kept; it may not exist yet.

    `DANDANG_STATE`, else `/var/lib/dandang` for root, else `dandang` in the user's state home
    (`XDG_STATE_HOME`, normally `~/.local/state`). Raises DirectoryNotUsable.
    """
    if chosen := os.environ.get("DANDANG_STATE"):
        return Path(chosen).expanduser().absolute()
    if os.geteuid() == 0:
        return SYSTEM_STATE
    home = os.environ.get("XDG_STATE_HOME", "")
    if not Path(home).is_absolute():  # as the XDG specification asks
        home = str(_home() / ".local" / "state")
    return Path(home) / "dandang"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        reason = "this user has no home directory"
        raise DirectoryNotUsable(directory="~", reason=reason) from None


@dataclass(frozen=True)
class Place:
    """The files of one embedded server."""

    state: Path

    @property
    def data(self) -> Path:
        return self.state / "postgresql"

    @property
    def server(self) -> Path:
        """Configuration and copied programs: read by the server, never written by it."""
        return self.state / "server"

    @property
    def log(self) -> Path:
        return self.state / "postgresql.log"

    @property
    def local_configuration(self) -> Path:
        return self.state / "postgresql.local.conf"

    @property
    def starting_lock(self) -> Path:
        return self.state / "starting.lock"

    @property
    def in_use_lock(self) -> Path:
        return self.state / "in-use.lock"

    @property
    def name(self) -> str:
        """Return a short name of this place, the same for every process that computes it."""
        digest = hashlib.sha256(os.fsencode(os.path.realpath(self.state))).hexdigest()
        return f"dandang-{digest[:16]}"

    @property
    def sockets(self) -> Path:
        """Return the private directory of the server's socket.

        It lies in /tmp when the state directory's path cannot be used: it is too long for a socket
        address, or holds a comma, which separates addresses. The variables of the session play no
        part, so that every process finds the same one.
        """
        below = self.state / "run"
        if len(os.fsencode(below)) <= LONGEST_SOCKET_DIRECTORY and "," not in str(below):
            return below
        return Path("/tmp") / self.name  # noqa: S108 made 0700 and its owner checked before use

    def server_user(self) -> str | None:
        """Return the name of the account the server runs as, which may not exist yet.

        None when the present user has no name in the user database.
        """
        uid = self.owner()
        if uid == 0:
            return SYSTEM_USER
        try:
            return pwd.getpwuid(uid).pw_name
        except KeyError:
            return None

    def owner(self) -> int:
        """Return the user id that owns the state directory, or would own it once made."""
        try:
            return self.state.stat().st_uid
        except OSError:
            return os.geteuid()


def make_directory(directory: Path, mode: int, owner: int) -> None:
    """Make `directory` for the user id `owner`, whatever the umask.

    Raises DirectoryNotUsable if something else stands there or it belongs to another user.
    """
    try:
        directory.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        os.chown(directory, owner, -1, follow_symlinks=False)
    found = directory.lstat()
    if stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() != owner:
        # Made a moment ago by another process of ours, which has not given it away yet.
        os.chown(directory, owner, -1, follow_symlinks=False)
        found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise DirectoryNotUsable(directory=directory, reason="it belongs to somebody else")
    if stat.S_IMODE(found.st_mode) != mode:
        directory.chmod(mode)


def open_private(path: Path, flags: int, owner: int) -> int:
    """Open a file in the state directory, made with mode 0600 for `owner` if it is absent.

    Never through a symbolic link: root may work in a directory that belongs to another user.
    """
    descriptor = os.open(path, flags | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    if os.fstat(descriptor).st_uid != owner:
        os.fchown(descriptor, owner, -1)
    return descriptor

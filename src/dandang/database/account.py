"""The operating-system account that runs the embedded server: never root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from dandang.database.errors import DirectoryNotUsable, NoServerAccount
from dandang.database.place import SYSTEM_USER, Place
from dandang.database.step import Progress, Step

_ADMINISTRATION_PATH = "/usr/sbin:/sbin:/usr/bin:/bin"
_PLAIN_ENVIRONMENT = {"LC_ALL": "C", "PATH": f"/usr/local/bin:{_ADMINISTRATION_PATH}"}
_MAKERS = {
    "useradd": ("--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
                "--shell", "/usr/sbin/nologin"),
    "adduser": ("-S", "-D", "-H", "-h", "/nonexistent", "-s", "/sbin/nologin"),  # busybox
}  # fmt: skip


@dataclass(frozen=True)
class Account:
    """Who runs the server."""

    name: str
    uid: int
    gid: int

    def run(
        self, *command: str | Path, stderr: IO[bytes] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this account and return what it wrote, errors too unless led elsewhere.

        The working directory is the root, because the present one may be closed to the account;
        the session is new, so that Ctrl-C in a terminal does not reach it. Raises OSError.
        """
        options: dict[str, Any] = {}
        if self.uid != os.geteuid():
            options = {"user": self.uid, "group": self.gid, "extra_groups": ()}
        return subprocess.run(  # noqa: S603 programs and arguments are ours, and no shell is between
            command, check=False, text=True, cwd="/", env=_PLAIN_ENVIRONMENT,
            start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=stderr or subprocess.PIPE, **options,
        )  # fmt: skip

    def can_enter(self, directory: Path) -> bool:
        """Tell whether this account may change into `directory`."""
        if self.uid == os.geteuid():
            return os.access(directory, os.X_OK)
        return self.run("/bin/sh", "-c", 'cd -- "$1"', "sh", directory).returncode == 0


def server_account(place: Place, progress: Progress) -> Account:
    """Return the account for this state directory; as root, make the system user on first use.

    The owner of the state directory runs the server, so that root and the owner may share one.
    Raises NoServerAccount, or DirectoryNotUsable when another user owns the directory.
    """
    owner, me = place.owner(), os.geteuid()
    if owner == 0 and me == 0:
        return system_account(SYSTEM_USER, progress)
    if me not in {0, owner}:
        raise DirectoryNotUsable(directory=place.state, reason="it belongs to another user")
    try:
        return _account(pwd.getpwuid(owner))
    except KeyError:
        reason = f"user id {owner} has no name in the user database"
        raise NoServerAccount(name=SYSTEM_USER, reason=reason) from None


def system_account(name: str, progress: Progress) -> Account:
    """Return the system user `name`, made if absent. Only for root. Raises NoServerAccount."""
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        progress(Step.CREATING_USER)
        entry = _create(name)
    if entry.pw_uid == 0:
        raise NoServerAccount(name=name, reason=f"the user {name} is root by another name")
    return _account(entry)


def _create(name: str) -> pwd.struct_passwd:
    reason = "neither useradd nor adduser is on this machine"
    for maker, options in _MAKERS.items():
        program = shutil.which(maker, path=_ADMINISTRATION_PATH)
        if program is None:
            continue
        done = Account("root", 0, 0).run(program, *options, name)
        try:
            return pwd.getpwnam(name)  # perhaps another process was faster
        except KeyError:
            reason = f"{maker} said: {done.stderr.strip() or done.stdout.strip()}"
    raise NoServerAccount(name=name, reason=reason)


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)

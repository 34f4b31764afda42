"""The operating-system account that runs the embedded server: never root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

    def process_options(self) -> dict[str, Any]:
        """Return the options that make `subprocess` run something as this account.

        The working directory is the root, because the present one may be closed to the account;
        the session is new, so that Ctrl-C in a terminal does not reach it.
        """
        options: dict[str, Any] = {
            "cwd": "/",
            "env": dict(_PLAIN_ENVIRONMENT),
            "start_new_session": True,
        }
        if self.uid != os.geteuid():
            options |= {"user": self.uid, "group": self.gid, "extra_groups": ()}
        return options

    def can_enter(self, directory: Path) -> bool:
        """Tell whether this account may change into `directory`."""
        command = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(directory)]
        options = self.process_options()
        return subprocess.run(command, check=False, capture_output=True, **options).returncode == 0


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
        done = subprocess.run(
            [program, *options, name],
            check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL,
            env=_PLAIN_ENVIRONMENT,
        )  # fmt: skip
        try:
            return pwd.getpwnam(name)  # perhaps another process was faster
        except KeyError:
            reason = f"{maker} said: {done.stderr.strip() or done.stdout.strip()}"
    raise NoServerAccount(name=name, reason=reason)


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)

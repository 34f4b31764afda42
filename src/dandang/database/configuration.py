"""The configuration of the embedded server, written anew at every start."""

import os
import pwd
from contextlib import suppress
from pathlib import Path

from dandang.database.account import Account
from dandang.database.place import PORT, Place

SUPERUSER = "postgres"
OWNER_ROLE = "dandang_owner"
APPLICATION_ROLE = "dandang_app"

_MEBIBYTE = 1024 * 1024
_FILES = {
    "config_file": "postgresql.conf",
    "hba_file": "pg_hba.conf",
    "ident_file": "pg_ident.conf",
}
_MAP = "dandang"
_ADMISSION = f"local all all peer map={_MAP}\nlocal replication {SUPERUSER} peer map={_MAP}\n"


def configuration_arguments(place: Place) -> list[str]:
    """Return the arguments that make `postgres` use our files instead of those beside the data."""
    return [
        argument
        for setting, name in _FILES.items()
        for argument in ("-c", f"{setting}={place.server / name}")
    ]


def write_configuration(place: Place, account: Account) -> None:
    """Write the server's files."""
    texts = {
        "config_file": _settings(place),
        "hba_file": _ADMISSION,
        "ident_file": _identities(account),
    }
    for setting, text in texts.items():
        header = "# Written by Dandang at every start; changes are lost.\n"
        _replace(place.server / _FILES[setting], header + text)


def _identities(account: Account) -> str:
    """Let the server's user, root and the present user sign in as each of our roles, nobody else.

    With `peer` the kernel says who is at the other end of the socket; there is no password.
    """
    users = {account.name, "root"}
    with suppress(KeyError):  # a user without a name cannot sign in by it
        users.add(pwd.getpwuid(os.geteuid()).pw_name)
    roles = (SUPERUSER, OWNER_ROLE, APPLICATION_ROLE)
    return "".join(f'{_MAP} "{user}" {role}\n' for user in sorted(users) for role in roles)


def _settings(place: Place) -> str:
    memory = _memory()
    settings: dict[str, object] = {
        "listen_addresses": "",
        "port": PORT,
        "unix_socket_directories": _list_item(place.sockets),
        "unix_socket_permissions": "0700",
        "cluster_name": place.name,
        "max_connections": 100,
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "shared_buffers": f"{_between(128, memory // 8, 1024)}MB",
        "effective_cache_size": f"{_between(256, memory // 2, 65536)}MB",
        "maintenance_work_mem": f"{_between(64, memory // 32, 512)}MB",
        "work_mem": "16MB",
        "max_wal_size": "2GB",
        "dynamic_shared_memory_type": "posix" if Path("/dev/shm").is_dir() else "mmap",  # noqa: S108 only looked at
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "log_checkpoints": "off",
        # A failed statement is the client's to report. Here it could repeat what people wrote.
        "log_min_messages": "log",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
    }
    lines = [f"{name} = {_quoted(str(value))}" for name, value in settings.items()]
    if place.local_configuration.exists():
        lines.append(f"include = {_quoted(str(place.local_configuration))}")
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _list_item(path: Path) -> str:
    return '"' + str(path).replace('"', '""') + '"'


def _memory() -> int:
    """Return this machine's memory in MiB."""
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // _MEBIBYTE


def _between(least: int, wish: int, most: int) -> int:
    return max(least, min(wish, most))


def _replace(path: Path, text: str) -> None:
    """Write a file that every account may read; never through a link that stands in its place."""
    half = path.with_name(f".{path.name}.half")
    half.unlink(missing_ok=True)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), 0o644)
        file.write(os.fsencode(text))
    half.replace(path)

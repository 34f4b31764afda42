"""The configuration of the embedded server, written anew at every start."""

import os
import pwd
from pathlib import Path

from dandang.database.account import Account
from dandang.database.place import PORT, Place

SUPERUSER = "postgres"
OWNER_ROLE = "dandang_owner"
APPLICATION_ROLE = "dandang_app"

_MEBIBYTE = 1024 * 1024
_MAP = "dandang"


def write_configuration(place: Place, account: Account) -> list[str]:
    """Write the server's files; return the arguments that make `postgres` use them."""
    files = {
        "config_file": ("postgresql.conf", _settings(place)),
        "hba_file": ("pg_hba.conf", f"local all all peer map={_MAP}\n"),
        "ident_file": ("pg_ident.conf", _identities(account)),
    }
    arguments = []
    for setting, (name, text) in files.items():
        path = place.server / name
        _replace(path, "# Written by Dandang at every start; changes are lost.\n" + text)
        arguments += ["-c", f"{setting}={path}"]
    return arguments


def _identities(account: Account) -> str:
    """Let the server's user, root and the present user sign in as each of our roles, nobody else.

    With `peer` the kernel says who is at the other end of the socket; there is no password.
    """
    users = {account.name, "root"}
    try:
        users.add(pwd.getpwuid(os.geteuid()).pw_name)
    except KeyError:
        pass
    roles = (SUPERUSER, OWNER_ROLE, APPLICATION_ROLE)
    return "".join(f'{_MAP} "{user}" {role}\n' for user in sorted(users) for role in roles)


def _settings(place: Place) -> str:
    memory = _memory()
    settings: dict[str, object] = {
        "listen_addresses": "",
        "port": PORT,
        "unix_socket_directories": f'"{place.sockets}"',
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
    return "'" + value.replace("'", "''") + "'"


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
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o644)
        file.write(text)
    half.replace(path)

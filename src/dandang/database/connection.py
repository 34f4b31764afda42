"""How to reach the database, computed from the environment without starting anything."""

import os
from enum import StrEnum
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from dandang.database.configuration import APPLICATION_ROLE, OWNER_ROLE
from dandang.database.errors import OwnerUrlMissing, SettingUnclear
from dandang.database.place import PORT, Place, state_directory

_CONNECT_SECONDS = 10
# A forgotten open transaction holds locks and old rows; a program at work never idles this long.
_IDLE_MILLISECONDS = 60_000
_SCHEMES = ("postgresql://", "postgres://")


class Role(StrEnum):
    """As whom to sign in: everything runs as the application, migrations as the owner."""

    APP = "app"
    OWNER = "owner"


def is_external() -> bool:
    """Tell whether `DATABASE_URL` names a server that is not ours to start."""
    return bool(os.environ.get("DATABASE_URL"))


def chosen_role() -> Role:
    """Return the role that `DANDANG_ROLE` asks for; the application when unset."""
    try:
        return Role(os.environ.get("DANDANG_ROLE") or Role.APP)
    except ValueError:
        raise SettingUnclear(name="DANDANG_ROLE", reason="it is neither app nor owner") from None


def role_name(role: Role) -> str:
    """Return the name of a role in the database."""
    return str(parameters(role)["user"])


def parameters(role: Role, database: str | None = None) -> dict[str, Any]:
    """Return libpq's connection parameters; `database` stands for another one than configured.

    The embedded server's database is `DANDANG_DATABASE`, normally `dandang`.
    Raises SettingUnclear, OwnerUrlMissing.
    """
    if is_external():
        found = _external(role)
    else:
        place = Place(state_directory())
        found = {
            "host": str(place.sockets),
            "port": str(PORT),
            "dbname": os.environ.get("DANDANG_DATABASE") or "dandang",
            "user": APPLICATION_ROLE if role is Role.APP else OWNER_ROLE,
        }
        if user := place.server_user():
            found["requirepeer"] = user  # nobody else may pose as our server
    if database:
        found["dbname"] = database
    found.setdefault("connect_timeout", str(_CONNECT_SECONDS))
    found.setdefault("application_name", "dandang")
    idle = f"-c idle_in_transaction_session_timeout={_IDLE_MILLISECONDS}"
    found["options"] = f"{idle} {found.get('options', '')}".strip()
    return found


def connect(role: Role, database: str | None = None) -> psycopg.Connection:
    """Open a connection in autocommit mode."""
    return psycopg.connect(autocommit=True, **parameters(role, database))


def _external(role: Role) -> dict[str, Any]:
    name = "DATABASE_URL" if role is Role.APP else "DANDANG_OWNER_URL"
    url = os.environ.get(name)
    if not url:
        raise OwnerUrlMissing
    if not url.startswith(_SCHEMES):
        raise SettingUnclear(name=name, reason="it does not begin with postgresql://")
    try:
        found: dict[str, Any] = dict(conninfo_to_dict(url))
    except psycopg.ProgrammingError:
        # The cause is not chained: it repeats the address, password included.
        raise SettingUnclear(name=name, reason="it is not a PostgreSQL address") from None
    for part in ("user", "dbname"):
        if not found.get(part):
            raise SettingUnclear(name=name, reason=f"it names no {part}")
    return found

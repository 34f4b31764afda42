"""Finds or runs PostgreSQL. No Django."""

from dandang.database.administration import create_database, drop_database, ensure_database, grant
from dandang.database.connection import Role, connect, role_name
from dandang.database.errors import (
    DatabaseError,
    DirectoryNotUsable,
    NoServerAccount,
    NoServerBinaries,
    OwnerUrlMissing,
    RolesNotSeparate,
    ServerDidNotStart,
    ServerDoesNotAnswer,
    ServerTooOld,
    SettingUnclear,
    WrongMajorVersion,
)
from dandang.database.place import state_directory
from dandang.database.running import Server, running
from dandang.database.settings import django_settings
from dandang.database.step import Progress, Step
from dandang.database.supervisor import Supervisor

__all__ = [
    "DatabaseError",
    "DirectoryNotUsable",
    "NoServerAccount",
    "NoServerBinaries",
    "OwnerUrlMissing",
    "Progress",
    "Role",
    "RolesNotSeparate",
    "Server",
    "ServerDidNotStart",
    "ServerDoesNotAnswer",
    "ServerTooOld",
    "SettingUnclear",
    "Step",
    "Supervisor",
    "WrongMajorVersion",
    "connect",
    "create_database",
    "django_settings",
    "drop_database",
    "ensure_database",
    "grant",
    "role_name",
    "running",
    "state_directory",
]

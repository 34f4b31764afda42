"""Bringing the database to the present version, as the role that owns it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections

from dandang.database import (
    Progress,
    Role,
    Step,
    connect,
    django_settings,
    ensure_database,
    role_name,
)
from dandang.ledger.grants import revoke_statements

_OWNER = "owner"
_LOCK = 0x64616E64  # one migration at a time in a database; the number only has to be ours


def migrate(*, database: str | None = None, progress: Progress | None = None) -> None:
    """Make the database if absent, run outstanding migrations, narrow the application's rights.

    Everything happens over connections of the owner; the application role needs no right to change
    tables. Safe to repeat, and safe when several processes do it at once. The server must be up
    (`dandang.database.running`) and Django set up. Raises `dandang.database.DatabaseError`.
    """
    if progress is not None:
        progress(Step.MIGRATING)
    ensure_database(database)
    with connect(Role.OWNER, database) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        with _owner_alias(database):
            call_command("migrate", database=_OWNER, interactive=False, verbosity=0)
        with owner.transaction():
            for statement in revoke_statements(role_name(Role.APP)):
                owner.execute(statement.encode())


@contextmanager
def _owner_alias(database: str | None) -> Iterator[None]:
    """Let Django reach the database as its owner, under an alias of its own, for a moment."""
    settings = connections.configure_settings({"default": django_settings(Role.OWNER, database)})
    connections.settings[_OWNER] = settings["default"]
    try:
        yield
    finally:
        connections[_OWNER].close()
        del connections[_OWNER]
        del connections.settings[_OWNER]

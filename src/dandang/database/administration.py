"""Making, cloning and dropping whole databases, as the owner."""

from contextlib import suppress

import psycopg
from psycopg import errors, sql

from dandang.database.connection import Role, connect, is_external, parameters, role_name
from dandang.database.errors import RolesNotSeparate
from dandang.database.grants import grant_on

# The second is what the loser of a close race gets.
_ANOTHER_WAS_FASTER = (errors.DuplicateDatabase, errors.UniqueViolation)


def create_database(name: str, *, template: str | None = None) -> None:
    """Make a database, empty or as a clone of `template`, that the application role may use.

    Raises `psycopg.errors.DuplicateDatabase` when the name is taken, `psycopg.errors.ObjectInUse`
    while somebody is connected to the template.
    """
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(template or "template0")
    )
    if template:
        statement += sql.SQL(" STRATEGY FILE_COPY")  # a third faster than by way of the log
    with _maintenance() as connection:
        connection.execute(statement)
    grant(name)


def ensure_database(name: str | None = None) -> None:
    """Make the configured database (or `name`) if it is absent; grant the application its rights.

    The database of an external server is made by whoever runs that server.
    """
    if not is_external():
        wanted = parameters(Role.OWNER, name)["dbname"]
        with _maintenance() as connection:
            known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [wanted])
            if known.rowcount == 0:
                with suppress(*_ANOTHER_WAS_FASTER):
                    connection.execute(
                        sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(
                            sql.Identifier(wanted)
                        )
                    )
    grant(name)


def drop_database(name: str) -> None:
    """Drop a database, ending the sessions in it; nothing happens when there is none."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with _maintenance() as connection:
        connection.execute(statement)


def grant(name: str | None = None) -> None:
    """Give the application role its rights in a database (the configured one by default).

    Rights on tables reach those made later; so run it before the first migration. Safe to repeat.
    Raises RolesNotSeparate when application and owner are the same role.
    """
    role = role_name(Role.APP)
    if role == role_name(Role.OWNER):
        raise RolesNotSeparate(role=role)
    with connect(Role.OWNER, name) as connection:
        grant_on(connection, role)


def _maintenance() -> psycopg.Connection:
    """Connect to a database that is not the one to be made, cloned or dropped."""
    return connect(Role.OWNER, parameters(Role.OWNER)["dbname"] if is_external() else "postgres")

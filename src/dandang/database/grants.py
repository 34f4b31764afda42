"""What the application role may do in a database: work with rows, never change what a table is."""

import psycopg
from psycopg import sql

# Numbers of identity columns are drawn without a right on their sequence, so none is given.
# Rights on tables yet to be made are set beforehand and not repeated on those that exist: a
# migration that takes some away (the ledger's) must stay right however often this is run.
_STATEMENTS = (
    "SELECT pg_advisory_xact_lock(hashtext('dandang grants'))",  # one at a time
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT ON DATABASE {database} TO {role}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {role}",
    """ALTER DEFAULT PRIVILEGES IN SCHEMA public
       GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}""",
)


def grant_on(connection: psycopg.Connection, role: str) -> None:
    """Give `role` its rights in the connected database, whose owner is connected."""
    names = {
        "database": sql.Identifier(connection.info.dbname),
        "role": sql.Identifier(role),
    }
    with connection.transaction():
        for statement in _STATEMENTS:
            connection.execute(sql.SQL(statement).format(**names))

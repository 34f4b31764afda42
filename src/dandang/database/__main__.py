"""`python -m dandang.database PROGRAM …`: a PostgreSQL program on our database, as its owner.

The server is up while the program runs. `psql`, `pg_dump` and `pg_restore` come with the server.
"""

import os
import subprocess
import sys

from dandang.database.binaries import find_client
from dandang.database.connection import Role, parameters
from dandang.database.errors import DatabaseError
from dandang.database.running import running

_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "requirepeer": "PGREQUIREPEER",
}


def main(arguments: list[str]) -> int:
    """Run the program and return its exit code; 2 when none was named, 1 without a server."""
    if not arguments:
        print(__doc__, file=sys.stderr)  # noqa: T201 this is a command
        return 2
    try:
        with running():
            found = parameters(Role.OWNER)
            environment = {_VARIABLES[name]: str(found[name]) for name in _VARIABLES.keys() & found}
            command = [str(find_client(arguments[0])), *arguments[1:]]
            done = subprocess.run(  # noqa: S603 the user's own command, run as the user
                command, check=False, env=os.environ | environment
            )
            return done.returncode
    except DatabaseError as error:
        print(error, file=sys.stderr)  # noqa: T201 this is a command
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

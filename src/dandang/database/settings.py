"""The database as Django's settings want it."""

from typing import Any

from dandang.database.connection import Role, chosen_role, parameters

_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def django_settings(role: Role | None = None, database: str | None = None) -> dict[str, Any]:
    """Return Django's `DATABASES["default"]`; nothing is started or asked.

    The role is the application's, or the owner's with `DANDANG_ROLE=owner`, unless given.
    Raises SettingUnclear, OwnerUrlMissing.
    """
    found = parameters(role or chosen_role(), database)
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{ours: found.pop(theirs, "") for theirs, ours in _NAMES.items()},
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Without these two PostgreSQL parses every statement anew, which nearly doubles its work.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5, **found},
    }

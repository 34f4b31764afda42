"""The steps of a start that may take a moment; interfaces own the words."""

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """What the supervisor is about to do."""

    WAITING = "waiting"
    CREATING_USER = "creating_user"
    COPYING_SERVER = "copying_server"
    INITIALISING = "initialising"
    STARTING = "starting"
    RECOVERING = "recovering"
    STOPPING = "stopping"
    MIGRATING = "migrating"


Progress = Callable[[Step], None]


def silent(_step: Step) -> None:
    """Show nothing."""

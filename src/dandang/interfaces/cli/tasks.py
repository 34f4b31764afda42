"""The tasks of a worker: each function returns what is called again and again, with a memory."""

from collections.abc import Callable

from dandang.interfaces.shared import clock
from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.watching.actions.look import look
from dandang.lifecycle.work import Firing


def clocks() -> Callable[[], int]:
    """Fire the clocks that ran out."""
    firing = Firing()

    def fire() -> int:
        worked = firing.go(clock.now())
        return worked.fired + worked.aside

    return fire


def watches() -> Callable[[], int]:
    """Look for what starves, for holes in rosters, for many requests at once."""

    def watch() -> int:
        looked = look(clock.now())
        return len(looked.findings) + len(looked.calls)

    return watch


def ledger() -> Callable[[], int]:
    """Give events their index in the log."""
    return sequence_once

"""The tasks of a worker: each function returns what is called again and again, with a memory."""

from collections.abc import Callable

from django.utils import timezone

from dandang.interfaces.shared import clock
from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.watching.actions.look import look
from dandang.lifecycle.work import Firing
from dandang.notifications.call_back.following import follow_once as follow_calls
from dandang.notifications.webhook.sending import deliver_once


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


def webhooks() -> Callable[[], int]:
    """Send what other systems subscribed to."""

    def deliver() -> int:
        done = deliver_once(now=clock.now(), clock=timezone.now)
        return done.taken_in + done.sent + done.failed + done.dead

    return deliver


def call_backs() -> Callable[[], int]:
    """Take calls off the list that have nothing to be about any more."""

    def settle() -> int:
        return follow_calls(now=clock.now())

    return settle

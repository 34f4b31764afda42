"""The tasks of a worker: each function returns what is called again and again, with a memory."""

from collections.abc import Callable
from datetime import timedelta
from time import monotonic

from django.utils import timezone

from dandang.finding.following import follow_once as follow_cases
from dandang.interfaces.shared import clock
from dandang.ledger.sequencer import sequence_once
from dandang.lifecycle.casework.actions.incumbents import take_over_due
from dandang.lifecycle.escalation.actions.settle_notice import settle_provisional
from dandang.lifecycle.intake.drafts import forget_old_drafts
from dandang.lifecycle.watching.actions.look import look
from dandang.lifecycle.work import Firing
from dandang.notifications.access.sending import send_codes
from dandang.notifications.access.upkeep import prune as forget_access
from dandang.notifications.call_back.following import follow_once as follow_calls
from dandang.notifications.following import follow_once
from dandang.notifications.sending import deliver_once as deliver_messages
from dandang.notifications.upkeep import prune
from dandang.notifications.webhook.sending import deliver_once
from dandang.organization.access.locks import forget as forget_failures
from dandang.organization.actions.sign_in_events import forget as forget_events
from dandang.organization.queries import work_calendar
from dandang.organization.sessions import SessionStore
from dandang.publication.cases.following import follow_once as follow_published
from dandang.publication.figures.working import Keeping
from dandang.terms import Refusal

_TIDY = timedelta(hours=1)
_NOTICES_SECONDS = 600.0
"""How long after everything is settled it is looked for what was left because somebody held it."""


def clocks() -> Callable[[], int]:
    """Fire the clocks that ran out."""
    firing = Firing()

    def fire() -> int:
        worked = firing.go(clock.now())
        return worked.fired + worked.aside

    return fire


def posts() -> Callable[[], int]:
    """Tell the open cases of posts that changed hands who has them now."""

    def tell() -> int:
        try:
            return take_over_due(clock.now())
        except Refusal:  # there is no body yet
            return 0

    return tell


def notices() -> Callable[[], int]:
    """Settle deadlines that waited for a calendar notice, when one is there."""
    reached, again_at, settled_by = 0, 0.0, ""

    def settle() -> int:
        nonlocal reached, again_at, settled_by
        try:
            version = work_calendar().version
        except Refusal:  # there is no body yet
            return 0
        if version == settled_by and monotonic() < again_at:
            return 0
        batch = settle_provisional(clock.now(), after=reached)
        reached = batch.reached or 0
        if not reached:
            settled_by, again_at = version, monotonic() + _NOTICES_SECONDS
        return batch.cases

    return settle


def watches() -> Callable[[], int]:
    """Look for what starves, for holes in rosters, for many requests at once."""

    def watch() -> int:
        looked = look(clock.now())
        return len(looked.findings) + len(looked.calls)

    return watch


def ledger() -> Callable[[], int]:
    """Give events their index in the log."""
    return sequence_once


def messages() -> Callable[[], int]:
    """Write down who is told what, send what is due, and forget now and then what is long done."""
    pruned = clock.now()

    def tell() -> int:
        nonlocal pruned
        now = clock.now()
        written = follow_once(now=now)
        codes = send_codes(now=now)
        sent = deliver_messages(now=now)
        done = written + codes + sent.sent + sent.failed + sent.dead
        if now - pruned >= _TIDY:  # also where there is always something to send
            done += prune(now=now) + forget_access(now=now) + forget_old_drafts(now=now)
            done += forget_events(timezone.now()) + forget_failures(timezone.now())
            SessionStore.clear_expired()  # they tell which requests one browser opened
            pruned = now
        return done

    return tell


def webhooks() -> Callable[[], int]:
    """Send what other systems subscribed to."""

    def deliver() -> int:
        done = deliver_once(now=clock.now(), clock=timezone.now)
        return done.taken_in + done.sent + done.failed + done.dead

    return deliver


def published_cases() -> Callable[[], int]:
    """Keep at what the public may see of single cases."""
    return follow_published


def found_cases() -> Callable[[], int]:
    """Keep at what cases are found by."""
    return follow_cases


def call_backs() -> Callable[[], int]:
    """Take calls off the list that have nothing to be about any more."""

    def settle() -> int:
        return follow_calls(now=clock.now())

    return settle


def figures() -> Callable[[], int]:
    """Count what the public may see."""
    keeping = Keeping()

    def count() -> int:
        return keeping.go(clock.now())

    return count

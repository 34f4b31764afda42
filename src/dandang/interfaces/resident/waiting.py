"""How long a request has waited, and through how many hands it went, in words to its sender."""

from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from dandang.interfaces.resident.pages import Waiting
from dandang.interfaces.shared.clocks import counts_elapsed
from dandang.interfaces.shared.timeline import History
from dandang.interfaces.shared.words.remaining import elapsed, working_time
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.event_types import CUSTODY_EVENTS
from dandang.policy import ClockName
from dandang.workdays import BeyondCalendar


def waiting(history: History, facts: Facts, sent_at: datetime) -> Waiting:
    """Return the waiting so far, or until the end, and the posts that held the case.

    The time counts from sending; the time of the holder from when it came there. Both are told in
    the time that the total clock of the case counts.
    """
    until = facts.case.ended_at or facts.now
    since_sent = _amount(facts, sent_at, until)
    with_holder = _amount(facts, min(facts.case.held_since, until), until)
    return Waiting(
        since_sent=since_sent,
        with_holder="" if with_holder == since_sent else with_holder,
        hands=hands(history),
    )


def hands(history: History) -> int:
    """Return through how many hands a case went: each time another post came to hold it."""
    posts = [
        str(event.fields["to_post"])
        for event, _personal in history
        if event.type in CUSTODY_EVENTS and event.fields.get("to_post")
    ]
    return bool(posts) + sum(before != after for before, after in pairwise(posts))


def _amount(facts: Facts, since: datetime, until: datetime) -> str:
    case = facts.case
    if counts_elapsed(ClockName.TOTAL, case.case_class, facts.policy):
        words = elapsed(until - since)
    else:
        try:
            amount = facts.calendar.working_time_between(since, until, provisional_ok=True)
        except BeyondCalendar:  # an import that claims to be older than every calendar
            words = elapsed(until - since)
        else:
            words = working_time(amount, facts.calendar)
    return words or _("less than a minute")

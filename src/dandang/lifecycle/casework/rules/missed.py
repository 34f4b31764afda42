"""Which deadlines requesters see, and which of them passed."""

from datetime import datetime

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.deadlines.clocks import NO_DEADLINES
from dandang.policy import ClockName
from dandang.terms import Due

_THEIR_OWN = frozenset({ClockName.JUDGEMENT_WINDOW, ClockName.QUESTION})
"""Clocks by which requesters themselves have to answer."""


def shown_to_requesters(case: CaseState) -> tuple[Due, ...]:
    """Return the running clocks that mean something to requesters, the one due first in front.

    That an officer objected in writing is nothing to them; their own objection is.
    """
    silent = set(NO_DEADLINES)
    if not any(one.by_requester for one in case.objections):
        silent.add(ClockName.OBJECTION_ANSWER)
    running = [
        (due.at, due)
        for due in case.clocks.values()
        if due.at is not None and not due.paused and due.clock not in silent
    ]
    return tuple(due for _at, due in sorted(running, key=lambda one: one[0]))


def missed_deadlines(case: CaseState, now: datetime) -> tuple[Due, ...]:
    """Return the deadlines that requesters see and that passed, without those of their own."""
    return tuple(
        due
        for due in shown_to_requesters(case)
        if due.clock not in _THEIR_OWN and due.at is not None and due.at <= now
    )


def not_asked_about(case: CaseState, now: datetime) -> tuple[Due, ...]:
    """Return the missed deadlines about which nobody has asked the office above yet."""
    asked = {(one.clock, one.due_at) for one in case.asked_above}
    return tuple(due for due in missed_deadlines(case, now) if (due.clock, due.at) not in asked)


def may_ask_above(facts: Facts) -> bool:
    """Say whether a requester can ask the office above now."""
    is_theirs = facts.case.standing().awaits_requester
    return not is_theirs and bool(not_asked_about(facts.case, facts.now))

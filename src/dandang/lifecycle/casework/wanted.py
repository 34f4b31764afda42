"""Which cases a list wants, and the condition that finds them by the indexes of their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from dandang.lifecycle.casework.keeping_out import KeptOut, closed_to
from dandang.lifecycle.casework.undecided import UNDECIDED
from dandang.lifecycle.states import OPEN, Outcome, State
from dandang.policy import ClockName
from dandang.terms import normalise_reference

_AWAITS_REQUESTER = Q(outcome=Outcome.RESOLVED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases to list; empty means all. `posts` and `units` are codes.

    `undecided` are those that wait for a deciding office (disputes, proposals to explain or
    decline, what somebody asked for, be it of an ended case), `unjudged` those that wait for their
    requesters' judgement, `appealed` those with an appeal to decide, `asked_of` those that wait
    for the help or the answer of these posts, `called` those with a call upon these posts,
    `targets` those with an open call at one of these levels, `listed` those on the leader's list.
    `long_standing` are those that are listed, have a sponsor, or have a call that only these acts
    answer (each the acts of a step that asks for a sponsor, joined by commas). `publishing` is
    where they stand to the public. `hidden_from` leaves out what is closed to an officer.
    """

    posts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    open_only: bool = False
    undecided: bool = False
    unjudged: bool = False
    appealed: bool = False
    asked_of: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    listed: bool = False
    long_standing: tuple[str, ...] = ()
    overdue_at: datetime | None = None
    publishing: str = ""
    category: str = ""
    reference: str = ""
    hidden_from: KeptOut | None = None


def where(wanted: Wanted) -> Q:
    """Return the condition under which a case is wanted."""
    given = {
        "holder__in": wanted.posts,
        "holder_unit__in": wanted.units,
        "state__in": [state.value for state in wanted.states],
        "category": wanted.category,
        "requests__reference": wanted.reference and normalise_reference(wanted.reference),
        "due_at__lt": wanted.overdue_at,
    }
    found = Q(**{name: value for name, value in given.items() if value})
    if wanted.undecided:
        found &= UNDECIDED
    if wanted.unjudged:
        found &= Q(state=State.PROPOSED) & _AWAITS_REQUESTER
    if wanted.appealed:
        # The partial index of ended cases that wait for something stands on this predicate.
        found &= Q(
            due_clock=ClockName.APPEAL_DECISION, due_at__isnull=False, ended_at__isnull=False
        )
    if wanted.asked_of:
        found &= _names(wanted.asked_of, ("assists", "of_post"), ("objections", "to_post"))
    if wanted.publishing:
        found &= ~Q(particulars={}) & Q(particulars__contains={"publishing": wanted.publishing})
    found &= _gone_up(wanted)
    only_open = bool(wanted.states) and OPEN.issuperset(wanted.states)
    if wanted.open_only or wanted.overdue_at or wanted.unjudged or only_open:
        # The partial indexes of the worklists stand on this predicate.
        found &= Q(ended_at=None)
    return found & open_to(wanted.hidden_from)


def _gone_up(wanted: Wanted) -> Q:
    """Return the condition on calls, on the leader's list and on sponsors."""
    found = Q()
    if wanted.called:
        found &= _names(wanted.called, ("calls", "post"))
    if wanted.targets:
        found &= Q(ended_at=None) & _names(wanted.targets, ("calls", "target"))
    if wanted.listed:
        found &= Q(ended_at=None, listed_at__isnull=False)
    if wanted.long_standing:
        asks = _names(wanted.long_standing, ("calls", "answers"))
        found &= Q(ended_at=None) & (Q(listed_at__isnull=False) | ~Q(sponsor="") | asks)
    return found


def _names(codes: Iterable[str], *places: tuple[str, str]) -> Q:
    """Return the condition that a particular of one of these kinds names one of the codes."""
    named = (
        Q(particulars__contains={kind: [{name: code}]}) for code in codes for kind, name in places
    )
    return ~Q(particulars={}) & reduce(or_, named)


def open_to(officer: KeptOut | None) -> Q:
    """Return the condition that leaves out what is closed to an officer."""
    return ~Q(pk__in=closed_to(officer).values("pk")) if officer else Q()

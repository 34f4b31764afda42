"""Which cases a list wants, and the condition that finds them by the indexes of their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from dandang.lifecycle.casework.keeping_out import KeptOut, open_to
from dandang.lifecycle.casework.statements import EMPTY
from dandang.lifecycle.casework.undecided import ASKING_TO_LOOK, SUPPORT_ASKED, UNDECIDED
from dandang.lifecycle.states import OPEN, Outcome, State
from dandang.policy import ClockName
from dandang.terms import normalise_reference

__all__ = ["Wanted", "open_to", "where"]

_AWAITS_REQUESTER = Q(outcome=Outcome.RESOLVED)


_BEFORE_WORK = (State.RECEIVED.value, State.ASSIGNED.value)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases to list; empty means all. `posts` and `units` are codes.

    `undecided` are those that wait for a deciding office (disputes, proposals to explain or
    decline, what somebody asked for, be it of an ended case), with `unmasking` those, too, in which
    an officer waits to be allowed to see a contact. `supported_in` are those held in these units
    that wait for what their holder needs, because they stand still. `unjudged` those that wait for
    their requesters' judgement, `appealed` those with an appeal to decide, `asked_of` those that
    wait for the help or the answer of these posts, `called` those with a call upon these posts,
    `targets` those with an open call at one of these levels, `listed` those on the leader's list.
    `long_standing` are those that are listed, have a sponsor, or have a call that only these acts
    answer (each the acts of a step that asks for a sponsor, joined by commas). `publishing` is
    where they stand to the public. `clocks` are the names of the clock that is due first,
    `due_before` bounds its time, `undated` have none. `references` are those of the cases
    themselves. `in_state` and `in_units` narrow further what `states` and `units` let through.
    `sent_back` are those that came back and wait to be accepted or given on again, `assisted_by`
    those that wait for help of these posts, `objected_to` those with an objection that these posts
    have to answer. `hidden_from` leaves out what an officer may not read.
    """

    posts: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    open_only: bool = False
    undecided: bool = False
    supported_in: tuple[str, ...] = ()
    unjudged: bool = False
    appealed: bool = False
    asked_of: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    listed: bool = False
    long_standing: tuple[str, ...] = ()
    overdue_at: datetime | None = None
    publishing: str = ""
    unmasking: bool = False
    category: str = ""
    reference: str = ""
    categories: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    due_before: datetime | None = None
    undated: bool = False
    references: tuple[str, ...] = ()
    in_state: str = ""
    in_units: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    sent_back: bool = False
    assisted_by: tuple[str, ...] = ()
    objected_to: tuple[str, ...] = ()
    hidden_from: KeptOut | None = None


def where(wanted: Wanted) -> Q:
    """Return the condition under which a case is wanted."""
    given = {
        "holder__in": wanted.posts,
        "holder_unit__in": wanted.units,
        "state__in": [state.value for state in wanted.states],
        "category": wanted.category,
        "requests__reference": wanted.reference and normalise_reference(wanted.reference),
        "category__in": wanted.categories,
        "area__in": wanted.areas,
        "case_class__in": wanted.classes,
        "channel__in": wanted.channels,
        "due_clock__in": wanted.clocks,
        "outcome__in": wanted.outcomes,
        "reference__in": wanted.references,
    }
    found = Q(**{name: value for name, value in given.items() if value}) & _due(wanted)
    if wanted.in_state:
        found &= Q(state=wanted.in_state)
    if wanted.in_units:
        found &= Q(holder_unit__in=wanted.in_units)
    found &= _decided(wanted)
    if wanted.unjudged:
        found &= Q(state=State.PROPOSED) & _AWAITS_REQUESTER
    if wanted.appealed:
        # The partial index of ended cases that wait for something stands on this predicate.
        found &= Q(
            due_clock=ClockName.APPEAL_DECISION, due_at__isnull=False, ended_at__isnull=False
        )
    found &= _asked_of(wanted)
    if wanted.publishing:
        found &= ~Q(particulars=EMPTY) & Q(particulars__contains={"publishing": wanted.publishing})
    found &= _gone_up(wanted)
    only_open = bool(wanted.states) and OPEN.issuperset(wanted.states)
    if wanted.open_only or wanted.overdue_at or wanted.unjudged or only_open:
        # The partial indexes of the worklists stand on this predicate.
        found &= Q(ended_at=None)
    return found & open_to(wanted.hidden_from)


def _decided(wanted: Wanted) -> Q:
    """Return the condition on what waits for a decision."""
    found = Q()
    if wanted.undecided:
        found &= UNDECIDED | ASKING_TO_LOOK if wanted.unmasking else UNDECIDED
    if wanted.supported_in:
        found &= SUPPORT_ASKED & Q(holder_unit__in=wanted.supported_in)
    return found


def _due(wanted: Wanted) -> Q:
    """Return the condition on the time that is due first."""
    found = Q()
    for before in (wanted.overdue_at, wanted.due_before):
        if before:
            found &= Q(due_at__lt=before)
    return found & Q(due_at=None) if wanted.undated else found


def _asked_of(wanted: Wanted) -> Q:
    """Return the condition on what waits for an act of certain posts, and on what came back."""
    found = Q()
    if wanted.asked_of:
        found &= _names(wanted.asked_of, ("assists", "of_post"), ("objections", "to_post"))
    if wanted.assisted_by:
        found &= _names(wanted.assisted_by, ("assists", "of_post"))
    if wanted.objected_to:
        found &= _names(wanted.objected_to, ("objections", "to_post"))
    if wanted.sent_back:
        found &= Q(state__in=_BEFORE_WORK, came_from="", bound=False) & ~Q(returns=EMPTY)
    return found


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
    return ~Q(particulars=EMPTY) & reduce(or_, named)

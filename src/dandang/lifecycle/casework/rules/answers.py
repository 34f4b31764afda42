"""Answers of requesters after the work is done: whose they are, and until when they are taken."""

from datetime import datetime

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.state import RequestState
from dandang.lifecycle.deadlines.rules import end_of
from dandang.terms import ActorKind, Code, Refusal


def request_meant(facts: Facts, named: int | None) -> RequestState:
    """Return the request an answer is about: one's own, or the one an officer names, or the first.

    Refuses `unknown_request`, also for one that takes no part in the case any more.
    """
    number = facts.request_number
    if number is None:
        number = 1 if named is None else named
    request = facts.case.request(number)
    if request is None or not request.is_active:
        raise Refusal(Code.UNKNOWN_REQUEST, request=number)
    return request


def collected(facts: Facts) -> str:
    """Return how an answer came in: from the requester, the post that set the case, or a call."""
    if facts.by.kind is ActorKind.REQUESTER:
        return "requester"
    return "setter" if facts.post == facts.case.set_by else "call_back"


def changeable_until(facts: Facts, given_at: datetime) -> datetime:
    """Return until when an answer that was given then can be changed (UTC).

    Until then the unit is not shown what is for the requester alone to say.
    """
    return end_of(facts.policy.limits.judgement_change, given_at, facts.calendar).at


def may_rate(facts: Facts) -> bool:
    """Say whether somebody of whom the actor speaks has judged in time for a rating."""
    own = facts.request_number
    return any(
        one.judged_at is not None and facts.now <= changeable_until(facts, one.judged_at)
        for one in facts.case.active
        if own in (None, one.number)
    )


def may_look_back(facts: Facts) -> bool:
    """Say whether requesters are asked again, and their time has not passed."""
    until = facts.case.look_back_until
    return until is not None and facts.now <= until

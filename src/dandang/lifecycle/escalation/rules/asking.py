"""What lets a requester ask the office above to act, and who is called then."""

from dataclasses import dataclass

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.missed import missed_deadlines, not_asked_about
from dandang.lifecycle.escalation.events import BY_REQUESTER, EscalationAsked
from dandang.lifecycle.escalation.rules.above import RANKS, Callee, above, next_above
from dandang.lifecycle.escalation.rules.firing import call, put_on_list
from dandang.policy import CallTarget
from dandang.terms import Code, Event, Refusal


@dataclass(frozen=True, slots=True)
class AskEscalation:
    """A requester asks the office above to act."""

    text: str = ""


def ask_escalation(facts: Facts, wish: AskEscalation) -> tuple[Event, ...]:
    """Call the next above whoever is called about the case, once for each missed deadline.

    That is the first above the holder where nobody is called. Where the top is called already,
    nobody else is; where it stayed silent, the case is on the leader's list. The call is answered
    like any other. Refuses `wrong_state` while requesters are asked for their judgement,
    `no_deadline_missed` and `already_asked`.
    """
    case = facts.case
    assert facts.request_number is not None
    if case.standing().awaits_requester:
        raise Refusal(Code.WRONG_STATE, verb="ask-escalation", state=case.state.value)
    if not missed_deadlines(case, facts.now):
        raise Refusal(Code.NO_DEADLINE_MISSED)
    missed = tuple(due.clock for due in not_asked_about(case, facts.now))
    if not missed:
        raise Refusal(Code.ALREADY_ASKED)
    return (
        EscalationAsked(facts.request_number, missed, wish.text or None),
        *_call_above(facts),
    )


def _call_above(facts: Facts) -> tuple[Event, ...]:
    called = [one for one in facts.case.calls if not one.kind]
    places = {one.post.code: place for place, one in enumerate(above(facts))}
    top = max(
        called,
        key=lambda one: (RANKS[CallTarget(one.target)], places.get(one.post, -1), one.seq),
        default=None,
    )
    who: Callee | None
    if top is None:
        who = next(iter(above(facts)), None)
    else:
        who = next_above(facts, top.post, CallTarget(top.target))
    if who is not None:
        return (call(facts, who, BY_REQUESTER),)
    return put_on_list(facts) if top is None or top.missed else ()

"""What may happen when a case stands still: its holder says why, once, and what would help.

The answer is a request to those above, never a mark against anybody: it moves no clock of the
holder, is shown to nobody outside, and stands for what the holder cannot do alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dandang.lifecycle.casework.events.custody import Assigned
from dandang.lifecycle.casework.events.stalling import (
    StallExplained,
    SupportDecided,
    SupportRequested,
)
from dandang.lifecycle.casework.rules.asking import nothing_undecided, undecided
from dandang.lifecycle.casework.rules.changes import Changes
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.helping import request_assist
from dandang.lifecycle.casework.rules.holding import may_lead
from dandang.lifecycle.casework.rules.particulars import Asked, Wanted
from dandang.lifecycle.casework.rules.permit import acts_as
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.rules.waiting import moved_on
from dandang.lifecycle.casework.rules.wishes import RequestAssist
from dandang.lifecycle.deadlines.ladder import silence
from dandang.lifecycle.routing.rules import Why
from dandang.lifecycle.states import Decision, Obstacle, Remedy
from dandang.lifecycle.verbs import Who
from dandang.terms import Code, Event, Recorded, Refusal

REMEDIES: Mapping[Obstacle, Remedy] = {
    Obstacle.WAITING: Remedy.NONE,
    Obstacle.NO_AUTHORITY: Remedy.DECISION,
    Obstacle.NO_MEANS: Remedy.DECISION,
    Obstacle.NO_KNOW_HOW: Remedy.TRAINING,
    Obstacle.FEAR_OF_BLAME: Remedy.TOLERANCE_RULING,
    Obstacle.OVERLOADED: Remedy.REASSIGNMENT,
    Obstacle.OTHER: Remedy.NONE,
}
"""What is asked for where the holder names no other remedy."""


@dataclass(frozen=True, slots=True)
class ExplainStall:
    """Why nothing was done, what would help ("" for what the obstacle offers), and whose help."""

    obstacle: Obstacle
    text: str
    remedy: Remedy | None = None
    of_post: str = ""


@dataclass(frozen=True, slots=True)
class DecideSupport:
    """Give what the holder asked for, or refuse it; a case that is given away goes to `to_post`."""

    decision: Decision
    text: str
    to_post: str = ""


def explain_stall(facts: Facts, wish: ExplainStall) -> tuple[Event, ...]:
    """Say why the case stands still, once for every silence, and ask for what would help.

    Assistance is asked of the post itself; anything else but `none` is asked of those above.
    Refuses `not_stalled`, `already_answered`, `already_asked` (something else is undecided),
    `field_required` (assistance of nobody), and what `helping.request_assist` refuses.
    """
    since = _silence(facts)
    if not since:
        raise Refusal(Code.NOT_STALLED)
    if facts.case.explained == since:
        raise Refusal(Code.ALREADY_ANSWERED)
    remedy = wish.remedy or REMEDIES[wish.obstacle]
    explained = StallExplained(obstacle=wish.obstacle, since=since, text=wish.text)
    if remedy is Remedy.NONE:
        return (explained,)
    if remedy is Remedy.ASSISTANCE:
        if not wish.of_post:
            raise Refusal(Code.FIELD_REQUIRED, field="of_post")
        asked = request_assist(facts, RequestAssist(of_post=wish.of_post, text=wish.text))
        return (explained, *asked)
    nothing_undecided(facts)
    return (explained, SupportRequested(obstacle=wish.obstacle, remedy=remedy))


def decide_support(facts: Facts, wish: DecideSupport) -> tuple[Event, ...]:
    """Answer what the holder asked for. Giving the case to another post is an answer of its own.

    The head of a unit gives it to posts of that unit alone, a deciding office to any. Refuses
    `nothing_asked`, `decider_involved` (to who asked), `field_required` (a case is to be given away
    and nobody named), `field_unknown` (a post where nothing is given away), `already_held_there`,
    `not_the_deciding_office`, and what `holding.may_lead` refuses.
    """
    asked = undecided(facts, Wanted.SUPPORT)
    remedy = Remedy(asked.remedy)
    decided = SupportDecided(remedy=remedy, decision=wish.decision, text=wish.text)
    gives_away = remedy is Remedy.REASSIGNMENT and wish.decision is Decision.GRANTED
    if not gives_away:
        if wish.to_post:
            raise Refusal(Code.FIELD_UNKNOWN, verb="decide-support", field="to_post")
        return (decided,)
    if not wish.to_post:
        raise Refusal(Code.FIELD_REQUIRED, field="to_post")
    return (decided, *moved_on(facts), _given_away(facts, wish.to_post))


def may_explain(facts: Facts) -> bool:
    """Say whether the case stands still and nobody has said why."""
    since = _silence(facts)
    return bool(since) and facts.case.explained != since


def _silence(facts: Facts) -> str:
    ladder = facts.policy.ladders.get(facts.case_class.ladder)
    return silence(ladder, facts.case.standing())


def _given_away(facts: Facts, to_post: str) -> Assigned:
    target = facts.directory.post(to_post)
    if target.code == facts.case.holder:
        raise Refusal(Code.ALREADY_HELD_THERE, post=target.code)
    own = facts.directory.unit_of(facts.post).code
    decides = acts_as(facts, Who.DECIDING)
    if not decides and not facts.directory.in_subtree(target.unit, own):
        raise Refusal(Code.NOT_THE_DECIDING_OFFICE)
    may_lead(facts, target, facts.category_path)
    return Assigned(to_post=target.code, to_unit=target.unit, why=Why.SUPPORT.value)


def _explained(case: CaseState, event: StallExplained, _recorded: Recorded) -> CaseState:
    return replace(case, explained=event.since)


def _requested(case: CaseState, event: SupportRequested, recorded: Recorded) -> CaseState:
    return replace(case, asked=Asked(Wanted.SUPPORT, recorded.by.code, remedy=event.remedy.value))


def _decided(case: CaseState, _event: SupportDecided, _recorded: Recorded) -> CaseState:
    return replace(case, asked=None)


CHANGES: Changes = {
    StallExplained: _explained,
    SupportRequested: _requested,
    SupportDecided: _decided,
}

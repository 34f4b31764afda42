"""What going up, running out of time, calls and their answers make of a case."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from dandang.lifecycle.casework.rules.changes import Changes, ran_out, take, unchanged
from dandang.lifecycle.casework.rules.evolve import evolve as evolve_casework
from dandang.lifecycle.casework.rules.particulars import (
    AskedAbove,
    Assist,
    Call,
    Instruction,
    Unmasking,
)
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.deadlines.ladder import taken
from dandang.lifecycle.escalation.events import (
    ActedOnCall,
    CalledUpon,
    DeadlineMissed,
    DueTimesSettled,
    Escalated,
    EscalationAsked,
    LookBackAsked,
    Reminded,
    SponsorNamed,
)
from dandang.lifecycle.escalation.rules.above import RANKS, closes
from dandang.lifecycle.states import State
from dandang.policy import CallTarget, ClockName
from dandang.terms import Recorded

LateT = TypeVar("LateT", Call, Assist)


def evolve(case: CaseState, recorded: Recorded) -> CaseState:
    """Return the case after an event of escalation or of a stage below."""
    event = recorded.event
    change = _CHANGES.get(type(event))
    return evolve_casework(case, recorded) if change is None else change(case, event, recorded)


def _missed(case: CaseState, event: DeadlineMissed, _recorded: Recorded) -> CaseState:
    case = ran_out(case, event.clock)
    if event.clock == ClockName.CALL:
        return case.changed(calls=_late(case.calls, event.due_at))
    if event.clock == ClockName.ASSISTANCE:
        return case.changed(assists=_late(case.assists, event.due_at))
    if event.clock == ClockName.UNMASKING_DECISION:
        waiting = tuple(_too_long(one, event.due_at) for one in case.unmaskings)
        return case.changed(unmaskings=waiting)
    return case


def _late(several: tuple[LateT, ...], due_at: datetime) -> tuple[LateT, ...]:
    """Return several calls, or several requests for help, with those marked that are late."""
    return tuple(
        replace(one, missed=True) if one.due_at <= due_at and not one.missed else one
        for one in several
    )


def _too_long(one: Unmasking, due_at: datetime) -> Unmasking:
    is_late = one.waits and one.due_at is not None and one.due_at <= due_at
    return replace(one, missed=True) if is_late else one


def _reminded(case: CaseState, event: Reminded, _recorded: Recorded) -> CaseState:
    if event.clock == ClockName.JUDGEMENT_WINDOW:
        return ran_out(case, ClockName.JUDGEMENT_REMINDER)
    return _stepped(case, event.step, event.mark)


def _escalated(case: CaseState, event: Escalated, recorded: Recorded) -> CaseState:
    case = _stepped(case, event.step, event.mark)
    if event.lists:
        case = case.changed(listed_at=case.listed_at or recorded.occurred_at)
    if event.publishes:
        case = case.changed(published_at=case.published_at or recorded.occurred_at)
    if event.to_post is None or event.to_unit is None:
        return case
    taken_over = take(case, recorded, event.to_post, event.to_unit)
    return replace(taken_over, state=State.IN_PROGRESS, came_from="")


def _called(case: CaseState, event: CalledUpon, recorded: Recorded) -> CaseState:
    made = Call(
        seq=case.seq + 1,
        officer=event.officer,
        post=event.called_post,
        unit=event.called_unit,
        step=event.step,
        target=event.target,
        answers=",".join(event.answered_by),
        called_at=recorded.occurred_at,
        due_at=event.due_at,
    )
    others = (one for one in case.calls if (one.post, one.kind) != (made.post, made.kind))
    return _stepped(case, event.step, event.mark).changed(calls=(*others, made))


def _acted(case: CaseState, event: ActedOnCall, recorded: Recorded) -> CaseState:
    answered = next(one for one in case.calls if one.seq == event.call)
    rank = RANKS[CallTarget(answered.target)]
    left = tuple(one for one in case.calls if not closes(answered, event.act, one))
    case = replace(case, calls=left, listed_at=case.listed_at if left else None)
    if event.due_at is None or _stands(case.instruction, rank, recorded.occurred_at):
        return case
    who = event.who or case.holder
    instruction = Instruction(answered.post, who, event.due_at, answered.target)
    return replace(case, instruction=instruction)


def _stands(ordered: Instruction | None, rank: int, now: datetime) -> bool:
    """Say whether somebody higher ordered something whose time has not passed."""
    if ordered is None or not ordered.target or ordered.due_at <= now:
        return False
    return RANKS[CallTarget(ordered.target)] > rank


def _sponsored(case: CaseState, event: SponsorNamed, _recorded: Recorded) -> CaseState:
    return replace(case, sponsor=event.sponsor_post)


def _asked_above(case: CaseState, event: EscalationAsked, _recorded: Recorded) -> CaseState:
    about = ((clock, case.clocks[clock].at) for clock in event.deadlines)
    asked = (AskedAbove(clock, at, event.request) for clock, at in about if at is not None)
    return case.changed(asked_above=(*case.asked_above, *asked))


def _looks_back(case: CaseState, event: LookBackAsked, _recorded: Recorded) -> CaseState:
    return case.changed(look_back_until=event.until) if event.drawn else case


def _stepped(case: CaseState, step: str, mark: str | None) -> CaseState:
    return case if mark is None else case.changed(stepped=taken(case.stepped, step, mark))


_CHANGES: Changes = {
    DeadlineMissed: _missed,
    Reminded: _reminded,
    Escalated: _escalated,
    CalledUpon: _called,
    ActedOnCall: _acted,
    SponsorNamed: _sponsored,
    DueTimesSettled: unchanged,
    EscalationAsked: _asked_above,
    LookBackAsked: _looks_back,
}

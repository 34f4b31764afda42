"""Waiting and standing still: how long a case does, and what ends it when the case moves on."""

from dataclasses import replace
from datetime import datetime, timedelta

from dandang.lifecycle.casework.events.work import (
    ConditionChecked,
    OtherBodyAsked,
    Paused,
    QuestionAnswered,
    QuestionAsked,
    Resumed,
)
from dandang.lifecycle.casework.rules.changes import Changes
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Pause
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.states import State
from dandang.terms import Event, Recorded

_MINUTE = timedelta(minutes=1)


def moved_on(facts: Facts) -> tuple[Event, ...]:
    """Close an open question, a pause or a wait before the case moves: what it waited counts."""
    if facts.case.pause is not None:
        return (Resumed(cause="moved_on", waited_minutes=paused_minutes(facts)),)
    if facts.case.asked_at is not None:
        return (Resumed(cause="moved_on", waited_minutes=waited_minutes(facts)),)
    if facts.case.state is State.WAITING_OTHER:
        return (Resumed(cause="moved_on"),)
    return ()


def question_minutes_left(facts: Facts) -> int:
    """Return how many working minutes the case may still wait for its requester.

    The policy's span (three working days) is measured from the beginning of the waiting, so that
    it is worth as many minutes as those days have; what earlier questions used is taken off.
    """
    start = facts.case.asked_at or facts.now
    end = end_of(facts.policy.limits.question_time, start, facts.calendar).at
    span = facts.calendar.working_time_between(start, end, provisional_ok=True)
    return span // _MINUTE - facts.case.waited_minutes


def waited_minutes(facts: Facts) -> int:
    """Return the working minutes since the open question was asked, as far as they may count."""
    assert facts.case.asked_at is not None
    worked = working_minutes(facts, facts.case.asked_at, facts.now)
    return min(worked, question_minutes_left(facts))


def paused_minutes(facts: Facts) -> int:
    """Return the working minutes that the open pause stood still: none after its check was due."""
    pause = facts.case.pause
    assert pause is not None
    return working_minutes(facts, pause.since, min(facts.now, pause.check_at))


def working_minutes(facts: Facts, start: datetime, end: datetime) -> int:
    """Return the working minutes of a stretch.

    A begun minute counts, so that waiting never shortens what the unit has left. None where the
    machine's clock was set back in between.
    """
    worked = facts.calendar.working_time_between(start, max(start, end), provisional_ok=True)
    return -(-worked // _MINUTE)


def _asked(case: CaseState, _event: QuestionAsked, recorded: Recorded) -> CaseState:
    return replace(
        case,
        state=State.WAITING_REQUESTER,
        questions=case.questions + 1,
        asked_at=recorded.occurred_at,
    )


def _other_asked(case: CaseState, event: OtherBodyAsked, _recorded: Recorded) -> CaseState:
    return replace(case, state=State.WAITING_OTHER, check_at=event.expected_at)


def _paused(case: CaseState, event: Paused, recorded: Recorded) -> CaseState:
    pause = Pause(event.reason, since=recorded.occurred_at, check_at=event.check_at)
    return replace(case, pause=pause, check_at=event.check_at)


def _checked(case: CaseState, event: ConditionChecked, _recorded: Recorded) -> CaseState:
    if case.pause is None and case.state is not State.WAITING_OTHER:
        return replace(case, condition_at=None)
    if event.check_at is None:
        return case
    pause = replace(case.pause, check_at=event.check_at) if case.pause else None
    return replace(case, pause=pause, check_at=event.check_at)


def _goes_on(case: CaseState, event: QuestionAnswered | Resumed, _recorded: Recorded) -> CaseState:
    if case.asked_at is not None:
        case = replace(case, waited_minutes=case.waited_minutes + event.waited_minutes)
    if case.pause is not None:
        case = replace(case, paused_minutes=case.paused_minutes + event.waited_minutes)
    return replace(case, state=State.IN_PROGRESS, asked_at=None, pause=None, check_at=None)


CHANGES: Changes = {
    QuestionAsked: _asked,
    QuestionAnswered: _goes_on,
    OtherBodyAsked: _other_asked,
    Paused: _paused,
    ConditionChecked: _checked,
    Resumed: _goes_on,
}

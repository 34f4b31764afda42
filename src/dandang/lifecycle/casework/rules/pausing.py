"""What may happen to the step clock: a pause for a checkable condition, its check, going on."""

from datetime import datetime, timedelta

from dandang.lifecycle.casework.events.work import ConditionChecked, Paused, Resumed
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import acts_as
from dandang.lifecycle.casework.rules.waiting import (
    paused_minutes,
    question_minutes_left,
    waited_minutes,
    working_minutes,
)
from dandang.lifecycle.casework.rules.wishes import CheckCondition, PauseStep, Resume
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import Who
from dandang.terms import Code, Event, Refusal


def pause(facts: Facts, wish: PauseStep) -> tuple[Event, ...]:
    """Let the holder's step clock stand still until a condition is checked; the total runs on.

    The unit's head may do so for the policy's time in all, deciding offices for longer, and
    nobody in a case of a post of their own. Refuses `decider_involved`, `already_paused`,
    `unknown_reason`, `in_the_past` and `too_late` (when the condition is checked).
    """
    _check_disinterested(facts)
    if facts.case.pause is not None:
        raise Refusal(Code.ALREADY_PAUSED)
    reason = facts.policy.reason("pause", wish.reason)
    _check_at(facts, wish.check_at, facts.now)
    return (
        Paused(
            reason=reason.code, condition=wish.condition, check_at=wish.check_at, text=wish.text
        ),
    )


def resume(facts: Facts, _wish: Resume) -> tuple[Event, ...]:
    """Go on working: after a question whose time is spent, another body's answer, or a pause.

    The holder goes on when the other body answered, and, like the system, when the check of a
    pause is due; whoever may decide pauses ends one at any time. Refuses `wrong_state` (nothing
    waits), `question_time_open`, `not_the_holder`, `check_not_due`.
    """
    if facts.case.state is State.WAITING_REQUESTER:
        return _after_question(facts)
    if facts.case.state is State.WAITING_OTHER:
        if not acts_as(facts, Who.HOLDER):
            raise Refusal(Code.NOT_THE_HOLDER, verb="resume")
        return (Resumed(cause="other_answered"),)
    if facts.case.pause is None:
        raise Refusal(Code.WRONG_STATE, verb="resume", state=facts.case.state.value)
    if may_decide_pauses(facts):
        return (Resumed(cause="decided", waited_minutes=paused_minutes(facts)),)
    if facts.now < facts.case.pause.check_at:
        raise Refusal(Code.CHECK_NOT_DUE)
    return (Resumed(cause="check_passed", waited_minutes=paused_minutes(facts)),)


def check_condition(facts: Facts, wish: CheckCondition) -> tuple[Event, ...]:
    """Say whether what a pause, a wait, an extension or a decline rested on still holds.

    A pause or a wait goes on until the next check if it does, and ends if not. Extensions and
    declines are looked at by a deciding office that did not decide them, for the record.
    Refuses `no_condition`, `decider_involved`, `not_the_deciding_office`, `field_required`,
    `value_invalid`, `in_the_past` and `too_late` (when it is checked again).
    """
    _check_disinterested(facts)
    case = facts.case
    checked = ConditionChecked(holds=wish.holds, text=wish.text, check_at=wish.check_at)
    if not _waits(facts):
        _check_audit(facts)
    elif wish.holds:
        if wish.check_at is None:
            raise Refusal(Code.FIELD_REQUIRED, field="check_at")
        _check_at(facts, wish.check_at, case.pause.since if case.pause else None)
        return (checked,)
    if wish.check_at is not None:
        raise Refusal(Code.VALUE_INVALID, field="check_at")
    if case.pause is not None:
        return (checked, Resumed(cause="condition_met", waited_minutes=paused_minutes(facts)))
    if case.state is State.WAITING_OTHER:
        return (checked, Resumed(cause="other_answered"))
    return (checked,)


def may_pause(facts: Facts) -> bool:
    """Say whether nothing but the fields of a pause could be refused."""
    return facts.case.pause is None and not acts_as(facts, Who.HOLDER)


def has_condition(facts: Facts) -> bool:
    """Say whether the case rests on a condition that this actor could check."""
    if acts_as(facts, Who.HOLDER):
        return False
    if _waits(facts):
        return True
    mine = facts.by.code in facts.case.deciders
    return _is_audited(facts) and acts_as(facts, Who.DECIDING) and not mine


def may_go_on(facts: Facts) -> bool:
    """Say whether there is something to go on after, for this actor at this time."""
    case = facts.case
    if case.state is State.WAITING_OTHER:
        return acts_as(facts, Who.HOLDER)
    if case.pause is not None:
        return may_decide_pauses(facts) or facts.now >= case.pause.check_at
    return case.state is State.WAITING_REQUESTER


def may_decide_pauses(facts: Facts) -> bool:
    """Say whether the actor heads the holder's unit or decides about it."""
    return acts_as(facts, Who.UNIT_HEAD) or acts_as(facts, Who.DECIDING)


def _waits(facts: Facts) -> bool:
    return facts.case.pause is not None or facts.case.state is State.WAITING_OTHER


def _is_audited(facts: Facts) -> bool:
    return facts.case.state is State.DECLINED or facts.case.extended_days > 0


def _after_question(facts: Facts) -> tuple[Event, ...]:
    waited = waited_minutes(facts)
    if waited < question_minutes_left(facts):
        raise Refusal(Code.QUESTION_TIME_OPEN)
    return (Resumed(cause="question_time_spent", waited_minutes=waited),)


def _check_disinterested(facts: Facts) -> None:
    """Refuse officers who hold the case: nobody lets their own clock stand still."""
    if acts_as(facts, Who.HOLDER):
        raise Refusal(Code.DECIDER_INVOLVED)


def _check_audit(facts: Facts) -> None:
    if not _is_audited(facts):
        raise Refusal(Code.NO_CONDITION)
    if not acts_as(facts, Who.DECIDING):
        raise Refusal(Code.NOT_THE_DECIDING_OFFICE)
    if facts.by.code in facts.case.deciders:
        raise Refusal(Code.DECIDER_INVOLVED)


def _check_at(facts: Facts, check_at: datetime, paused_since: datetime | None) -> None:
    if check_at <= facts.now:
        raise Refusal(Code.IN_THE_PAST, field="check_at")
    if paused_since is not None and check_at > _latest_check(facts, paused_since):
        raise Refusal(Code.TOO_LATE, field="check_at")


def _latest_check(facts: Facts, since: datetime) -> datetime:
    """Return how long a pause may last, counted from its beginning.

    A unit's head has the policy's time for all pauses of a case together, so that short ones in
    a row are no way round the deciding office.
    """
    limits = facts.policy.limits
    if acts_as(facts, Who.DECIDING):
        return end_of(limits.longest_extension, since, facts.calendar).at
    end = end_of(limits.longest_unit_pause, since, facts.calendar).at
    left = working_minutes(facts, since, end) - facts.case.paused_minutes
    if left <= 0:
        return since
    span = timedelta(minutes=left)
    return min(end, facts.calendar.add_working_time(since, span, provisional_ok=True).at)

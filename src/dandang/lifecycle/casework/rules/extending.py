"""What may happen to a deadline by agreement: an extension of the total clock, a promise."""

from dataclasses import replace
from datetime import datetime

from dandang.lifecycle.casework.events.work import (
    ExtensionDecided,
    ExtensionRequested,
    PromiseBroken,
    PromiseKept,
    PromiseMade,
)
from dandang.lifecycle.casework.rules.asking import nothing_undecided, undecided
from dandang.lifecycle.casework.rules.changes import Changes, decided
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Asked, Wanted
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.rules.wishes import AskExtension, DecideExtension, MakePromise
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.states import Decision
from dandang.terms import Code, Event, Recorded, Refusal


def ask_extension(facts: Facts, wish: AskExtension) -> tuple[Event, ...]:
    """Ask for more time on the total clock: before it is due, as often as the policy says.

    Refuses `already_asked`, `extension_used`, `deadline_passed`, `unknown_reason`, `value_invalid`
    (no days), `too_late` (more days than the policy allows), `deadline_bound` (the deadline is
    that of another case or system, which does not move).
    """
    nothing_undecided(facts)
    limits = facts.policy.limits
    if facts.case.extensions >= limits.max_extensions:
        raise Refusal(Code.EXTENSION_USED, limit=limits.max_extensions)
    total = total_due(facts.case)
    if facts.now > total:
        raise Refusal(Code.DEADLINE_PASSED)
    reason = facts.policy.reason("extension", wish.reason)
    _check_days(facts, wish.working_days, total)
    return (
        ExtensionRequested(
            reason=reason.code,
            condition=wish.condition,
            working_days=wish.working_days,
            text=wish.text,
        ),
    )


def decide_extension(facts: Facts, wish: DecideExtension) -> tuple[Event, ...]:
    """Grant the extension that was asked for, or less of it, or refuse it. Never by who asked.

    Refuses `nothing_asked`, `decider_involved`, `value_invalid` (no days), `too_late` (more days
    than were asked for).
    """
    asked = undecided(facts, Wanted.EXTENSION)
    days = asked.working_days if wish.working_days is None else wish.working_days
    if wish.decision is Decision.REFUSED:
        days = 0
    elif days == 0:
        raise Refusal(Code.VALUE_INVALID, field="working_days")
    elif days > asked.working_days:
        raise Refusal(Code.TOO_LATE, field="working_days")
    return (ExtensionDecided(decision=wish.decision, working_days=days, text=wish.text),)


def promise(facts: Facts, wish: MakePromise) -> tuple[Event, ...]:
    """Give the requester a date. A running promise is replaced by an earlier one only.

    One that passed unkept is recorded as broken before the next is made. Refuses `in_the_past`,
    `later_than_total`, `already_promised`.
    """
    if wish.promised_for <= facts.now:
        raise Refusal(Code.IN_THE_PAST, field="promised_for")
    if wish.promised_for > total_due(facts.case):
        raise Refusal(Code.LATER_THAN_TOTAL)
    made = PromiseMade(promised_for=wish.promised_for, text=wish.text)
    before = facts.case.promised_for
    if before is None:
        return (made,)
    if facts.now > before:
        return (PromiseBroken(before), made)
    if wish.promised_for >= before:
        raise Refusal(Code.ALREADY_PROMISED)
    return (made,)


def promise_ends(facts: Facts) -> tuple[Event, ...]:
    """Return what became of the running promise now that the matter is said to be done."""
    promised_for = facts.case.promised_for
    if promised_for is None:
        return ()
    kept = facts.now <= promised_for
    return (PromiseKept(promised_for) if kept else PromiseBroken(promised_for),)


def may_ask_extension(facts: Facts) -> bool:
    """Say whether nothing but the fields of the request could be refused."""
    unused = facts.case.extensions < facts.policy.limits.max_extensions
    return facts.case.asked is None and unused and facts.now <= total_due(facts.case)


def may_promise(facts: Facts) -> bool:
    """Say whether there is a date left that could be promised."""
    return facts.now < total_due(facts.case)


def total_due(case: CaseState) -> datetime:
    """Return when the case as a whole is due; every policy has a total clock for every class."""
    assert case.total is not None
    assert case.total.at is not None
    return case.total.at


def _check_days(facts: Facts, working_days: int, total: datetime) -> None:
    if working_days == 0:
        raise Refusal(Code.VALUE_INVALID, field="working_days")
    calendar = facts.calendar
    longest = end_of(facts.policy.limits.longest_extension, total, calendar).at
    days = (calendar.local_date(instant) for instant in (total, longest))
    if working_days > calendar.working_days_between(*days, provisional_ok=True):
        raise Refusal(Code.TOO_LATE, field="working_days")
    cap = facts.case.standing().cap
    extended = calendar.add_working_days(total, working_days, provisional_ok=True).at
    if cap is not None and extended > cap:
        raise Refusal(Code.DEADLINE_BOUND)


def _requested(case: CaseState, event: ExtensionRequested, recorded: Recorded) -> CaseState:
    asked = Asked(Wanted.EXTENSION, recorded.by.code, working_days=event.working_days)
    return replace(case, asked=asked)


def _decided(case: CaseState, event: ExtensionDecided, recorded: Recorded) -> CaseState:
    # What an extension rests on is checked when the case would have been due without it.
    would_be_due = total_due(case) if event.working_days else case.condition_at
    return replace(
        decided(case, recorded),
        condition_at=would_be_due,
        asked=None,
        extensions=case.extensions + 1,
        extended_days=case.extended_days + event.working_days,
    )


def _promised(case: CaseState, event: PromiseMade, _recorded: Recorded) -> CaseState:
    return replace(case, promised_for=event.promised_for)


def _promise_over(
    case: CaseState, _event: PromiseKept | PromiseBroken, _recorded: Recorded
) -> CaseState:
    return replace(case, promised_for=None)


CHANGES: Changes = {
    ExtensionRequested: _requested,
    ExtensionDecided: _decided,
    PromiseMade: _promised,
    PromiseKept: _promise_over,
    PromiseBroken: _promise_over,
}

"""Computes which clocks an event sets, pauses or stops. Never acts, never reads the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter

from dandang.lifecycle.deadlines.clocks import CLOCKS, ClockRule
from dandang.lifecycle.deadlines.ladder import next_step, reads
from dandang.lifecycle.deadlines.provisional import SETTLED, settled
from dandang.lifecycle.deadlines.rules import (
    Standing,
    Terms,
    end_of,
    spent_on,
    total_after,
)
from dandang.lifecycle.states import Outcome, State
from dandang.policy import ClockName, Span
from dandang.terms import Due
from dandang.workdays import Moment

_JUDGEMENT = frozenset({ClockName.JUDGEMENT_WINDOW, ClockName.JUDGEMENT_REMINDER})
_COMPUTED = frozenset({ClockName.TOTAL, ClockName.LADDER})
_MINUTE = timedelta(minutes=1)

_WHATEVER_STANDS = tuple(one for one in CLOCKS if one.given or one.name is ClockName.LADDER)
"""Clocks that may change though nothing did that the others look at."""

_MOVING = frozenset({SETTLED}).union(
    *(one.starts | one.begins | one.stops for one in CLOCKS if one not in _WHATEVER_STANDS)
)
_steady = attrgetter(
    *(
        field.name
        for field in fields(Standing)
        if field.name not in {"clocks", "total", "given", "stepped"}
    )
)


def dues_after(
    event: str, before: Standing | None, after: Standing, terms: Terms, now: datetime
) -> tuple[Due, ...]:
    """Return the clocks that this event sets, pauses or stops (`at` None).

    `before` is None when the case was just opened. `now` is when the event happened (UTC).
    """
    ran: Mapping[str, Due] = before.clocks if before else {}
    if event == SETTLED and before is not None:
        before = _settled(before, terms, now)
    running: dict[str, Due] = dict(before.clocks) if before else {}
    turn = _Turn(event, before, after, terms, now, running)
    changes: list[Due] = []
    may_begin = _that_may_begin(event)
    for rule in _concerned(event, before, after):
        current = running.get(rule.name)
        if current is None and rule.name not in may_begin and rule.name not in after.given:
            continue
        change = _change(rule, turn, current)
        if change is not None and change != ran.get(rule.name):
            changes.append(change)
            running[rule.name] = change
    return tuple(changes)


def _concerned(event: str, before: Standing | None, after: Standing) -> Sequence[ClockRule]:
    """Return the clocks that may change: where the case stands as before, only a few of them."""
    if before is None or event in _MOVING or _steady(before) != _steady(after):
        return CLOCKS
    return _WHATEVER_STANDS


@cache
def _that_may_begin(event: str) -> frozenset[str]:
    """Return the clocks that this event may set where they do not run."""
    return frozenset(
        rule.name for rule in CLOCKS if rule.name in _COMPUTED or event in rule.starts | rule.begins
    )


def _settled(case: Standing, terms: Terms, now: datetime) -> Standing:
    """Return the case with what a notice that came later makes of its provisional clocks."""
    clocks = {name: settled(due, terms.calendar, now) for name, due in case.clocks.items()}
    return replace(case, clocks=clocks, total=clocks.get(ClockName.TOTAL, case.total))


@dataclass(frozen=True, slots=True)
class _Turn:
    """One event and what it stands between; `running` is kept up while clocks are gone through."""

    event: str
    before: Standing | None
    after: Standing
    terms: Terms
    now: datetime
    running: Mapping[str, Due]


def _change(rule: ClockRule, turn: _Turn, current: Due | None) -> Due | None:
    """Return the clock after the event; None where it neither runs nor ran."""
    change = _anew(rule, turn, current)
    if change is None or current is None:
        return change
    # What ran out stays so until it gets another time.
    is_missed = current.missed and change.at == current.at
    return change if change.missed is is_missed else replace(change, missed=is_missed)


def _anew(rule: ClockRule, turn: _Turn, current: Due | None) -> Due | None:
    if not _can_run(rule, turn.after):
        return Due(rule.name, None) if current else None
    if rule.name is ClockName.TOTAL:
        return total_after(turn.before, turn.after, turn.terms, turn.now)
    if rule.name is ClockName.LADDER:
        return _next_step(turn, current)
    if rule.given:
        return _given(rule, turn.after, current)
    if _starts(rule, turn) or (current is None and turn.event in rule.begins):
        return _started(rule, turn)
    return _carried_on(rule, turn, current) if current else None


def _starts(rule: ClockRule, turn: _Turn) -> bool:
    """Say whether the event starts the clock anew; going up does only where it moves custody."""
    if turn.event not in rule.starts:
        return False
    if turn.event != "escalated" or turn.before is None:
        return True
    return turn.before.held_since != turn.after.held_since


def _next_step(turn: _Turn, current: Due | None) -> Due | None:
    total = turn.running.get(ClockName.TOTAL)
    if current is not None and turn.event != SETTLED and turn.before is not None:
        earlier = turn.before.clocks.get(ClockName.TOTAL)
        if reads(turn.before, earlier) == reads(turn.after, total):
            # Nothing came that the ladder looks at, so its next step is what it was.
            return current
    step = next_step(turn.terms, turn.after, total, turn.now) if total else None
    if step is None:
        return Due(ClockName.LADDER, None) if current else None
    if step.at <= turn.now and current is not None and current.at and current.at <= turn.now:
        # Long since due: it does not become due again with every event.
        return current
    return Due(ClockName.LADDER, step.at, step.provisional)


def _given(rule: ClockRule, after: Standing, current: Due | None) -> Due | None:
    at = after.given.get(rule.name)
    if at is None:
        return Due(rule.name, None) if current else None
    return Due(rule.name, at)


def _carried_on(rule: ClockRule, turn: _Turn, current: Due) -> Due:
    """Return a clock after an event that does not start it: itself, stopped, paused or moved."""
    after = turn.after
    if turn.event in rule.stops:
        return Due(rule.name, None)
    if rule.name is ClockName.RESOLUTION:
        current = _back_with(current, turn) or _with_the_total(current, turn)
    if after.state in rule.pauses_in or (rule.name is ClockName.RESOLUTION and after.is_paused):
        return replace(current, paused=True)
    if current.paused:
        return _resumed(current, turn)
    return current


def _with_the_total(current: Due, turn: _Turn) -> Due:
    """Return a holder's clock after the total clock moved: it has what is left of that."""
    total = turn.running.get(ClockName.TOTAL)
    earlier = turn.before.clocks.get(ClockName.TOTAL) if turn.before else None
    span = turn.terms.case_class.clocks.get(ClockName.RESOLUTION)
    if not (total and earlier and total.at and earlier.at and current.at and span):
        return current
    if earlier.at < total.at > current.at:
        return replace(current, at=total.at, provisional=total.provisional)
    if total.at < earlier.at:
        least = end_of(span, turn.now, turn.terms.calendar)
        return _at_most(current, _rest_of_total(total, least))
    return current


def _back_with(current: Due, turn: _Turn) -> Due | None:
    """Return a holder's clock when the case left its legal route: the time there is given back.

    None where it did not leave one.
    """
    route = turn.before.route if turn.before else None
    if route is None or turn.after.route is not None or route.step_at is None:
        return None
    spent = spent_on(route, turn.terms, turn.now)
    calendar = turn.terms.calendar
    moment = calendar.add_working_time(route.step_at, spent, provisional_ok=True)
    return _at_most(current, _rest_of_total(turn.running.get(ClockName.TOTAL), moment))


def _at_most(due: Due, moment: Moment) -> Due:
    assert due.at is not None
    if due.at <= moment.at:
        return due
    return replace(due, at=moment.at, provisional=moment.provisional)


def _can_run(rule: ClockRule, after: Standing) -> bool:
    if rule.needs and not getattr(after, rule.needs):
        return False
    if rule.is_ours and after.awaits_requester:
        return False
    if after.state is State.PROPOSED and after.outcome is not Outcome.RESOLVED:
        # A proposal to explain or decline waits for the deciding office: the requester is not
        # asked yet, and the holder has not finished.
        if rule.name in _JUDGEMENT:
            return False
        return rule.name is ClockName.RESOLUTION or after.state in rule.runs_in
    return after.state in rule.runs_in


def _started(rule: ClockRule, turn: _Turn) -> Due | None:
    span = _span_of(rule.name, turn.terms)
    if span is None:
        return None
    after, calendar = turn.after, turn.terms.calendar
    start = after.counts_from if rule.from_opening else turn.now
    if rule.name in _JUDGEMENT and after.judged_from is not None:
        start = max(start, after.judged_from)
    moment = end_of(span, start, calendar)
    if rule.name is ClockName.QUESTION:
        moment = _without_waiting(start, moment.at, turn)
    if rule.name is ClockName.RESOLUTION:
        moment = _rest_of_total(turn.running.get(ClockName.TOTAL), moment)
    return Due(rule.name, moment.at, moment.provisional)


def _span_of(clock: ClockName, terms: Terms) -> Span | None:
    if clock is ClockName.JUDGEMENT_REMINDER:
        return terms.limits.judgement_reminder if terms.limits else None
    if clock is ClockName.QUESTION:
        return terms.limits.question_time if terms.limits else None
    return terms.case_class.clocks.get(clock)


def _without_waiting(start: datetime, end: datetime, turn: _Turn) -> Moment:
    """Return when the time for questions is spent: what earlier ones waited is taken off."""
    calendar = turn.terms.calendar
    whole = calendar.working_time_between(start, end, provisional_ok=True)
    minutes = whole // _MINUTE - turn.after.waited_minutes
    left = timedelta(minutes=max(minutes, 0))
    return calendar.add_working_time(start, left, provisional_ok=True)


def _rest_of_total(total: Due | None, least: Moment) -> Moment:
    """Return what a holder has: the rest of the total clock, at least the policy's least span."""
    if total is None or total.at is None or total.at <= least.at:
        return least
    return Moment(total.at, provisional=total.provisional)


def _resumed(current: Due, turn: _Turn) -> Due:
    """Move the due time by the working time the case waited: a pause never shortens a promise."""
    assert current.at is not None
    assert turn.before is not None
    stood = turn.after.stood_still_minutes - turn.before.stood_still_minutes
    calendar = turn.terms.calendar
    moment = calendar.add_working_time(current.at, timedelta(minutes=stood), provisional_ok=True)
    return Due(current.clock, moment.at, current.provisional or moment.provisional)

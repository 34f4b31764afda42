"""Computes every due time of a case at an event. Never acts, never reads the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dandang.lifecycle.deadlines.clocks import CLOCKS, ClockRule
from dandang.lifecycle.states import Outcome, State
from dandang.policy import CaseClass, ClockName, Span, SpanUnit
from dandang.terms import Due
from dandang.workdays import Moment, WorkCalendar

_ELAPSED = {
    SpanUnit.MINUTES: timedelta(minutes=1),
    SpanUnit.HOURS: timedelta(hours=1),
    SpanUnit.DAYS: timedelta(days=1),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What the clocks need to know of a case at one instant.

    `counts_from` is the start of the total clock and `total` its due time, kept through an end so
    that reopening goes on with it; `clocks` are the running and paused ones by name;
    `waited_minutes` is the working time it has waited for its requester, as far as that counts.
    """

    state: State
    outcome: Outcome | None
    counts_from: datetime
    clocks: Mapping[str, Due]
    total: Due | None = None
    waited_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What was promised for this case: its class under its policy, and the calendar."""

    case_class: CaseClass
    calendar: WorkCalendar


def end_of(span: Span, start: datetime, calendar: WorkCalendar) -> Moment:
    """Return when a span that starts at `start` ends (UTC).

    Minutes, hours and days are elapsed time; working hours and working days follow the calendar,
    provisionally beyond its published notices.
    """
    if span.unit is SpanUnit.WORKING_DAYS:
        return calendar.add_working_days(start, span.amount, provisional_ok=True)
    if span.unit is SpanUnit.WORKING_HOURS:
        hours = timedelta(hours=span.amount)
        return calendar.add_working_time(start, hours, provisional_ok=True)
    return Moment(start + span.amount * _ELAPSED[span.unit], provisional=False)


def dues_after(
    event: str, before: Standing | None, after: Standing, terms: Terms, now: datetime
) -> tuple[Due, ...]:
    """Return the clocks that this event sets, pauses or stops (`at` None).

    `before` is None when the case was just opened. `now` is when the event happened (UTC).
    """
    running: dict[str, Due] = dict(before.clocks) if before else {}
    waited = after.waited_minutes - (before.waited_minutes if before else 0)
    changes: list[Due] = []
    for rule in CLOCKS:
        current = running.get(rule.name)
        if event in rule.starts and _can_run(rule, after):
            change = _started(rule, running, after, terms, now)
        elif current is None:
            continue
        else:
            change = _carried_on(rule, event, current, after)
            if change is current and current.paused:
                change = _resumed(current, timedelta(minutes=waited), terms.calendar)
        if change is not None and change != current:
            changes.append(change)
            running[rule.name] = change
    return tuple(changes)


def _carried_on(rule: ClockRule, event: str, current: Due, after: Standing) -> Due:
    """Return the clock after an event that does not start it: itself, stopped or paused."""
    if event in rule.stops or not _can_run(rule, after):
        return Due(rule.name, None)
    if after.state in rule.pauses_in:
        return Due(current.clock, current.at, current.provisional, paused=True)
    return current


def _can_run(rule: ClockRule, after: Standing) -> bool:
    if after.state is State.PROPOSED and after.outcome is not Outcome.RESOLVED:
        # A proposal to explain or decline waits for the deciding office: the requester is not
        # asked yet, and the holder has not finished.
        if rule.name is ClockName.JUDGEMENT_WINDOW:
            return False
        return rule.name is ClockName.RESOLUTION or after.state in rule.runs_in
    return after.state in rule.runs_in


def _started(
    rule: ClockRule,
    running: Mapping[str, Due],
    after: Standing,
    terms: Terms,
    now: datetime,
) -> Due | None:
    if rule.name is ClockName.TOTAL and after.total is not None:
        return running.get(rule.name, after.total)
    span = terms.case_class.clocks.get(rule.name)
    if span is None:
        return None
    start = after.counts_from if rule.from_opening else now
    moment = end_of(span, start, terms.calendar)
    if rule.name is ClockName.RESOLUTION:
        moment = _rest_of_total(running.get(ClockName.TOTAL), moment)
    return Due(rule.name, moment.at, moment.provisional)


def _rest_of_total(total: Due | None, least: Moment) -> Moment:
    """Return what a holder has: the rest of the total clock, at least the policy's least span."""
    if total is None or total.at is None or total.at <= least.at:
        return least
    return Moment(total.at, provisional=total.provisional)


def _resumed(current: Due, waited: timedelta, calendar: WorkCalendar) -> Due:
    """Move the due time by the working time the case waited: a pause never shortens a promise."""
    assert current.at is not None
    moment = calendar.add_working_time(current.at, waited, provisional_ok=True)
    return Due(current.clock, moment.at, current.provisional or moment.provisional)

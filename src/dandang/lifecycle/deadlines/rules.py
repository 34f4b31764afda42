"""Computes the total clock of a case at an event. Never acts, never reads the clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from dandang.lifecycle.states import Outcome, State
from dandang.policy import CaseClass, ClockName, Ladder, Limits, Span, SpanUnit
from dandang.terms import Due
from dandang.workdays import Moment, WorkCalendar

_ELAPSED = {
    SpanUnit.MINUTES: timedelta(minutes=1),
    SpanUnit.HOURS: timedelta(hours=1),
    SpanUnit.DAYS: timedelta(days=1),
}


@dataclass(frozen=True, slots=True)
class Route:
    """A legal route: since when, its statutory due time, and how the clocks stood before.

    `left_at` is when the case ended on it; a case that goes on after leaving has no route.
    """

    entered_at: datetime
    due_at: datetime
    total_at: datetime
    total_provisional: bool = False
    case_class: str = ""
    extended_days: int = 0
    step_at: datetime | None = None
    left_at: datetime | None = None

    def ended(self, at: datetime) -> "Route":
        """Return the route of a case that ended on it."""
        return replace(self, left_at=at)


@dataclass(frozen=True, slots=True)
class Away:
    """A time for which a case had ended before it came back: from when until when."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What the clocks need to know of a case at one instant.

    `counts_from` is the start of the total clock and `total` its due time, kept through an end so
    that reopening goes on with it; `clocks` are the running and paused ones by name.
    `stood_still_minutes` is the working time for which the step clock stood still, as far as that
    counts. `judged_from` is when requesters can be asked for their judgement, if not at once.
    `extended_days` are working days granted in all, `cap` is the time the total may never pass,
    `given` are times named by acts, by clock. `promised_by` is a date that counts instead of the
    class: one that was set for it or that a part has from its parent (`is_dated`), else only where
    it is earlier, as that of a case that was joined. An extension or a legal route moves it.
    `waited_minutes` is what of `stood_still_minutes` was waiting for requesters; `stepped` are the
    steps of the ladder already taken (`deadlines.ladder`). `away` are the times for which it
    had ended before it came back, in order.
    """

    state: State
    outcome: Outcome | None
    counts_from: datetime
    clocks: Mapping[str, Due]
    total: Due | None = None
    case_class: str = ""
    stood_still_minutes: int = 0
    is_paused: bool = False
    awaits_judgement: bool = True
    judged_from: datetime | None = None
    extended_days: int = 0
    route: Route | None = None
    cap: datetime | None = None
    promised_by: datetime | None = None
    is_dated: bool = False
    is_part: bool = False
    awaits_response: bool = True
    is_asked: bool = False
    has_objections: bool = False
    has_appeal: bool = False
    given: Mapping[str, datetime] = field(default_factory=dict)
    held_since: datetime | None = None
    waited_minutes: int = 0
    hand_overs: int = 0
    refusals: int = 0
    last_entry_at: datetime | None = None
    stepped: tuple[str, ...] = ()
    away: tuple[Away, ...] = ()

    @property
    def awaits_requester(self) -> bool:
        """Whether the holder is done and requesters are asked for their judgement."""
        return self.state is State.PROPOSED and self.outcome is Outcome.RESOLVED


@dataclass(frozen=True, slots=True)
class Terms:
    """What was promised for this case: its class under its policy, and the calendar.

    Without `ladder` or `limits` the clocks that need them do not run.
    """

    case_class: CaseClass
    calendar: WorkCalendar
    ladder: Ladder | None = None
    limits: Limits | None = None


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
    # Added to a wall clock that changes meanwhile, an hour would not be an hour.
    return Moment(start.astimezone(UTC) + span.amount * _ELAPSED[span.unit], provisional=False)


def total_after(
    before: Standing | None, after: Standing, terms: Terms, now: datetime
) -> Due | None:
    """Return the total clock after an event (domain rule 1): it never restarts and never stops.

    It follows the class while the case is still with the intake post, later only to an earlier
    time; an approved extension and a legal route move it; nothing moves it past the cap, and what
    the cap alone held back goes on when the cap does.
    None where the policy gives the class no total clock.
    """
    total = before.total if before else None
    if before is None or total is None or total.at is None:
        total = _promised(after, terms)
    else:
        total = _moved(total, before, after, terms, now)
    if total is not None and after.cap is not None and _at(total) > after.cap:
        return Due(total.clock, after.cap)
    return total


def _promised(after: Standing, terms: Terms, extended_days: int = 0) -> Due | None:
    """Return the total clock as it was promised, with the working days granted on top.

    By the date that was set, else by the class of the case.
    """
    if after.promised_by is None or not after.is_dated:
        return _by_class(after, terms, extended_days)
    return _later(Due(ClockName.TOTAL, after.promised_by), extended_days, terms)


def _by_class(after: Standing, terms: Terms, extended_days: int = 0) -> Due | None:
    """Return the total clock by the class of the case, or by an earlier date beside it."""
    span = terms.case_class.clocks.get(ClockName.TOTAL)
    if span is None:
        return None
    moment = end_of(span, after.counts_from, terms.calendar)
    promised = Due(ClockName.TOTAL, moment.at, moment.provisional)
    if after.promised_by is not None and after.promised_by < moment.at:
        promised = Due(ClockName.TOTAL, after.promised_by)
    return _later(promised, extended_days, terms)


def _reclassed(after: Standing, terms: Terms, extended_days: int) -> Due | None:
    """Return the total clock that another class promises; a date set for a whole case stands."""
    promised = _promised if after.is_dated and not after.is_part else _by_class
    return promised(after, terms, extended_days)


def _later(due: Due, working_days: int, terms: Terms) -> Due:
    if not working_days:
        return due
    moment = terms.calendar.add_working_days(_at(due), working_days, provisional_ok=True)
    return Due(due.clock, moment.at, due.provisional or moment.provisional)


def _moved(total: Due, before: Standing, after: Standing, terms: Terms, now: datetime) -> Due:
    if after.case_class != before.case_class and after.route is None:
        promised = _reclassed(after, terms, before.extended_days)
        if promised is not None and (before.state is State.RECEIVED or _at(promised) < _at(total)):
            total = promised
    joined = after.promised_by
    if joined is not None and joined != before.promised_by and joined < _at(total):
        total = Due(total.clock, joined)
    total = _later(total, after.extended_days - before.extended_days, terms)
    if before.route is None and after.route is not None:
        total = _at_least(total, after.route.due_at)
    if before.route is not None and after.route is None:
        total = _back_from(before.route, total, after, terms, now)
    if before.cap is not None and _at(total) == before.cap:
        total = _set_free(total, before.cap, after, terms)
    return total


def _at_least(due: Due, at: datetime) -> Due:
    return due if _at(due) >= at else Due(due.clock, at)


def _back_from(route: Route, total: Due, after: Standing, terms: Terms, now: datetime) -> Due:
    """Return the total clock of a case that left its legal route: the time there is given back.

    Never more than that, so that nobody gains months by entering a route and leaving it at once.
    What was granted or corrected in the meantime counts as if there had been no route.
    """
    back = Due(total.clock, route.total_at, route.total_provisional)
    if after.case_class != route.case_class:
        promised = _reclassed(after, terms, route.extended_days)
        back = promised if promised is not None and _at(promised) < _at(back) else back
    back = _later(back, after.extended_days - route.extended_days, terms)
    moment = terms.calendar.add_working_time(
        _at(back), spent_on(route, terms, now), provisional_ok=True
    )
    if moment.at >= _at(total):
        return total
    return Due(total.clock, moment.at, back.provisional or moment.provisional)


def spent_on(route: Route, terms: Terms, now: datetime) -> timedelta:
    """Return the working time for which a case was on its legal route.

    None where the machine's clock was set back in between.
    """
    until = max(route.entered_at, route.left_at or now)
    return terms.calendar.working_time_between(route.entered_at, until, provisional_ok=True)


def _set_free(total: Due, cap: datetime, after: Standing, terms: Terms) -> Due:
    """Return the total clock that only its cap held, now that the cap may be later.

    A part has the deadline of its parent. Any other case has what its class promises, with what
    was granted.
    """
    if after.cap is not None and after.cap <= cap:
        return total
    if after.is_part:
        return total if after.cap is None else Due(total.clock, after.cap)
    promised = _promised(after, terms, after.extended_days)
    if promised is not None and after.route is not None:
        promised = _at_least(promised, after.route.due_at)
    return total if promised is None or _at(promised) <= _at(total) else promised


def _at(due: Due) -> datetime:
    assert due.at is not None
    return due.at

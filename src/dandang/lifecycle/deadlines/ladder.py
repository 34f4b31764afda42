"""Computes which step of its ladder a case takes next, and when. Never acts, never reads the clock.

A step is taken once for every occasion, and its *mark* says for which: a new due time, or a new
entry after a silence, is a new occasion. Its age, its hand-overs and its refusals are one each.

While a case had ended nobody could act on it, so that time does not count: what was left until a
step is laid out again from when the case came back. Where its due time passed meanwhile, the ladder
begins at that moment.

On a ladder that begins with the opening, steps at the end of the time of the class, or after it,
stand for the due time: where the case is due earlier or later, they come with that.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dandang.lifecycle.deadlines.rules import Standing, Terms, end_of
from dandang.lifecycle.states import State
from dandang.policy import ClockName, Ladder, LadderStart, Span, SpanUnit, Step
from dandang.terms import Due
from dandang.workdays import Moment

_WORKING = frozenset({SpanUnit.WORKING_DAYS, SpanUnit.WORKING_HOURS})
_HOLDERS_TURN = frozenset({State.ASSIGNED, State.IN_PROGRESS})
_PERCENT = 100
_AT_ONCE = Span(0, SpanUnit.MINUTES)


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step that waits for its time (UTC)."""

    step: Step
    mark: str
    at: datetime
    provisional: bool = False


def next_step(terms: Terms, case: Standing, total: Due, now: datetime) -> NextStep | None:
    """Return the step the case takes next, or None where it took all of them.

    One that counts something is due at once (`now`). Of several due at the same time it is the one
    that stands first in the ladder.
    """
    if terms.ladder is None or total.at is None:
        return None
    waiting = _waiting(_Turn(terms, terms.ladder, case, total.at, now))
    return min(waiting, key=lambda one: one.at, default=None)


def reads(case: Standing, total: Due | None) -> tuple[object, ...]:
    """Return everything of a case from which its next step is computed."""
    return (
        total and total.at,
        case.counts_from,
        case.last_entry_at,
        case.stepped,
        case.state,
        case.is_paused,
        case.hand_overs,
        case.refusals,
        case.case_class,
        case.away,
    )


def silence(ladder: Ladder | None, case: Standing) -> str:
    """Return the mark of the silence by which a case stands still now, "" where it does not.

    It stands still once a step of its ladder for such a silence was taken, until something is
    entered or it is no longer the holder's turn.
    """
    if ladder is None or case.state not in _HOLDERS_TURN or case.is_paused:
        return ""
    mark = _stamp(_last_entry(case))
    quiet = (step.code for step in ladder.steps if step.quiet is not None)
    return mark if any(f"{code} {mark}" in case.stepped for code in quiet) else ""


def taken(stepped: Sequence[str], step: str, mark: str) -> tuple[str, ...]:
    """Return the steps taken, now that this one was, for this occasion."""
    others = (one for one in stepped if not one.startswith(f"{step} "))
    return (*others, f"{step} {mark}")


@dataclass(frozen=True, slots=True)
class _Turn:
    terms: Terms
    ladder: Ladder
    case: Standing
    total_at: datetime
    now: datetime

    def counts(self, after: Span) -> tuple[datetime, Span]:
        """Return from which instant a step counts that comes `after`, and how long from there."""
        if self.ladder.starts is LadderStart.TOTAL_DUE:
            return self.total_at, after
        whole = _span(self)
        if after.unit is whole.unit and after.amount >= whole.amount:
            rest = after.amount - whole.amount
            return self.total_at, Span(rest, after.unit) if rest else _AT_ONCE
        return self.case.counts_from, after


def _waiting(turn: _Turn) -> Iterator[NextStep]:
    climbs: set[datetime] = set()
    for step in turn.ladder.steps:
        # Steps after an instant stand in the order of their times: only the first can be next.
        start = None if step.after is None else turn.counts(step.after)[0]
        if start in climbs:
            continue
        mark = _mark(step, turn)
        if mark is None or f"{step.code} {mark}" in turn.case.stepped:
            continue
        if start is not None:
            climbs.add(start)
        moment = _moment(step, turn)
        yield NextStep(step, mark, moment.at, moment.provisional)


def _mark(step: Step, turn: _Turn) -> str | None:
    """Return for which occasion a step would be taken; None where there is no occasion for it."""
    case = turn.case
    if step.after is not None:
        return _stamp(turn.counts(step.after)[0])
    if step.used is not None:
        # What was due while the case had ended is late already: nobody is told that it will be.
        passed = any(one.since < turn.total_at <= one.until for one in case.away)
        return None if passed else _stamp(turn.total_at)
    if step.age is not None:
        return "age"
    if step.quiet is not None:
        is_theirs = case.state in _HOLDERS_TURN and not case.is_paused
        return _stamp(_last_entry(case)) if is_theirs else None
    counted = ((step.hand_overs, case.hand_overs), (step.refusals, case.refusals))
    is_reached = any(least is not None and number >= least for least, number in counted)
    return "counted" if is_reached else None


def _moment(step: Step, turn: _Turn) -> Moment:
    if step.used is not None:
        return _share(step.used, turn)
    if step.after is not None:
        begins, after = turn.counts(step.after)
        return _end_of(after, begins, turn)
    for span, start in (
        (step.age, turn.case.counts_from),
        (step.quiet, _last_entry(turn.case)),
    ):
        if span is not None:
            return _end_of(span, start, turn)
    return Moment(turn.now, provisional=False)


def _end_of(span: Span, start: datetime, turn: _Turn) -> Moment:
    """Return when a span ends, without the time for which the case had ended."""
    calendar = turn.terms.calendar
    moment = end_of(span, start, calendar)
    for away in turn.case.away:
        if moment.at <= away.since:
            break
        if start > away.since:
            start = max(start, away.until)
            moment = end_of(span, start, calendar)
        elif span.unit in _WORKING:
            left = calendar.working_time_between(away.since, moment.at, provisional_ok=True)
            moment = calendar.add_working_time(away.until, left, provisional_ok=True)
        else:
            moment = Moment(away.until + (moment.at - away.since), provisional=False)
    return moment


def _share(used: int, turn: _Turn) -> Moment:
    """Return when this percentage of the time of the total clock is used.

    In working time where the class is promised working time, else in elapsed time.
    """
    start, end, calendar = turn.case.counts_from, turn.total_at, turn.terms.calendar
    if end <= start:
        # It was due before it came here.
        return Moment(end, provisional=False)
    if _span(turn).unit not in _WORKING:
        return Moment(start + (end - start) * used / _PERCENT, provisional=False)
    whole = calendar.working_time_between(start, end, provisional_ok=True)
    return calendar.add_working_time(start, whole * used / _PERCENT, provisional_ok=True)


def _span(turn: _Turn) -> Span:
    return turn.terms.case_class.clocks[ClockName.TOTAL]


def _last_entry(case: Standing) -> datetime:
    """Return since when nothing was entered: not before the case came back."""
    last = case.last_entry_at or case.counts_from
    return max(last, case.away[-1].until) if case.away else last


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")

"""From events to the next state: each event is applied and sets its clocks. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dandang.lifecycle.casework.rules.changes import moved, settle
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.deadlines.dues import dues_after
from dandang.lifecycle.deadlines.rules import Terms
from dandang.policy import ClockName, Policy
from dandang.terms import Actor, Due, Event, Recorded
from dandang.workdays import WorkCalendar

Evolve = Callable[[CaseState | None, Recorded], CaseState]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Who acts, for which post ("" for none), when it happens, and what was promised."""

    by: Actor
    post: str
    now: datetime
    terms: Callable[[CaseState], Terms]


def terms_under(policy: Policy, calendar: WorkCalendar) -> Callable[[CaseState], Terms]:
    """Return what this policy promises to a case, by its class."""

    def terms(case: CaseState) -> Terms:
        promised = policy.classes[case.case_class]
        return Terms(promised, calendar, policy.ladders[promised.ladder], policy.limits)

    return terms


def happen(
    state: CaseState | None, events: Sequence[Event], evolve: Evolve, how: Circumstances
) -> tuple[CaseState, list[Recorded]]:
    """Return the state after the events, and the events with the clocks each of them set.

    `state` is None before the case is opened; then the first event opens it.
    """
    records: list[Recorded] = []
    for event in events:
        plain = Recorded(event, how.by, how.now, how.post)
        after = evolve(state, plain)
        dues = dues_after(
            event.type_name(),
            state.standing() if state else None,
            after.standing(),
            how.terms(after),
            how.now,
        )
        state_moved = state is None or moved(state, after)
        state = settle(after, dues, state_moved=state_moved)
        if state.calls != after.calls:
            # What was called for was done, so the clock of the call is another, or none.
            dues = (*dues, *_of_calls(state))
            state = settle(after, dues, state_moved=state_moved)
        records.append(Recorded(event, how.by, how.now, how.post, dues))
    assert state is not None
    return state, records


def _of_calls(state: CaseState) -> tuple[Due, ...]:
    call = ClockName.CALL.value
    current = state.clocks.get(call)
    due = Due(call, state.standing().given.get(call))
    return () if current is None or current.at == due.at else (due,)

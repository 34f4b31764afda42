"""What judgements, ratings and looking back make of a case."""

from dataclasses import replace

from dandang.lifecycle.casework.rules.changes import Changes, again_open, change_request, end
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.confirmation.events import (
    Judged,
    JudgementLapsed,
    LookedBack,
    PrematureClose,
    Rated,
)
from dandang.lifecycle.escalation.rules.evolve import evolve as evolve_escalation
from dandang.lifecycle.states import State
from dandang.terms import Recorded


def evolve(case: CaseState, recorded: Recorded) -> CaseState:
    """Return the case after an event of confirmation or of a stage below."""
    event = recorded.event
    change = _CHANGES.get(type(event))
    return evolve_escalation(case, recorded) if change is None else change(case, event, recorded)


def _lapsed(case: CaseState, event: JudgementLapsed, recorded: Recorded) -> CaseState:
    case = replace(case, lapsed=True)
    if event.results_in is State.PROPOSED:
        return case
    return end(case, recorded, event.results_in, event.cause)


def _refused(case: CaseState, event: PrematureClose, _recorded: Recorded) -> CaseState:
    return replace(case, refusals=event.refusals)


def _rated(case: CaseState, event: Rated, recorded: Recorded) -> CaseState:
    return change_request(case, event.request, stars=event.stars, rated_at=recorded.occurred_at)


def _looked_back(case: CaseState, event: LookedBack, _recorded: Recorded) -> CaseState:
    case = replace(case, relapses=case.relapses + (not event.holds))
    return change_request(case, event.request, holds=event.holds)


def _judged(case: CaseState, event: Judged, recorded: Recorded) -> CaseState:
    case = change_request(
        case, event.request, verdict=event.verdict, judged_at=recorded.occurred_at
    )
    if event.results_in is State.IN_PROGRESS:
        # The companion event `reopened` brings the case back to work.
        return case
    if event.results_in is State.PROPOSED:
        return replace(again_open(case, recorded), state=State.PROPOSED)
    if case.ended_at is not None:
        return replace(case, state=event.results_in, end_cause="judged")
    return end(case, recorded, event.results_in, "judged")


_CHANGES: Changes = {
    Judged: _judged,
    JudgementLapsed: _lapsed,
    PrematureClose: _refused,
    Rated: _rated,
    LookedBack: _looked_back,
}

"""What a case is after an event. The actions and the replay use this same function."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dandang.lifecycle.casework.events import custody, ends, work
from dandang.lifecycle.casework.rules.state import CaseState, RequestState, pair_of
from dandang.lifecycle.deadlines.clocks import FIRST_ACTIONS, FIRST_RESPONSES
from dandang.lifecycle.states import Outcome, State
from dandang.policy import ClockName
from dandang.terms import Due, Event, Recorded


def opened(recorded: Recorded) -> CaseState:
    """Return the state of a case that was just opened."""
    event = recorded.event
    assert isinstance(event, custody.CaseOpened)
    return CaseState(
        state=State.RECEIVED,
        holder=event.to_post,
        holder_unit=event.to_unit,
        kind=event.kind,
        channel=event.channel,
        policy=event.policy,
        case_class=event.case_class,
        sent_at=event.sent_at,
        counts_from=event.counts_from,
        held_since=event.counts_from,
        category=event.category,
        area=event.area,
        happening_now=event.happening_now,
        requests=(RequestState(1, event.sent_at, event.reachable),),
    )


def evolve(case: CaseState, recorded: Recorded) -> CaseState:
    """Return the case after one event of casework, without its clocks (see `settle`).

    Raises LookupError on an event type that has no meaning here.
    """
    event = recorded.event
    change = _CHANGES[type(event)]
    return _touched(case, change(case, event, recorded), recorded)


def settle(case: CaseState, dues: tuple[Due, ...], state_moved: bool) -> CaseState:  # noqa: FBT001 a fact
    """Return the case with the clocks an event set, and with its number counted on."""
    clocks = dict(case.clocks)
    total = case.total
    for due in dues:
        if due.at is None:
            clocks.pop(due.clock, None)
        else:
            clocks[due.clock] = due
        if due.clock == ClockName.TOTAL and due.at is not None:
            total = due
    seq = case.seq + 1
    state_seq = seq if state_moved else case.state_seq
    return replace(case, clocks=clocks, total=total, seq=seq, state_seq=state_seq)


def moved(before: CaseState, after: CaseState) -> bool:
    """Say whether custody or state changed."""
    return (before.state, before.holder) != (after.state, after.holder)


def take(case: CaseState, recorded: Recorded, post: str, unit: str) -> CaseState:
    """Return the case in the custody of a post, whose own time starts now."""
    return replace(
        case,
        holder=post,
        holder_unit=unit,
        held_since=recorded.occurred_at,
        acted_at=None,
        wanted_unit="",
    )


def _touched(before: CaseState, after: CaseState, recorded: Recorded) -> CaseState:
    name = type(recorded.event).type_name()
    if name in FIRST_ACTIONS and after.acted_at is None:
        after = replace(after, acted_at=recorded.occurred_at)
    if name in FIRST_RESPONSES and before.first_response_at is None:
        after = replace(after, first_response_at=recorded.occurred_at)
    return after


def _assigned(case: CaseState, event: custody.Assigned, recorded: Recorded) -> CaseState:
    taken = take(case, recorded, event.to_post, event.to_unit)
    settled = case.state is not State.RECEIVED
    return replace(
        taken,
        state=State.ASSIGNED,
        came_from="" if settled else case.holder,
        routed_by=event.why,
        bound=settled or case.bound,
    )


def _accepted(case: CaseState, _event: custody.Accepted, _recorded: Recorded) -> CaseState:
    return replace(case, state=State.IN_PROGRESS)


def _handed_over(case: CaseState, event: custody.HandedOver, recorded: Recorded) -> CaseState:
    taken = take(case, recorded, event.to_post, event.to_unit)
    return replace(
        taken,
        state=State.ASSIGNED,
        came_from=event.from_post,
        hand_overs=case.hand_overs + 1,
    )


def _returned(case: CaseState, event: custody.Returned, recorded: Recorded) -> CaseState:
    pair = pair_of(event.from_unit, event.to_unit)
    returns = {**case.returns, pair: case.returns.get(pair, 0) + 1}
    taken = take(case, recorded, event.to_post, event.to_unit)
    # A case that never moved sideways came from the intake post, which has to route it again.
    state = State.ASSIGNED if case.hand_overs else State.RECEIVED
    return replace(taken, state=state, came_from="", returns=returns)


def _disputed(case: CaseState, event: custody.DisputeRaised, _recorded: Recorded) -> CaseState:
    return replace(case, state=State.DISPUTED, wanted_unit=event.wanted_unit)


def _decided(case: CaseState, event: custody.DisputeDecided, recorded: Recorded) -> CaseState:
    taken = take(case, recorded, event.to_post, event.to_unit)
    return replace(taken, state=State.ASSIGNED, came_from="", bound=True)


def _category(case: CaseState, event: custody.CategoryChanged, _recorded: Recorded) -> CaseState:
    return replace(case, category=event.to_category, case_class=event.case_class)


def _reopened(case: CaseState, event: custody.Reopened, recorded: Recorded) -> CaseState:
    if event.to_post != case.holder:
        case = take(case, recorded, event.to_post, event.to_unit)
    return replace(
        case,
        state=State.IN_PROGRESS,
        outcome=None,
        outcome_reason="",
        proposed_at=None,
        ended_at=None,
        end_cause="",
    )


def _asked(case: CaseState, _event: work.QuestionAsked, recorded: Recorded) -> CaseState:
    return replace(
        case,
        state=State.WAITING_REQUESTER,
        questions=case.questions + 1,
        asked_at=recorded.occurred_at,
    )


def _waited(
    case: CaseState, event: work.QuestionAnswered | work.Resumed, _recorded: Recorded
) -> CaseState:
    return replace(
        case,
        state=State.IN_PROGRESS,
        waited_minutes=case.waited_minutes + event.waited_minutes,
        asked_at=None,
    )


def _proposed(case: CaseState, event: ends.ResolutionProposed, recorded: Recorded) -> CaseState:
    asked = tuple(replace(one, verdict=None, judged_at=None) for one in case.requests)
    return replace(
        case,
        state=State.PROPOSED,
        outcome=event.outcome,
        outcome_reason=event.reason or "",
        proposed_at=recorded.occurred_at,
        requests=asked if event.outcome is Outcome.RESOLVED else case.requests,
    )


def _rejected(case: CaseState, _event: ends.ProposalRejected, _recorded: Recorded) -> CaseState:
    return replace(case, state=State.IN_PROGRESS, outcome=None, outcome_reason="", proposed_at=None)


def end(case: CaseState, recorded: Recorded, state: State, cause: str) -> CaseState:
    """Return the case ended; the holder stays the one who held it last."""
    return replace(case, state=state, ended_at=recorded.occurred_at, end_cause=cause, asked_at=None)


def _explained(case: CaseState, _event: ends.Explained, recorded: Recorded) -> CaseState:
    return end(case, recorded, State.EXPLAINED, "")


def _declined(case: CaseState, event: ends.Declined, recorded: Recorded) -> CaseState:
    return end(case, recorded, State.DECLINED, event.reason)


def _withdrawn(case: CaseState, event: ends.Withdrawn, recorded: Recorded) -> CaseState:
    requests = tuple(
        replace(one, withdrawn=True) if one.number == event.request else one
        for one in case.requests
    )
    case = replace(case, requests=requests)
    if event.results_in is case.state:
        return case
    return end(case, recorded, event.results_in, "")


def _same(case: CaseState, _event: Event, _recorded: Recorded) -> CaseState:
    return case


_CHANGES: Mapping[type[Event], Callable[[CaseState, Any, Recorded], CaseState]] = {
    custody.Assigned: _assigned,
    custody.Accepted: _accepted,
    custody.HandedOver: _handed_over,
    custody.Returned: _returned,
    custody.DisputeRaised: _disputed,
    custody.DisputeDecided: _decided,
    custody.CategoryChanged: _category,
    custody.Reopened: _reopened,
    work.QuestionAsked: _asked,
    work.QuestionAnswered: _waited,
    work.Resumed: _waited,
    work.RequesterContacted: _same,
    work.NoteAdded: _same,
    work.ReplySent: _same,
    ends.ResolutionProposed: _proposed,
    ends.ProposalRejected: _rejected,
    ends.Explained: _explained,
    ends.Declined: _declined,
    ends.Withdrawn: _withdrawn,
}

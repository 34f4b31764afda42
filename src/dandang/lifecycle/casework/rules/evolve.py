"""What a case is after an event. The actions and the replay use this same function."""

from dataclasses import replace

from dandang.lifecycle.casework.events import custody, ends, work
from dandang.lifecycle.casework.rules import (
    appealing,
    categories,
    correcting,
    extending,
    helping,
    incumbents,
    kin,
    legal_route,
    objections,
    publishing,
    stalling,
    subjects,
    waiting,
)
from dandang.lifecycle.casework.rules.agreement import FIRST, agreed
from dandang.lifecycle.casework.rules.changes import (
    Changes,
    change_request,
    decided,
    end,
    reopen,
    take,
    unchanged,
)
from dandang.lifecycle.casework.rules.state import CaseState, RequestState, pair_of
from dandang.lifecycle.deadlines.clocks import ENTRIES, FIRST_ACTIONS, FIRST_RESPONSES
from dandang.lifecycle.routing.rules import Why
from dandang.lifecycle.states import Outcome, State
from dandang.terms import Recorded


def opened(recorded: Recorded) -> CaseState:
    """Return the state of a case that was just opened."""
    event = recorded.event
    assert isinstance(event, custody.CaseOpened)
    request = RequestState(
        1,
        event.sent_at,
        event.reachable,
        from_case=event.parent or "" if event.parent_request else "",
        from_request=event.parent_request or 0,
    )
    case = CaseState(
        state=event.begins_as or State.RECEIVED,
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
        subject_units=event.subject_units,
        conflicts=event.conflicts,
        external_ref=event.external_ref or "",
        external_due=event.external_due,
        parent=event.parent or "",
        root=event.root or "",
        set_by=event.set_by or "",
        cap=event.due_by,
        promised_by=event.promised_by,
        requests=(request,),
    )
    return agreed(case, FIRST) if event.may_publish else case


def evolve(case: CaseState, recorded: Recorded) -> CaseState:
    """Return the case after one event of casework, without its clocks (see `settle`).

    Raises LookupError on an event type that has no meaning here.
    """
    event = recorded.event
    change = _CHANGES[type(event)]
    return _touched(case, change(case, event, recorded), recorded)


def _touched(before: CaseState, after: CaseState, recorded: Recorded) -> CaseState:
    name = type(recorded.event).type_name()
    if name in ENTRIES:
        after = replace(after, last_entry_at=recorded.occurred_at)
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
        bound=(settled and event.why != Why.SUPPORT) or case.bound,
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
    taken = take(decided(case, recorded), recorded, event.to_post, event.to_unit)
    return replace(taken, state=State.ASSIGNED, came_from="", bound=True)


def _reopened(case: CaseState, event: custody.Reopened, recorded: Recorded) -> CaseState:
    if event.to_post != case.holder:
        case = take(case, recorded, event.to_post, event.to_unit)
    return reopen(case, recorded)


def _proposed(case: CaseState, event: ends.ResolutionProposed, recorded: Recorded) -> CaseState:
    asked = tuple(
        replace(one, verdict=None, judged_at=None, holds=None) if one.is_active else one
        for one in case.requests
    )
    return replace(
        case,
        state=State.PROPOSED,
        outcome=event.outcome,
        outcome_reason=event.reason or "",
        proposed_at=recorded.occurred_at,
        confirm_not_before=event.confirm_not_before,
        lapsed=False,
        requests=asked if event.outcome is Outcome.RESOLVED else case.requests,
    )


def _rejected(case: CaseState, _event: ends.ProposalRejected, recorded: Recorded) -> CaseState:
    return reopen(decided(case, recorded), recorded)


def _explained(case: CaseState, _event: ends.Explained, recorded: Recorded) -> CaseState:
    return end(decided(case, recorded), recorded, State.EXPLAINED, "")


def _declined(case: CaseState, event: ends.Declined, recorded: Recorded) -> CaseState:
    case = decided(case, recorded, event.second_reader or "")
    return end(case, recorded, event.results_in, event.reason)


def _withdrawn(case: CaseState, event: ends.Withdrawn, recorded: Recorded) -> CaseState:
    case = change_request(case, event.request, withdrawn=True)
    if event.results_in is case.state:
        return case
    return end(case, recorded, event.results_in, "")


_CHANGES: Changes = {
    custody.Assigned: _assigned,
    custody.Accepted: _accepted,
    custody.HandedOver: _handed_over,
    custody.Returned: _returned,
    custody.DisputeRaised: _disputed,
    custody.DisputeDecided: _decided,
    custody.Reopened: _reopened,
    work.RequesterContacted: unchanged,
    work.NoteAdded: unchanged,
    work.ReplySent: unchanged,
    ends.ResolutionProposed: _proposed,
    ends.ProposalRejected: _rejected,
    ends.Explained: _explained,
    ends.Declined: _declined,
    ends.Withdrawn: _withdrawn,
    ends.SampleJudged: unchanged,
    **kin.CHANGES,
    **waiting.CHANGES,
    **helping.CHANGES,
    **extending.CHANGES,
    **legal_route.CHANGES,
    **correcting.CHANGES,
    **categories.CHANGES,
    **subjects.CHANGES,
    **incumbents.CHANGES,
    **objections.CHANGES,
    **appealing.CHANGES,
    **publishing.CHANGES,
    **stalling.CHANGES,
}

"""Steps that many events share when they change a case: taking custody, ending, settling clocks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from dandang.lifecycle.casework.rules.particulars import Call
from dandang.lifecycle.casework.rules.state import CaseState, RequestState
from dandang.lifecycle.deadlines.clocks import STAY_MISSED
from dandang.lifecycle.deadlines.rules import Away
from dandang.lifecycle.states import Outcome, State, Verdict
from dandang.policy import ClockName
from dandang.terms import Due, Event, Recorded

Changes = Mapping[type[Event], Callable[[CaseState, Any, Recorded], CaseState]]
"""What each event of a topic makes of a case."""


_THROUGH_THE_END = frozenset({ClockName.OBJECTION_ANSWER, ClockName.UNMASKING_DECISION})


def settle(case: CaseState, dues: tuple[Due, ...], state_moved: bool) -> CaseState:  # noqa: FBT001 a fact
    """Return the case with the clocks an event set, and with its number counted on.

    A clock that ran out stays so until it gets another time; the total one does through an end.
    A call about a clock is over when what the clock waited for was done.
    """
    clocks = dict(case.clocks)
    total = case.total
    for due in dues:
        is_total = due.clock == ClockName.TOTAL
        before = total if is_total else clocks.get(due.clock)
        if due.at is None:
            clocks.pop(due.clock, None)
            continue
        is_missed = before is not None and before.missed and before.at == due.at
        clocks[due.clock] = due if due.missed is is_missed else replace(due, missed=is_missed)
        if is_total:
            total = clocks[due.clock]
    seq = case.seq + 1
    state_seq = seq if state_moved else case.state_seq
    calls = tuple(one for one in case.calls if _still_asks(one, case, clocks))
    if len(calls) == len(case.calls):
        calls = case.calls
    return case.changed(clocks=clocks, total=total, seq=seq, state_seq=state_seq, calls=calls)


def _still_asks(call: Call, case: CaseState, clocks: Mapping[str, Due]) -> bool:
    if call.step == ClockName.ASSISTANCE:
        return any(one.missed for one in case.assists)
    if call.step == ClockName.UNMASKING_DECISION:
        return any(one.waits and one.missed for one in case.unmaskings)
    about = clocks.get(call.step)
    return call.step not in STAY_MISSED or (about is not None and about.missed)


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
        inherited_at=None,
        asked=None,
        assists=tuple(one for one in case.assists if one.of_post != post),
    )


def decided(case: CaseState, recorded: Recorded, *others: str) -> CaseState:
    """Return the case with the officer, and others who took part, among its deciders."""
    deciders = dict.fromkeys((*case.deciders, recorded.by.code, *filter(None, others)))
    return replace(case, deciders=tuple(deciders))


def end(case: CaseState, recorded: Recorded, state: State, cause: str) -> CaseState:
    """Return the case ended; the holder stays the one who held it last.

    What nobody has answered is asked anew where the case comes back: steps of the ladder whose
    calls are open were not taken, what was ordered is followed, a list is left by an act alone.
    An objection, and who asked to see a contact, wait for their answer through the end.
    """
    unanswered = {one.step for one in case.calls}
    left = tuple(one for one in case.calls if one.step in _THROUGH_THE_END)
    return replace(
        case,
        state=state,
        ended_at=recorded.occurred_at,
        end_cause=cause,
        asked_at=None,
        asked=None,
        pause=None,
        route=case.route.ended(recorded.occurred_at) if case.route else None,
        check_at=None,
        condition_at=None,
        promised_for=None,
        assists=(),
        calls=left,
        asked_above=(),
        stepped=tuple(one for one in case.stepped if one.split()[0] not in unanswered),
    )


def ran_out(case: CaseState, clock: str) -> CaseState:
    """Return the case with a clock marked as run out."""
    due = replace(case.clocks[clock], missed=True)
    clocks = {**case.clocks, clock: due}
    return case.changed(clocks=clocks, total=due if clock == ClockName.TOTAL else case.total)


def unchanged(case: CaseState, _event: Event, _recorded: Recorded) -> CaseState:
    """Return the case as it is: the event tells something and changes nothing."""
    return case


def change_request(case: CaseState, number: int, **changes: Any) -> CaseState:  # noqa: ANN401 the fields
    """Return the case with one of its requests changed."""
    return replace(
        case,
        requests=tuple(
            replace(one, **changes) if one.number == number else one for one in case.requests
        ),
    )


def result_of(requests: Iterable[RequestState]) -> tuple[State, str]:
    """Return how a proposed case ends by what its requesters said, and the cause.

    Silence after some have answered follows their answer; silence alone is never solved. With
    nobody left who asked, it is withdrawn.
    """
    active = [one for one in requests if one.is_active]
    verdicts = {one.verdict for one in active}
    cause = "some_answered" if None in verdicts else "judged"
    if Verdict.PARTLY in verdicts:
        return State.PARTLY_SOLVED, cause
    if Verdict.SOLVED in verdicts:
        return State.SOLVED, cause
    if not active:
        return State.WITHDRAWN, ""
    if any(one.reachable for one in active):
        return State.UNANSWERED, "silence"
    return State.UNREACHABLE, "no_contact"


def is_settled(case: CaseState) -> bool:
    """Say whether nothing is left to wait for but the children of the case."""
    if not case.active:
        return True
    proposed = case.state is State.PROPOSED and case.outcome is Outcome.RESOLVED
    return proposed and (case.lapsed or all(one.verdict is not None for one in case.active))


def without_request(case: CaseState, number: int) -> State:
    """Return the state of an open case once this request takes no part in it any more."""
    left = change_request(case, number, moved=True)
    if not is_settled(left) or case.open_children:
        return case.state
    return result_of(left.requests)[0]


def again_open(case: CaseState, recorded: Recorded) -> CaseState:
    """Return the case without its end, and without an appeal against it."""
    away = case.away
    if case.ended_at is not None:
        away = (*away, Away(case.ended_at, recorded.occurred_at))
    return replace(case, ended_at=None, end_cause="", appeal=None, appealed=0, away=away)


def reopen(case: CaseState, recorded: Recorded, state: State = State.IN_PROGRESS) -> CaseState:
    """Return the case open again, without what was proposed or ended before."""
    return replace(
        again_open(case, recorded),
        state=state,
        outcome=None,
        outcome_reason="",
        proposed_at=None,
        confirm_not_before=None,
        lapsed=False,
        route=None,
        look_back_until=None,
    )

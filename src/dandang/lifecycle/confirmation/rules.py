"""How requesters judge a result, and what silence means."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dandang.lifecycle.casework.events.custody import Reopened
from dandang.lifecycle.casework.rules.ends import last_holder
from dandang.lifecycle.casework.rules.evolve import end
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.state import CaseState, RequestState
from dandang.lifecycle.confirmation.events import Judged, JudgementLapsed, PrematureClose
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.escalation.rules import evolve as evolve_escalation
from dandang.lifecycle.escalation.rules import to_supervision
from dandang.lifecycle.states import Outcome, State, Verdict
from dandang.policy import ClockName, EndName
from dandang.terms import ActorKind, Code, Event, Recorded, Refusal


@dataclass(frozen=True, slots=True)
class Judge:
    """What a requester says of the result. `agreed` ends a partly solved matter by consent.

    `request` names the request for a call-back officer; a requester's own is known.
    """

    verdict: Verdict
    agreed: bool = False
    text: str = ""
    was_contacted: bool | None = None
    was_pressed: bool | None = None
    request: int | None = None


@dataclass(frozen=True, slots=True)
class Lapse:
    """The judgement window passed in silence."""


def judge(facts: Facts, wish: Judge) -> tuple[Event, ...]:
    """Take the judgement of one request; the case ends, waits for others, or goes on.

    A "no", or "partly" without consent, brings the case back to its holder under the same total
    clock; the second "no" puts it before the supervising post (domain rule 8).
    Refuses `unknown_request`, `not_proposed`, `judgement_window_passed`, `end_not_allowed`.
    """
    request = _judging(facts, wish)
    _check_time(facts, request)
    result = _result(facts, request, wish)
    judged = Judged(
        request=request.number,
        verdict=wish.verdict,
        agreed=wish.agreed,
        collected="requester" if facts.by.kind is ActorKind.REQUESTER else "call_back",
        results_in=result,
        text=wish.text or None,
        was_contacted=wish.was_contacted,
        was_pressed=wish.was_pressed,
    )
    if result is not State.IN_PROGRESS:
        return (judged,)
    return (judged, *_goes_on(facts, request, wish))


def lapse(facts: Facts, _wish: Lapse) -> tuple[Event, ...]:
    """Close after silence: unanswered, or unreachable where nobody left a contact.

    Where some requesters judged it solved and the others stayed silent, it is solved.
    Refuses `judgement_window_open`.
    """
    window = facts.case.clocks.get(ClockName.JUDGEMENT_WINDOW)
    if window is None or window.at is None or facts.now < window.at:
        raise Refusal(Code.JUDGEMENT_WINDOW_OPEN)
    active = [one for one in facts.case.requests if not one.withdrawn]
    if any(one.verdict is Verdict.SOLVED for one in active):
        return (JudgementLapsed(results_in=State.SOLVED, cause="some_answered"),)
    if any(one.verdict is Verdict.PARTLY for one in active):
        return (JudgementLapsed(results_in=State.PARTLY_SOLVED, cause="some_answered"),)
    if any(one.reachable for one in active):
        return (JudgementLapsed(results_in=State.UNANSWERED, cause="silence"),)
    return (JudgementLapsed(results_in=State.UNREACHABLE, cause="no_contact"),)


def evolve(case: CaseState, recorded: Recorded) -> CaseState:
    """Return the case after an event of confirmation or of a stage below."""
    event = recorded.event
    if isinstance(event, Judged):
        return _judged(case, event, recorded)
    if isinstance(event, JudgementLapsed):
        return end(case, recorded, event.results_in, event.cause)
    if isinstance(event, PrematureClose):
        return replace(case, refusals=event.refusals)
    return evolve_escalation(case, recorded)


def _judging(facts: Facts, wish: Judge) -> RequestState:
    number = facts.request_number
    if number is None:
        number = wish.request if wish.request is not None else 1
    request = facts.case.request(number)
    if request is None or request.withdrawn:
        raise Refusal(Code.UNKNOWN_REQUEST, request=number)
    return request


def _check_time(facts: Facts, request: RequestState) -> None:
    case = facts.case
    if case.state is State.PROPOSED:
        if case.outcome is not Outcome.RESOLVED:
            raise Refusal(Code.NOT_PROPOSED, verb="judge", outcome=Outcome.RESOLVED.value)
        return
    since = request.judged_at or case.ended_at
    if since is None or case.end_cause == "imported":
        raise Refusal(Code.JUDGEMENT_WINDOW_PASSED)
    window = facts.policy.limits.judgement_change
    if facts.now > end_of(window, since, facts.calendar).at:
        raise Refusal(Code.JUDGEMENT_WINDOW_PASSED)


def _result(facts: Facts, request: RequestState, wish: Judge) -> State:
    if wish.verdict is Verdict.NO:
        return State.IN_PROGRESS
    if wish.verdict is Verdict.PARTLY:
        if not wish.agreed:
            return State.IN_PROGRESS
        if EndName.PARTLY_SOLVED not in facts.policy.ends_for(facts.case.category):
            raise Refusal(Code.END_NOT_ALLOWED, end=State.PARTLY_SOLVED.value)
    others = [
        one for one in facts.case.requests if one.number != request.number and not one.withdrawn
    ]
    if facts.case.state is State.PROPOSED and any(one.verdict is None for one in others):
        return State.PROPOSED
    verdicts = {wish.verdict, *_given(others)}
    return State.PARTLY_SOLVED if Verdict.PARTLY in verdicts else State.SOLVED


def _given(requests: Iterable[RequestState]) -> set[Verdict]:
    return {one.verdict for one in requests if one.verdict is not None}


def _goes_on(facts: Facts, request: RequestState, wish: Judge) -> tuple[Event, ...]:
    refused = wish.verdict is Verdict.NO
    events: list[Event] = []
    if refused:
        refusals = facts.case.refusals + 1
        events.append(PrematureClose(request=request.number, refusals=refusals))
    post = last_holder(facts)
    events.append(
        Reopened(
            to_post=post.code,
            to_unit=post.unit,
            cause="judged_no" if refused else "judged_partly",
        )
    )
    if refused and facts.case.refusals + 1 >= facts.policy.limits.deciding_at_no:
        events.append(to_supervision(facts, "second_no"))
    return tuple(events)


def _judged(case: CaseState, event: Judged, recorded: Recorded) -> CaseState:
    requests = tuple(
        replace(one, verdict=event.verdict, judged_at=recorded.occurred_at)
        if one.number == event.request
        else one
        for one in case.requests
    )
    case = replace(case, requests=requests)
    if event.results_in in (State.PROPOSED, State.IN_PROGRESS):
        # The companion event `reopened` brings the case back to work.
        return case
    if case.ended_at is not None:
        return replace(case, state=event.results_in, end_cause="judged")
    return end(case, recorded, event.results_in, "judged")

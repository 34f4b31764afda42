"""How requesters judge a result, and what silence means."""

from dataclasses import dataclass, replace

from dandang.lifecycle.casework.events.custody import Reopened
from dandang.lifecycle.casework.rules.changes import (
    again_open,
    change_request,
    end,
    is_settled,
    result_of,
)
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import last_holder
from dandang.lifecycle.casework.rules.kin import Birth, Births, Item, inherited
from dandang.lifecycle.casework.rules.state import CaseState, RequestState
from dandang.lifecycle.confirmation.events import Judged, JudgementLapsed, PrematureClose
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.escalation.rules.evolve import evolve as evolve_escalation
from dandang.lifecycle.escalation.rules.supervising import to_supervision
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


def judge(facts: Facts, wish: Judge) -> tuple[Item, ...]:
    """Take the judgement of one request; the case ends, waits for others, or goes on.

    A "no", or "partly" without consent, brings the case back to its holder under the same total
    clock; the second "no" puts it before the supervising post. Among several requesters the one
    who is not content gets a case for that request alone, and the others stay as they judged
    (domain rule 8). Parts and decisions are judged by the post that set them.
    Refuses `unknown_request`, `not_proposed`, `judged_too_early`, `judgement_window_passed`,
    `end_not_allowed`.
    """
    request = _judging(facts, wish)
    _check_time(facts, request, wish)
    result = _result(facts, request, wish)
    judged = Judged(
        request=request.number,
        verdict=wish.verdict,
        agreed=wish.agreed,
        collected=_collected(facts),
        results_in=result,
        text=wish.text or None,
        was_contacted=wish.was_contacted,
        was_pressed=wish.was_pressed,
    )
    if _is_content(wish):
        return (judged,)
    if result is State.IN_PROGRESS:
        return (judged, *_goes_on(facts, request, wish))
    return (judged, _child_for(facts, request, wish))


def lapse(facts: Facts, _wish: Lapse) -> tuple[Event, ...]:
    """Close after silence: unanswered, or unreachable where nobody left a contact.

    Where some requesters judged it solved and the others stayed silent, it is solved. A case with
    open children waits for them. Refuses `judgement_window_open`.
    """
    window = facts.case.clocks.get(ClockName.JUDGEMENT_WINDOW)
    if window is None or window.at is None or facts.now < window.at:
        raise Refusal(Code.JUDGEMENT_WINDOW_OPEN)
    state, cause = result_of(facts.case.requests)
    if facts.case.set_by and state is State.UNREACHABLE:
        # Whoever set it can be reached, and said nothing.
        state, cause = State.UNANSWERED, "silence"
    if facts.case.open_children:
        state = State.PROPOSED
    return (JudgementLapsed(results_in=state, cause=cause),)


def evolve(case: CaseState, recorded: Recorded) -> CaseState:
    """Return the case after an event of confirmation or of a stage below."""
    event = recorded.event
    if isinstance(event, Judged):
        return _judged(case, event, recorded)
    if isinstance(event, JudgementLapsed):
        case = replace(case, lapsed=True)
        if event.results_in is State.PROPOSED:
            return case
        return end(case, recorded, event.results_in, event.cause)
    if isinstance(event, PrematureClose):
        return replace(case, refusals=event.refusals)
    return evolve_escalation(case, recorded)


def _is_content(wish: Judge) -> bool:
    return wish.verdict is Verdict.SOLVED or (wish.verdict is Verdict.PARTLY and wish.agreed)


def _collected(facts: Facts) -> str:
    if facts.by.kind is ActorKind.REQUESTER:
        return "requester"
    return "setter" if facts.post == facts.case.set_by else "call_back"


def _judging(facts: Facts, wish: Judge) -> RequestState:
    number = facts.request_number
    if number is None:
        number = wish.request if wish.request is not None else 1
    request = facts.case.request(number)
    if request is None or not request.is_active:
        raise Refusal(Code.UNKNOWN_REQUEST, request=number)
    return request


def _check_time(facts: Facts, request: RequestState, wish: Judge) -> None:
    case = facts.case
    if case.state is State.PROPOSED:
        if case.outcome is not Outcome.RESOLVED:
            raise Refusal(Code.NOT_PROPOSED, verb="judge", outcome=Outcome.RESOLVED.value)
        visible_from = case.confirm_not_before
        if visible_from and facts.now < visible_from and wish.verdict is not Verdict.NO:
            raise Refusal(Code.JUDGED_TOO_EARLY)
        return
    since = request.judged_at or case.ended_at
    if since is None or case.end_cause == "imported":
        raise Refusal(Code.JUDGEMENT_WINDOW_PASSED)
    window = facts.policy.limits.judgement_change
    if facts.now > end_of(window, since, facts.calendar).at:
        raise Refusal(Code.JUDGEMENT_WINDOW_PASSED)


def _result(facts: Facts, request: RequestState, wish: Judge) -> State:
    """Return the state of the case after the judgement of this request.

    Whoever is not content among several goes on in a case of its own, so this one waits for it.
    """
    case = facts.case
    others = [one for one in case.active if one.number != request.number]
    if not _is_content(wish):
        return State.PROPOSED if others else State.IN_PROGRESS
    allowed = facts.policy.ends_for(case.category)
    if wish.verdict is Verdict.PARTLY and EndName.PARTLY_SOLVED not in allowed:
        raise Refusal(Code.END_NOT_ALLOWED, end=State.PARTLY_SOLVED.value)
    left = change_request(case, request.number, verdict=wish.verdict)
    if case.open_children or (case.is_open and not is_settled(left)):
        return State.PROPOSED
    return result_of(left.requests)[0]


def _child_for(facts: Facts, request: RequestState, wish: Judge) -> Births:
    """Return the case in which the matter of one requester goes on, held by the same post."""
    refused = wish.verdict is Verdict.NO
    post = last_holder(facts)
    opening = replace(
        inherited(facts, title="", text=wish.text, post=post.code, unit=post.unit),
        reachable=request.reachable,
        parent_request=request.number,
        begins_as=State.IN_PROGRESS,
    )
    then: list[Event] = []
    if refused:
        refusals = facts.case.refusals + 1
        then.append(PrematureClose(request=1, refusals=refusals))
        if refusals >= facts.policy.limits.deciding_at_no:
            then.append(to_supervision(facts, "second_no"))
    cause = "judged_no" if refused else "judged_partly"
    return Births((Birth(opening, tuple(then)),), cause, request.number)


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
    case = change_request(
        case, event.request, verdict=event.verdict, judged_at=recorded.occurred_at
    )
    if event.results_in is State.IN_PROGRESS:
        # The companion event `reopened` brings the case back to work.
        return case
    if event.results_in is State.PROPOSED:
        return replace(again_open(case), state=State.PROPOSED)
    if case.ended_at is not None:
        return replace(case, state=event.results_in, end_cause="judged")
    return end(case, recorded, event.results_in, "judged")

"""How requesters judge a result, and what silence means."""

from dataclasses import dataclass, replace

from dandang.lifecycle.casework.events.custody import Reopened
from dandang.lifecycle.casework.rules.answers import collected, request_meant
from dandang.lifecycle.casework.rules.changes import change_request, is_settled, result_of
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import last_holder
from dandang.lifecycle.casework.rules.kin import Birth, Births, Item, inherited
from dandang.lifecycle.casework.rules.state import RequestState
from dandang.lifecycle.confirmation.events import Judged, JudgementLapsed, PrematureClose
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.escalation.rules.supervising import to_supervision
from dandang.lifecycle.states import Outcome, State, Verdict
from dandang.policy import ClockName, EndName
from dandang.terms import Code, Event, Refusal


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
    request = request_meant(facts, wish.request)
    _check_time(facts, request, wish)
    result = _result(facts, request, wish)
    judged = Judged(
        request=request.number,
        verdict=wish.verdict,
        agreed=wish.agreed,
        collected=collected(facts),
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


def _is_content(wish: Judge) -> bool:
    return wish.verdict is Verdict.SOLVED or (wish.verdict is Verdict.PARTLY and wish.agreed)


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
        may_publish=request.number in facts.case.agreed,
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

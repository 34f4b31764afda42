"""What requesters are told: only what is about their own request, and never about others."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from dandang.lifecycle.states import ENDS, Outcome, State
from dandang.notifications.rules.notices import (
    Kind,
    Notice,
    Params,
    Recipient,
    RequestFacts,
    Situation,
    Urgency,
    instant,
)
from dandang.policy import ClockName
from dandang.terms import ActorKind

Rule = Callable[[Situation], Iterator[Notice]]

_ENDED = frozenset(state.value for state in ENDS) - {State.MERGED.value}


def to_requesters(situation: Situation) -> Iterator[Notice]:
    """Yield what the requesters of a case are told of an event.

    Nobody is told of what an import brought, nor of decisions and findings, which no requester
    sent; nor is anybody told of what they have just done themselves.
    """
    rule = RULES.get(situation.happened.type)
    if rule is None or situation.happened.by.kind is ActorKind.IMPORT:
        return
    yield from rule(situation)


def _opened(it: Situation) -> Iterator[Notice]:
    if it.case.kind == "request" and not it.case.is_part:
        yield from _received(it, 1)


def _attached(it: Situation) -> Iterator[Notice]:
    if not it.happened.text("from_case"):
        yield from _received(it, it.happened.number("request"))


def _received(it: Situation, number: int) -> Iterator[Notice]:
    request = it.case.request(number)
    if request is not None and request.is_active:
        yield _to(it, request, "received", _holding(it))


def _question(it: Situation) -> Iterator[Notice]:
    yield from _everybody(it, "question", _holding(it))


def _reply(it: Situation) -> Iterator[Notice]:
    yield from _everybody(it, "reply", _holding(it))


def _proposed(it: Situation) -> Iterator[Notice]:
    if it.happened.text("outcome") == Outcome.RESOLVED:
        yield from _asked_to_judge(it, "proposed")


def _reminded(it: Situation) -> Iterator[Notice]:
    if it.happened.text("clock") in (ClockName.JUDGEMENT_WINDOW, ClockName.JUDGEMENT_REMINDER):
        yield from _asked_to_judge(it, "judge_reminder")


def _asked_to_judge(it: Situation, template: str) -> Iterator[Notice]:
    """Ask those who have not answered. What was taken back meanwhile is asked of nobody."""
    if it.case.state != State.PROPOSED:
        return
    until = it.happened.due(ClockName.JUDGEMENT_WINDOW) or it.case.due.get(
        ClockName.JUDGEMENT_WINDOW
    )
    params = {
        **_holding(it),
        "until": instant(until),
        "from": it.happened.text("confirm_not_before"),
    }
    for request in it.case.requests:
        if request.is_active and not request.has_judged:
            yield _to(it, request, template, params)


def _ended(it: Situation) -> Iterator[Notice]:
    """Tell of an end: named by the event, or that of its type."""
    end = it.happened.text("results_in") or _END_OF.get(it.happened.type, "")
    if end in _ENDED:
        yield from _everybody(it, "ended", {"end": end})


def _withdrawn(it: Situation) -> Iterator[Notice]:
    if it.happened.text("results_in") in _ENDED:
        yield from _everybody(it, "ended", {"end": it.happened.text("results_in")})


def _reopened(it: Situation) -> Iterator[Notice]:
    yield from _everybody(it, "reopened", {**_holding(it), "cause": it.happened.text("cause")})


def _looked_back(it: Situation) -> Iterator[Notice]:
    """Ask again whether it is still solved. A case that somebody set is for that post to judge."""
    asked = bool(it.happened.fields.get("drawn")) and not it.case.set_by
    if asked and it.case.state == State.SOLVED:
        yield from _everybody(it, "look_back", {"until": it.happened.text("until")})


def _answered_above(it: Situation) -> Iterator[Notice]:
    """Tell those who asked the office above that it acted."""
    if it.happened.fields.get("asked_for"):
        for request in it.case.requests:
            if request.is_active and request.asked_above:
                yield _to(it, request, "answered_above", {"act": it.happened.text("act")})


def _promised(it: Situation) -> Iterator[Notice]:
    params = {**_holding(it), "promised_for": it.happened.text("promised_for")}
    yield from _everybody(it, "promise", params)


def _extended(it: Situation) -> Iterator[Notice]:
    if it.happened.text("decision") == "granted":
        params = {**_holding(it), "days": it.happened.number("working_days")}
        yield from _everybody(it, "extended", params)


def _paused(it: Situation) -> Iterator[Notice]:
    params = {
        **_holding(it),
        "reason": it.happened.text("reason"),
        "check_at": it.happened.text("check_at"),
    }
    yield from _everybody(it, "paused", params)


def _legal_route(it: Situation) -> Iterator[Notice]:
    names = ("body", "acceptance_number", "due_at")
    yield from _everybody(it, "legal_route", {name: it.happened.text(name) for name in names})


def _appeal_decided(it: Situation) -> Iterator[Notice]:
    yield from _everybody(it, "appeal_decided", {"decision": it.happened.text("decision")})


def _code_replaced(it: Situation) -> Iterator[Notice]:
    """Tell the requester, whoever replaced it: that may have been somebody else."""
    request = it.case.request(it.happened.number("request"))
    if request is not None:
        yield _to(it, request, "code_replaced", {})


def _holding(it: Situation) -> Params:
    return {
        "unit": it.case.holder_unit,
        "post": it.case.holder,
        "due_at": instant(it.case.due.get(ClockName.TOTAL)),
    }


def _everybody(it: Situation, template: str, params: Params) -> Iterator[Notice]:
    own = _said_by(it)
    for request in it.case.requests:
        if request.is_active and str(request.number) != own:
            yield _to(it, request, template, params)


def _said_by(it: Situation) -> str:
    """Return the number of the request whose sender said it, on the web or on the phone."""
    if it.happened.text("collected") == "call_back":
        return str(it.happened.number("request"))
    return it.happened.by.code if it.happened.by.kind is ActorKind.REQUESTER else ""


def _to(it: Situation, request: RequestFacts, template: str, params: Params) -> Notice:
    urgency = Urgency.AT_ONCE if it.case.is_urgent else Urgency.ORDINARY
    recipient = Recipient(Kind.REQUESTER, request.reference)
    return Notice(recipient, template, {**params, "reference": request.reference}, urgency)


_END_OF: Mapping[str, str] = {
    "explained": State.EXPLAINED,
    "concluded": State.CONCLUDED_BY_LAW,
}

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "case_opened": _opened,
        "request_attached": _attached,
        "question_asked": _question,
        "reply_sent": _reply,
        "resolution_proposed": _proposed,
        "reminded": _reminded,
        "judged": _ended,
        "judgement_lapsed": _ended,
        "explained": _ended,
        "declined": _ended,
        "concluded": _ended,
        "child_ended": _ended,
        "withdrawn": _withdrawn,
        "reopened": _reopened,
        "look_back_asked": _looked_back,
        "acted_on_call": _answered_above,
        "promise_made": _promised,
        "extension_decided": _extended,
        "paused": _paused,
        "legal_route_entered": _legal_route,
        "appeal_decided": _appeal_decided,
        "access_code_replaced": _code_replaced,
    }
)
"""By type of event."""

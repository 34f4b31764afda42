"""The list of requesters to call: whom, about what, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from types import MappingProxyType

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.urgency import soon_until, urgency
from dandang.interfaces.shared.whole_numbers import whole_number
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.perform import perform
from dandang.notifications.call_back.results import Result
from dandang.notifications.call_back.worklist import (
    JUDGED,
    PAGE,
    RECORDED,
    Caller,
    Page,
    ToCall,
    call_of,
    calls_to_make,
    record,
)
from dandang.organization.directory import PostKind
from dandang.organization.queries import current_policy
from dandang.terms import Code, Refusal

_MOST_DIGITS = 6
Words = Mapping[str, str | Promise]

ABOUT: Words = MappingProxyType(
    {
        "proposed": gettext_lazy("Ask: is it solved, partly solved or not solved?"),
        "judge_reminder": gettext_lazy("Ask once more: is it solved, partly solved or not solved?"),
        "look_back": gettext_lazy("Ask: is it still solved?"),
        "question": gettext_lazy("Say what is missing, and how it can be given."),
        "answered_above": gettext_lazy(
            "Say what the office above did, as the requester had asked."
        ),
        "ended": gettext_lazy("Say how it has ended, and what can be done about it."),
    }
)
"""What a call is about, said to whoever calls."""

_ANSWERED_BY = {"look_back": "look-back", "question": "answer"}
_OPEN_ONLY = frozenset({*JUDGED, "question"})
"""Calls about cases that are worked on: what the requester adds is written down there."""

RESULTS: Words = MappingProxyType(
    {
        Result.TOLD: gettext_lazy("Reached and told"),
        Result.NOT_REACHED: gettext_lazy("Nobody answered"),
        Result.WRONG_NUMBER: gettext_lazy("Wrong number"),
    }
)
DONE: Words = MappingProxyType(
    {
        Result.TOLD: gettext_lazy("Recorded: reached and told."),
        Result.NOT_REACHED: gettext_lazy("Recorded: nobody answered. It comes again later."),
        Result.WRONG_NUMBER: gettext_lazy("Recorded: the number is wrong. It is not called again."),
    }
)
GIVEN_UP = gettext_lazy("Recorded: nobody answered. It was the last try.")


@dataclass(frozen=True, slots=True)
class Line:
    """One call in words.

    `answer` and `details` lead to the forms for what the requester says, "" where there is none.
    """

    call: ToCall
    about: str
    where: str
    holder: str
    dial: str
    until: datetime | None
    urgency: str
    tried: str
    answer: str
    details: str
    shown_until: str
    ask: str


@require_safe
@for_officers
def show_call_backs(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show whom this officer has to call now. Refuses `not_permitted` without a post for it."""
    return _page(request, officer)


@require_POST
@for_officers
def record_call_back(request: HttpRequest, officer: Officer, number: int) -> HttpResponse:
    """Record what came of a call, or show whom to call, and go back to the list."""
    caller = _caller(officer)
    if "show" in request.POST:
        return _show(request, officer, number)
    typed, tries = request.POST.get("result", ""), request.POST.get("tries", "")
    if typed not in RECORDED:
        return _page(request, officer, _("Say what came of the call."), HTTPStatus.BAD_REQUEST)
    try:
        call = record(
            number,
            Result(typed),
            seen_tries=_number(tries),
            caller=caller,
            calendar=officer.calendar,
            now=officer.now,
        )
    except Refusal as refused:
        if refused.code not in (Code.NOT_FOUND, Code.CHANGED_MEANWHILE):
            raise
        words = _("Somebody else recorded a result, or there is nothing to call about any more.")
        return _page(request, officer, words, HTTPStatus.CONFLICT)
    is_given_up = typed == Result.NOT_REACHED and call.is_last_try
    done = GIVEN_UP if is_given_up else DONE[typed]
    messages.success(request, f"{call.reference} · {done}")
    return redirect("desk:call-backs")


def _show(request: HttpRequest, officer: Officer, number: int) -> HttpResponse:
    """Record that this officer looks at the number, to call it."""
    try:
        call = call_of(number, caller=_caller(officer), now=officer.now)
        perform(
            "unmask",
            call.case_reference,
            {"purpose": "to_call", "request": call.request_number},
            by=officer.actor,
            now=officer.now,
        )
    except Refusal as refused:
        return _page(request, officer, refusal(refused), HTTPStatus.CONFLICT)
    page = _number(request.POST.get("page", ""))
    address = f"?page={page}#call-{number}" if page > 1 else f"#call-{number}"
    return redirect(reverse("desk:call-backs") + address)


def _page(
    request: HttpRequest, officer: Officer, wrong: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    caller = _caller(officer)
    page = max(1, _number(request.GET.get("page", "")))
    found = calls_to_make(caller, now=officer.now, offset=(page - 1) * PAGE)
    pages = max(1, -(-found.due // PAGE))
    if page > pages:
        page = pages
        found = calls_to_make(caller, now=officer.now, offset=(page - 1) * PAGE)
    context = {
        "here": "call-backs",
        "lines": _lines(found, officer),
        "results": [(one.value, RESULTS[one]) for one in RECORDED],
        "due": found.due,
        "later": found.later,
        "page": page,
        "pages": pages,
        "wrong": wrong,
    }
    return render(request, "desk/call_backs.html", context, status=status)


def _caller(officer: Officer) -> Caller:
    if not any(PostKind.CALL_BACK in post.kinds for post in officer.posts):
        raise Refusal(Code.NOT_PERMITTED)
    return Caller(
        officer=officer.code,
        posts=officer.posts,
        directory=officer.directory,
        kept_out=officer.kept_out,
    )


def _lines(found: Page, officer: Officer) -> list[Line]:
    names = Names(officer.directory, current_policy())
    soon = soon_until(officer.now, officer.calendar)
    return [_line(call, names, officer.now, soon) for call in found.calls]


def _line(call: ToCall, names: Names, now: datetime, soon: datetime) -> Line:
    where = [names.category(call.category), names.area(call.area)]
    return Line(
        call=call,
        about=str(ABOUT[call.about]),
        where=" · ".join(part for part in where if part),
        holder=names.post_with_unit(call.holder),
        dial=_dial(call),
        until=call.until,
        urgency=urgency(call.until, now, soon),
        tried=moment(call.tried_at, now) if call.tried_at else "",
        answer=_answer(call),
        details=_form(call, "note") if call.about in _OPEN_ONLY else "",
        shown_until=moment(call.shown_until, now) if call.shown_until else "",
        ask=_form(call, "ask-unmask") if call.is_hidden and not call.is_allowed else "",
    )


def _dial(call: ToCall) -> str:
    """Return the number as a telephone takes it; "" where it is masked."""
    if call.shown_until is None:
        return ""
    return "".join(char for char in call.phone if char.isascii() and char in "+0123456789")


def _answer(call: ToCall) -> str:
    verb = "judge" if call.about in JUDGED else _ANSWERED_BY.get(call.about)
    return "" if verb is None else _form(call, verb)


def _form(call: ToCall, verb: str) -> str:
    form = reverse("desk:act", args=[call.case_reference, verb])
    return f"{form}?request={call.request_number}&channel=phone"


def _number(typed: str) -> int:
    found = whole_number(typed, digits=_MOST_DIGITS)
    return -1 if found is None else found

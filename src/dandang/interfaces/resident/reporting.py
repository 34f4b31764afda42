"""Reporting: one form in sections, a step to check it, one sending, a receipt."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dandang.interfaces.resident import access, sending
from dandang.interfaces.resident.forms import ReportForm
from dandang.interfaces.resident.promising import promise
from dandang.interfaces.shared import clock, tokens
from dandang.interfaces.shared.words.refusals import refusal
from dandang.lifecycle.intake.actions import in_force, open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.organization.queries import current_policy, directory
from dandang.terms import Actor, Code, Refusal

_TITLE = 40
_UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Show the form, its check, or send it. The pages carry what was typed, not the server."""
    organization, policy = directory(), current_policy()
    if request.method != "POST":
        form = ReportForm(
            initial={"token": tokens.new_token()}, directory=organization, policy=policy
        )
        return _form_page(request, form)
    form = ReportForm(_with_token(request.POST), directory=organization, policy=policy)
    step = request.POST.get("step", "check")
    if not form.is_valid():
        return _form_page(request, form, status=_UNFIT)
    if step == "edit":
        return _form_page(request, form)
    if step == "send":
        return _send(request, form)
    return _check_page(request, form)


def _form_page(request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "here": "new"}
    return render(request, "resident/report.html", context, status=status)


def _check_page(request: HttpRequest, form: ReportForm) -> HttpResponse:
    try:
        expected = promise(_wish(form.cleaned_data), in_force(), clock.now())
    except Refusal as refused:
        if refused.code is not Code.NOBODY_OUTSIDE:
            raise
        form.add_error("subject_unit", refusal(refused))
        return _form_page(request, form, status=_UNFIT)
    context = {"form": form, "rows": form.answers(), "promise": expected, "here": "new"}
    return render(request, "resident/check.html", context)


def _send(request: HttpRequest, form: ReportForm) -> HttpResponse:
    token = form.cleaned_data["token"]
    try:
        receipt = open_request(
            _wish(form.cleaned_data),
            by=Actor.requester(1),
            now=clock.now(),
            submission=tokens.submission_of(token),
            access_code=tokens.code_of(token),
        )
    except Refusal as refused:
        if refused.code is not Code.NOBODY_OUTSIDE:
            raise
        form.add_error("subject_unit", refusal(refused))
        return _form_page(request, form, status=_UNFIT)
    access.grant(request, receipt.reference)
    response = redirect("follow", reference=receipt.reference)
    sending.hand_out(response, receipt.reference, receipt.access_code, again=receipt.existing)
    return response


def _wish(given: dict[str, str]) -> Open:
    return Open(
        title=given["title"] or title_of(given["text"]),
        text=given["text"],
        channel="web",
        category=given["category"],
        area=given["area"],
        location=given["location"],
        contact=Contact(given["name"], given["phone"], given["email"]),
        happening_now=bool(given["happening_now"]),
        can_follow=True,
        subject_units=(given["subject_unit"],) if given["subject_unit"] else (),
    )


def title_of(text: str) -> str:
    """Return the beginning of a text as its title: its first line, cut at 40 characters or before.

    A cut falls between words where there are spaces; Chinese has none.
    """
    first = text.split("\n", 1)[0].strip()
    if len(first) <= _TITLE:
        return first
    start = first[: _TITLE - 1]
    return f"{start.rsplit(' ', 1)[0] if ' ' in start[_TITLE // 2 :] else start}…"


def _with_token(typed: QueryDict) -> QueryDict:
    """Return what was typed, with a token of our own where the form has lost its."""
    if tokens.is_token(typed.get("token", "")):
        return typed
    repaired = typed.copy()
    repaired["token"] = tokens.new_token()
    return repaired

"""The steps that are filled in, going on with a report, and giving it up."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dandang.interfaces.resident.reporting.adding import NO_ROOM, add_uploads, stays
from dandang.interfaces.resident.reporting.begun import (
    Begun,
    begun,
    forget,
    keep_step,
    remember,
    token_of,
)
from dandang.interfaces.resident.reporting.forms import (
    ContactForm,
    StepForm,
    WhatForm,
    WhereForm,
)
from dandang.interfaces.resident.reporting.nearby import has_similar
from dandang.interfaces.resident.reporting.way import next_step, progress
from dandang.interfaces.shared import clock, tokens
from dandang.interfaces.shared.middleware import PERMISSIONS
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.intake.draft_files import list_files
from dandang.lifecycle.intake.drafts import KEPT, Draft, forget_draft
from dandang.organization.queries import current_policy, directory
from dandang.publication.cases.numbers import normal_number
from dandang.terms import Code, Refusal

UNFIT = 422
_TOO_MANY = 429
_FORMS: dict[str, type[StepForm]] = {
    "where": WhereForm,
    "what": WhatForm,
    "contact": ContactForm,
}
_MAY_ASK_WHERE = PERMISSIONS.replace("geolocation=()", "geolocation=(self)")


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Begin, or offer to go on with what was begun here, or say that it was sent already."""
    it = begun(request)
    if it.sent:
        context = {"here": "new", "token": token_of(request)}
        return render(request, "resident/report/sent.html", context)
    if it.draft is None:
        return _page(request, "where", it)
    return render(request, "resident/report/begun.html", {"here": "new", **_kept(it.draft)})


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, here: str) -> HttpResponse:
    """Show a step, or keep what was typed in it and go on. Nothing typed is lost by a mistake."""
    it = begun(request)
    if request.method == "POST":
        try:
            return _keep(request, here, it)
        except Refusal as refused:
            if refused.code is not Code.CHANGED_MEANWHILE:
                raise
            return redirect("report")  # sent from another tab at this moment: it is said there
    if it.draft is None and here != "where":
        return redirect("report")
    return _page(request, here, it)


def form_of(here: str, typed: Mapping[str, Any] | None, **more: Any) -> StepForm:  # noqa: ANN401 Django's
    """Return the form of a step; with what was typed it is bound to that."""
    return _FORMS[here](typed, directory=directory(), policy=current_policy(), **more)


def go_on(draft: Draft) -> HttpResponse:
    """Return the answer that leads to what comes next."""
    return redirect(f"report-{next_step(draft, lambda: has_similar(draft))}")


def step_page(
    request: HttpRequest, here: str, it: Begun, form: StepForm, status: int = 200
) -> HttpResponse:
    """Return the page of a step with this form."""
    context = {
        "form": form,
        "here": "new",
        "step": here,
        "progress": progress(here),
        "draft": it.draft,
        "files": list_files(it.key) if here == "what" and it.draft else [],
    }
    response = render(request, f"resident/report/{here}.html", context, status=status)
    if here == "where":
        response.headers["Permissions-Policy"] = _MAY_ASK_WHERE
    return response


def _page(request: HttpRequest, here: str, it: Begun) -> HttpResponse:
    typed = it.typed(here)
    if typed and not it.is_done(here):
        return step_page(request, here, it, form_of(here, typed))
    return step_page(request, here, it, form_of(here, None, initial=typed))


def _keep(request: HttpRequest, here: str, it: Begun) -> HttpResponse:
    form = form_of(here, request.POST.dict(), files=request.FILES)
    form.full_clean()
    it = add_uploads(request, it, form) if here == "what" else it
    it = keep_step(it, here, form.typed(), is_done=form.is_valid())
    if here == "what" and (aside := _aside(request, it, form)):
        return remember(aside, it)
    if it.draft is None or not form.is_valid():
        status = _TOO_MANY if form.has_error("files", NO_ROOM) else UNFIT
        return remember(step_page(request, here, it, form, status), it)
    return remember(go_on(it.draft), it)


def _aside(request: HttpRequest, it: Begun, form: StepForm) -> HttpResponse | None:
    """Return the answer to who does not go on: to another's matter, or about a file; else None."""
    follows = normal_number(request.POST.get("follow", ""))
    if follows:
        return redirect(reverse("report-join", args=[follows]) + "?instead=1")
    if not stays(request, it) or "files" in form.errors:
        return None
    return step_page(request, "what", it, form_of("what", None, initial=form.typed()))


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Ask whether the draft is given up, or delete it for good."""
    if request.method == "POST":
        token = token_of(request)
        if token and forget_draft(tokens.submission_of(token)):
            messages.success(request, _("The draft was deleted. Nothing of it is kept."))
        then = "report" if request.POST.get("then") == "report" else "home"
        return forget(request, redirect(then), token)
    it = begun(request)
    if it.draft is None:
        return redirect("report")
    return render(request, "resident/report/delete.html", {"here": "new", **_kept(it.draft)})


def _kept(draft: Draft) -> dict[str, object]:
    assert draft.changed_at is not None
    now = clock.now()
    return {
        "draft": draft,
        "changed": moment(draft.changed_at, now),
        "until": moment(draft.changed_at + KEPT, now),
        "following": reverse(f"report-{next_step(draft, lambda: has_similar(draft))}"),
    }

"""Checking what was written, who gets it and by when, and sending it once."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dandang.interfaces.resident import access, sending
from dandang.interfaces.resident.promising import promise
from dandang.interfaces.resident.reporting.begun import (
    Begun,
    begun,
    by_token,
    forget,
    token_of,
)
from dandang.interfaces.resident.reporting.forms import StepForm
from dandang.interfaces.resident.reporting.nearby import kind_of, unshown
from dandang.interfaces.resident.reporting.steps import UNFIT, form_of, step_page
from dandang.interfaces.resident.reporting.way import TO_FILL_IN, missing_step, progress
from dandang.interfaces.shared import clock, tokens
from dandang.interfaces.shared.titles import title_of
from dandang.interfaces.shared.words.names import name
from dandang.interfaces.shared.words.refusals import refusal
from dandang.lifecycle.intake.actions import Receipt, in_force
from dandang.lifecycle.intake.draft_files import list_files
from dandang.lifecycle.intake.queries import opened_by
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.intake.sending import send_draft
from dandang.terms import Code, Refusal


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the check: what was asked, what was said ("": nothing), where it is changed.

    `note` says what was not said by the requester.
    """

    question: str
    said: str
    note: str
    change: str


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Show everything once more, or send it. The same form sent again is sent once."""
    if request.method == "POST":
        return _send(request)
    it = begun(request)
    if it.draft is None:
        return redirect("report")
    missing = missing_step(it.draft)
    if missing:
        return redirect(f"report-{missing}")
    return _check_page(request, it)


def _check_page(request: HttpRequest, it: Begun) -> HttpResponse:
    forms = {here: form_of(here, it.typed(here)) for here in TO_FILL_IN}
    wrong = _wrong(forms)
    if wrong:
        return redirect(f"report-{wrong}")
    try:
        expected = promise(_wish(forms), in_force(), clock.now())
    except Refusal as refused:
        return _not_so(request, it, forms, refused)
    context = {
        "here": "new",
        "step": "check",
        "progress": progress("check"),
        "draft": it.draft,
        "answers": list(_answers(it, forms)),
        "promise": expected,
        "unshown": unshown(it.draft) if it.draft else "",
        "token": it.token,
    }
    return render(request, "resident/report/check.html", context)


def _send(request: HttpRequest) -> HttpResponse:
    token = request.POST.get("token", "")
    it = by_token(token if tokens.is_token(token) else token_of(request) or tokens.new_token())
    if it.draft is None:
        return _sent_before(request, it)
    missing = missing_step(it.draft)
    forms = {here: form_of(here, it.typed(here)) for here in TO_FILL_IN}
    missing = missing or _wrong(forms)
    if missing:
        return redirect(f"report-{missing}")
    code = tokens.code_of(it.token)
    try:
        receipt = send_draft(it.key, _wish(forms), now=clock.now(), access_code=code)
    except Refusal as refused:
        return _not_so(request, it, forms, refused)
    return receipt_of(request, receipt, of=it.token)


def receipt_of(request: HttpRequest, receipt: Receipt, *, of: str = "") -> HttpResponse:
    """Lead to the receipt, with the access code in the browser's own cookie.

    `of` is the token of the draft that became this, "" where none did.
    """
    response = redirect("follow", reference=receipt.reference)
    if opened_by(receipt.reference, receipt.access_code) is None:
        return response  # sent before, and its code was replaced since: it has to be typed
    access.grant(request, receipt.reference)
    sending.hand_out(response, receipt.reference, receipt.access_code, again=receipt.existing)
    return forget(request, response, of) if of else response


def _sent_before(request: HttpRequest, it: Begun) -> HttpResponse:
    """Answer a form whose draft is gone: it was sent before, or given up."""
    code = tokens.code_of(it.token)
    if it.sent and opened_by(it.sent, code):
        return receipt_of(request, Receipt(it.sent, code, existing=True), of=it.token)
    if it.sent:  # the access code was replaced since
        return forget(request, redirect("look-up"), it.token)
    messages.warning(request, _("This draft is not there any more. Nothing was sent."))
    return forget(request, redirect("report"), it.token)


def _wrong(forms: dict[str, StepForm]) -> str:
    """Return the first step that cannot be sent as it is, because the choices changed since."""
    return next((here for here, form in forms.items() if not form.is_valid()), "")


def _not_so(
    request: HttpRequest, it: Begun, forms: dict[str, StepForm], refused: Refusal
) -> HttpResponse:
    """Say at its field what the rules refuse: nobody outside a unit complained about."""
    if refused.code is not Code.NOBODY_OUTSIDE:
        raise refused
    form = forms["what"]
    form.add_error("subject_unit", refusal(refused))
    return step_page(request, "what", it, form, UNFIT)


def _wish(forms: dict[str, StepForm]) -> Open:
    where, what, contact = (forms[here].cleaned_data for here in TO_FILL_IN)
    return Open(
        title=what["title"] or title_of(what["text"]),
        text=what["text"],
        channel="web",
        category=kind_of(what),
        area=where["area"],
        location=where["location"],
        contact=Contact(contact["name"], contact["phone"], contact["email"]),
        happening_now=bool(what["happening_now"]),
        can_follow=True,
        may_publish=bool(what["may_publish"]),
        subject_units=(what["subject_unit"],) if what["subject_unit"] else (),
    )


def _answers(it: Begun, forms: dict[str, StepForm]) -> Iterator[Answer]:
    for here, form in forms.items():
        address = reverse(f"report-{here}")
        for field, question, said in form.answers():
            yield Answer(question, *_said(form, field, said), f"{address}#id_{field}")
        if here == "what":
            names = "\n".join(file.name for file in list_files(it.key))
            yield Answer(_("Photos or documents"), names, "", f"{address}#id_files")


def _said(form: StepForm, field: str, said: str) -> tuple[str, str]:
    """Return what was said to a question, and a note on it: that a category was not chosen."""
    if field != "category" or form.cleaned_data["category"]:
        return said, ""
    code = kind_of(form.cleaned_data)
    if not code:
        return "", _("a dispatcher chooses")
    return name(form.policy.categories[code]), _("suggested from your words")

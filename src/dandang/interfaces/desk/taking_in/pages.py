"""The page for a new request: one dense form, a page to read it back, the receipt."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from dandang.interfaces.desk.access import Officer, OpenCase, for_officers, open_case
from dandang.interfaces.desk.taking_in import receipt, session_over
from dandang.interfaces.desk.taking_in.form import TAKEN_BY, TakingInForm, with_token
from dandang.interfaces.desk.taking_in.reading_back import read_back
from dandang.interfaces.desk.taking_in.similar import beside
from dandang.interfaces.shared import tokens
from dandang.lifecycle.casework.rules.behalf import LETTER
from dandang.lifecycle.casework.rules.permit import permit, taking_in
from dandang.lifecycle.intake.actions import Receipt, Sending, open_request
from dandang.lifecycle.perform import perform
from dandang.lifecycle.verbs import READY
from dandang.organization.queries import current_policy
from dandang.terms import Code, Refusal

CONFIRMED, UNCONFIRMED, EDIT = "confirmed", "unconfirmed", "edit"
"""What the officer says after reading back: they agree, it could not be asked, or it is wrong."""
SIMILAR = "similar"


@require_http_methods(["GET", "HEAD", "POST"])
def new_request(request: HttpRequest) -> HttpResponse:
    """Take a request in. What was typed is not lost when the session is over meanwhile."""
    if request.method == "POST" and not request.user.is_authenticated and "token" in request.POST:
        answer = session_over.sign_in_again(request)
        if answer is not None:
            return answer
    return _new_request(request)


@for_officers
def _new_request(request: HttpRequest, officer: Officer) -> HttpResponse:
    if not taking_in(officer.posts):
        raise Refusal(Code.NOT_PERMITTED)
    if request.method != "POST":
        return _form_page(request, officer, _blank(request, officer))
    if request.POST.get("step") in (SIMILAR, EDIT) and "join" not in request.POST:
        return _form_page(request, officer, _unchecked(request, officer))
    return _go_on(request, officer)


def _go_on(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Read it back, or take it in once it was; with what was wrong the form comes again."""
    form, step = _filled(request, officer), request.POST.get("step", "")
    if not form.is_valid():
        return _form_page(request, officer, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        if step in (CONFIRMED, UNCONFIRMED):
            return _take_in(request, officer, form, is_confirmed=step == CONFIRMED)
        return _read_back_page(request, officer, form)
    except Refusal as refused:
        if refused.code in (Code.NO_ORGANIZATION, Code.NO_POLICY):
            raise
        form.show(refused)
        return _form_page(request, officer, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _take_in(
    request: HttpRequest, officer: Officer, form: TakingInForm, *, is_confirmed: bool
) -> HttpResponse:
    given = form.cleaned_data
    is_confirmed = is_confirmed and given["channel"] != LETTER
    code = tokens.code_of(given["token"]) if form.gets_code else ""
    submission = tokens.submission_of(given["token"])
    joined = _joined(officer, form)
    if joined is None:
        done = open_request(
            form.opening(read_back=is_confirmed),
            by=officer.actor,
            now=officer.now,
            submission=submission,
            access_code=code,
        )
    else:
        done = _attach(officer, form, joined, Sending(submission, code), is_confirmed=is_confirmed)
    return receipt.page(request, officer, done, by_phone=given["channel"] == "phone")


def _attach(
    officer: Officer, form: TakingInForm, joined: OpenCase, sending: Sending, *, is_confirmed: bool
) -> Receipt:
    performed = perform(
        "attach",
        joined.view.case_reference,
        form.joining(read_back=is_confirmed),
        by=officer.actor,
        now=officer.now,
        sending=sending,
    )
    assert performed.receipt is not None
    return performed.receipt


def _read_back_page(request: HttpRequest, officer: Officer, form: TakingInForm) -> HttpResponse:
    joined = _joined(officer, form)
    context = {
        "here": "new",
        "form": form,
        "said": read_back(form, officer, joined),
        "beside": beside(form, officer) if joined is None else None,
    }
    return render(request, "desk/taking_in/read_back.html", context)


def _form_page(
    request: HttpRequest,
    officer: Officer,
    form: TakingInForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {"here": "new", "form": form, "beside": beside(form, officer), "joins": form.joins}
    return render(request, "desk/taking_in/form.html", context, status=status)


def _joined(officer: Officer, form: TakingInForm) -> OpenCase | None:
    """Return the case that the request joins. Refuses one that it cannot join, or not any more."""
    if not form.joins:
        return None
    joined = open_case(officer, form.joins)
    permit(joined.facts, READY["attach"])
    return joined


def _blank(request: HttpRequest, officer: Officer) -> TakingInForm:
    """Return the empty form; the address may say how the request comes in."""
    channel = request.GET.get("channel", "")
    initial = {"token": tokens.new_token(), "channel": channel if channel in TAKEN_BY else ""}
    return TakingInForm(initial=initial, directory=officer.directory, policy=current_policy())


def _filled(request: HttpRequest, officer: Officer) -> TakingInForm:
    """Return the form as it was sent; a button beside it says which case it joins."""
    typed = with_token(request.POST)
    if "join" in typed:
        typed = typed.copy()
        typed["into"] = request.POST.get("join", "")
    return TakingInForm(typed, directory=officer.directory, policy=current_policy())


def _unchecked(request: HttpRequest, officer: Officer) -> TakingInForm:
    """Return the form as it is being written; nothing of it is checked yet."""
    typed = with_token(request.POST).dict()
    typed["into"] = ""
    return TakingInForm(initial=typed, directory=officer.directory, policy=current_policy())

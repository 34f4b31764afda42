"""Getting in without the access code: a one-time code to the contact left, then another code.

What is said and done is the same whether or not a request exists or has a contact.
"""

from datetime import timedelta
from http import HTTPStatus

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dandang.interfaces.resident import access, sending
from dandang.interfaces.resident.twice import note_opening, opened_just_now
from dandang.interfaces.resident.way_in import LostForm, OneTimeCodeForm
from dandang.interfaces.shared import clock, tokens
from dandang.interfaces.shared.brake import Brake
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.contact.actions import replace_lost_code
from dandang.lifecycle.intake.queries import opened_by
from dandang.notifications.access import codes
from dandang.organization.directory import PostKind
from dandang.organization.queries import directory
from dandang.terms import Actor, check_reference, normalise_reference

ASKED_FOR_CODES = Brake("one-time-codes", most=10, window=timedelta(minutes=10))
_UNFIT = HTTPStatus.UNPROCESSABLE_ENTITY
_TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS


@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """Ask for the reference, and have a code sent; where none can be sent, say what to do."""
    form = LostForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST" and codes.can_be_sent():
        status = _UNFIT
        if ASKED_FOR_CODES.holds(request):
            form.add_error(None, _("That is too often. Please wait ten minutes, or call us."))
            status = _TOO_MANY
        elif form.is_valid():
            ASKED_FOR_CODES.count(request)
            reference = form.cleaned_data["reference"]
            codes.ask(reference, now=clock.now())
            return redirect("lost-code", reference=reference)
    return _page(request, "lost.html", status, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def lost_code(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the one-time code, and open the request with it."""
    if not check_reference(reference):
        return redirect("lost")
    reference = normalise_reference(reference)
    form = OneTimeCodeForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = _UNFIT
        if access.WRONG_CODES.holds(request):
            form.add_error(None, _("Too many wrong codes. Please wait a minute."))
            status = _TOO_MANY
        elif form.is_valid():
            if _is_right(request, reference, form.cleaned_data["code"]):
                access.grant(request, reference, proven=True)
                return redirect("new-code", reference=reference)
            access.WRONG_CODES.count(request)
            form.add_error("code", _("This code is not right, was used, or is too old."))
    return _page(request, "lost_code.html", status, form=form, reference=reference)


def _is_right(request: HttpRequest, reference: str, code: str) -> bool:
    """Say whether the code opens the request, this once or for a second press of the button."""
    with transaction.atomic():
        if codes.take(reference, code, now=clock.now()):
            note_opening(request, reference, code)
            return True
    return opened_just_now(request, reference, code)


@require_http_methods(["GET", "HEAD", "POST"])
def new_code(request: HttpRequest, reference: str) -> HttpResponse:
    """Offer another access code to whoever has just typed a one-time code, and give it out.

    The form carries the token of the code that it asks for: sent twice, it gives the same one.
    """
    reference = normalise_reference(reference)
    token = request.POST.get("token", "")
    code = tokens.code_of(token if tokens.is_token(token) else tokens.new_token())
    if request.method == "POST" and opened_by(reference, code):
        return _give(request, reference, code)
    if not access.granted(request, reference):
        return redirect("lost")
    if not access.proven(request, reference):
        messages.info(request, _("For a new access code, have a one-time code sent first."))
        return redirect("lost")
    if request.method != "POST":
        return _page(
            request, "new_code.html", HTTPStatus.OK, reference=reference, token=tokens.new_token()
        )
    by = Actor.requester(find(reference).request_number)
    replace_lost_code(reference, code, by=by, now=clock.now())
    return _give(request, reference, code)


def _give(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    access.grant(request, reference)
    response = redirect("receipt", reference=reference)
    sending.hand_out(response, reference, code, again=False)
    return response


def _page(
    request: HttpRequest, template: str, status: HTTPStatus, **context: object
) -> HttpResponse:
    context |= {"here": "follow", "can_be_sent": codes.can_be_sent(), "phones": hotlines()}
    return render(request, f"resident/{template}", context, status=status)


def hotlines() -> tuple[str, ...]:
    """Return the telephones of the posts that take requests in, each once."""
    phones = (post.phone for post in directory().posts_of_kind(PostKind.INTAKE))
    return tuple(dict.fromkeys(filter(None, phones)))

"""How the requester is reached: shown whole to its owner, corrected, erased."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dandang.interfaces.resident import access
from dandang.interfaces.resident.reporting.forms import ContactForm
from dandang.interfaces.shared import clock
from dandang.interfaces.shared.words.refusals import refusal
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.contact.queries import CONTACT, contacts_of
from dandang.lifecycle.perform import perform
from dandang.organization.queries import current_policy, directory
from dandang.terms import Actor, Code, Refusal, normalise_reference

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def contact(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the contact there is, to be corrected; to empty all of it is to erase it."""
    reference = normalise_reference(reference)
    if not access.granted(request, reference):
        return redirect("follow", reference=reference)
    found = contacts_of([reference]).get(reference, {})
    kept = {name: str(value) for name, value in found.items()}
    form = _form(request, kept)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            given = {name: form.cleaned_data[name] for name in CONTACT if form.cleaned_data[name]}
            done = _change(request, reference, kept, given)
            if done is not None:
                return done
    context = {"form": form, "reference": reference, "has_contact": bool(kept), "here": "follow"}
    return render(request, "resident/contact.html", context, status=status)


def _change(
    request: HttpRequest, reference: str, kept: dict[str, str], given: dict[str, str]
) -> HttpResponse:
    if not given and kept:
        return redirect("erase-contact", reference=reference)
    if given == kept:
        messages.info(request, _("Nothing was changed."))
    else:
        perform("change-contact", reference, given, by=_sender(reference), now=clock.now())
        messages.success(request, _("Your contact details were kept; messages go there now."))
    return redirect("follow", reference=reference)


@require_http_methods(_METHODS)
def erase_contact(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what it means to erase the contact, and do it."""
    reference = normalise_reference(reference)
    if not access.granted(request, reference):
        return redirect("follow", reference=reference)
    if request.method != "POST":
        context = {"reference": reference, "here": "follow"}
        return render(request, "resident/erase_contact.html", context)
    try:
        perform("erase-contact", reference, {}, by=_sender(reference), now=clock.now())
    except Refusal as refused:
        if refused.code is not Code.NOTHING_TO_ERASE:
            raise
        messages.info(request, refusal(refused))
    else:
        messages.success(request, _("Your contact details were erased."))
    return redirect("follow", reference=reference)


def _form(request: HttpRequest, kept: dict[str, str]) -> forms.Form:
    return ContactForm(
        request.POST if request.method == "POST" else None,
        initial=kept,
        directory=directory(),
        policy=current_policy(),
    )


def _sender(reference: str) -> Actor:
    return Actor.requester(find(reference).request_number)

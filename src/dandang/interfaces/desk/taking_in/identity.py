"""Checking who somebody is, at the counter or on the phone: then a new code, or another contact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods
from typing_extensions import override

from dandang.interfaces.desk.access import Officer, OpenCase, for_officers, open_case
from dandang.interfaces.desk.contact import sees_masked_contact
from dandang.interfaces.desk.taking_in import receipt
from dandang.interfaces.shared.contact_fields import EmailField, NameField, PhoneField
from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.times import moment
from dandang.ledger.queries import events_of_types
from dandang.lifecycle.casework.queries import requests_in
from dandang.lifecycle.casework.rules.permit import permit
from dandang.lifecycle.contact.masking import mask_name, masked
from dandang.lifecycle.contact.queries import contacts_of
from dandang.lifecycle.contact.unmasking import UNMASKED, unmasked_for
from dandang.lifecycle.perform import perform
from dandang.lifecycle.verbs import READY
from dandang.terms import ActorKind, Refusal

REPLACE, CHANGE = "replace-code", "change-contact"
CONTACT = ("name", "phone", "email")

_WORDS = 200
_NEEDED = gettext_lazy("Please choose one.")


class IdentityForm(forms.Form):
    """How it was checked who asks, and what is done then. `seen_seq` tells a double click."""

    how = forms.ChoiceField(
        label=gettext_lazy("How did you check who it is?"),
        choices=[
            ("document", gettext_lazy("an identity document was shown")),
            ("call_back", gettext_lazy("called back under the number that was left")),
            ("knowledge", gettext_lazy("knows what only the requester can know")),
            ("authority", gettext_lazy("has a written authority of the requester")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _NEEDED},
    )
    words = TextField(
        label=gettext_lazy("What did you look at or ask?"),
        help_text=gettext_lazy("A few words. No numbers of documents."),
        limit=_WORDS,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    act = forms.ChoiceField(
        label=gettext_lazy("What is to be done?"),
        choices=[
            (REPLACE, gettext_lazy("give out a new access code; the old one ends")),
            (CHANGE, gettext_lazy("correct how the requester is reached")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _NEEDED},
    )
    name = NameField(pgettext_lazy("person", "Name"))
    phone = PhoneField()
    email = EmailField()
    seen_seq = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for some way to reach the requester where the contact is corrected."""
        given = super().clean() or self.cleaned_data
        said = any(given.get(field) for field in CONTACT)
        if given.get("act") == CHANGE and not said and not set(CONTACT) & self.errors.keys():
            self.add_error("phone", _("Give at least one: a name, a phone number, an e-mail."))
        return given

    @property
    def checked(self) -> str:
        """How it was checked, as one line of the record."""
        options = dict(self.fields["how"].choices)  # type: ignore[attr-defined]  # a choice field
        how, words = str(options[self.cleaned_data["how"]]), self.cleaned_data["words"]
        return _("%(label)s: %(text)s") % {"label": how, "text": words} if words else how


@dataclass(frozen=True, slots=True)
class Sender:
    """One request of the case: its number, its reference, and who sent it ("" where not known)."""

    number: int
    reference: str
    name: str
    is_this: bool


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def check_identity(request: HttpRequest, officer: Officer, reference: str) -> HttpResponse:
    """Show what is known of the sender of this request, or record the check and act on it.

    Refuses `not_found`, and what the verb `replace-code` refuses an officer.
    """
    opened = open_case(officer, reference)
    permit(opened.facts, READY[REPLACE])
    if "show" in request.POST:
        return _show(request, officer, opened)
    if request.method != "POST":
        initial = {**_known(opened), "act": request.GET.get("act", "")}
        return _page(request, opened, IdentityForm(initial=initial))
    form = IdentityForm(request.POST)
    if not form.is_valid():
        return _page(request, opened, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if _was_replaced(opened, officer, form):
        words = _(
            "A new access code was given out a moment ago, and was shown once. Send this again "
            "only if it was not noted down: the one before then ends."
        )
        return _page(request, opened, _up_to_date(request, opened), HTTPStatus.CONFLICT, words)
    try:
        return _act(request, officer, opened, form)
    except Refusal as refused:
        return _page(request, opened, form, HTTPStatus.UNPROCESSABLE_ENTITY, refusal(refused))


def _show(request: HttpRequest, officer: Officer, opened: OpenCase) -> HttpResponse:
    """Record that the officer looks at the contact to check who it is."""
    said = {"purpose": "to_check_identity", "request": opened.view.request_number}
    try:
        perform("unmask", opened.view.reference, said, by=officer.actor, now=officer.now)
    except Refusal as refused:
        form = IdentityForm(initial=_known(opened))
        return _page(request, opened, form, HTTPStatus.FORBIDDEN, refusal(refused))
    address = reverse("desk:identity", args=[opened.view.reference])
    kept = urlencode({"act": request.GET.get("act", "")})
    return redirect(f"{address}?{kept}" if request.GET.get("act") else address)


def _act(
    request: HttpRequest, officer: Officer, opened: OpenCase, form: IdentityForm
) -> HttpResponse:
    given = form.cleaned_data
    said: dict[str, object] = {"checked": form.checked, "request": opened.view.request_number}
    if given["act"] == CHANGE:
        said |= {field: given[field] for field in CONTACT}
    done = perform(given["act"], opened.view.reference, said, by=officer.actor, now=officer.now)
    if done.receipt is not None:
        return receipt.page(request, officer, done.receipt, replaces=True)
    messages.success(request, _("The contact was corrected. Messages go there from now on."))
    return redirect("desk:case", reference=opened.view.case_reference)


def _was_replaced(opened: OpenCase, officer: Officer, form: IdentityForm) -> bool:
    """Say whether this very form gave out a code before: a double click, a page loaded again."""
    if form.cleaned_data["act"] != REPLACE:
        return False
    return any(
        event.seq > form.cleaned_data["seen_seq"]
        and event.fields.get("request") == opened.view.request_number
        and event.actor.kind is ActorKind.OFFICER
        and event.actor.code == officer.code
        for event in events_of_types([opened.view.stream], ["access_code_replaced"])
    )


def _known(opened: OpenCase) -> dict[str, object]:
    """Return the contact as it is now, where this officer unmasked it."""
    known: dict[str, object] = {"seen_seq": opened.view.state.seq}
    if opened.view.request_number in _unmasked(opened):
        found = contacts_of([opened.view.reference]).get(opened.view.reference, {})
        known |= {field: found.get(field, "") for field in CONTACT}
    return known


def _unmasked(opened: OpenCase) -> Mapping[int, datetime]:
    events = events_of_types([opened.view.stream], [UNMASKED])
    return unmasked_for(events, opened.facts.by.code, opened.facts.now)


def _contact(opened: OpenCase) -> list[str]:
    """Return the contact as it is shown: masked, in full where the officer unmasked it."""
    found = contacts_of([opened.view.reference]).get(opened.view.reference, {})
    values: Mapping[str, object] = found
    if opened.view.request_number not in _unmasked(opened):
        values = masked(found) if sees_masked_contact(opened) else {}
    return [str(values[field]) for field in CONTACT if values.get(field)]


def _up_to_date(request: HttpRequest, opened: OpenCase) -> IdentityForm:
    typed = request.POST.copy()
    typed["seen_seq"] = str(opened.view.state.seq)
    form = IdentityForm(typed)
    form.is_valid()
    return form


def _page(
    request: HttpRequest,
    opened: OpenCase,
    form: IdentityForm,
    status: HTTPStatus = HTTPStatus.OK,
    refused: str = "",
) -> HttpResponse:
    until = _unmasked(opened).get(opened.view.request_number)
    context = {
        "here": "case",
        "form": form,
        "refused": refused,
        "reference": opened.view.reference,
        "case": opened.view.case_reference,
        "number": opened.view.request_number,
        "contact": _contact(opened),
        "is_hidden": until is None and not sees_masked_contact(opened),
        "shown_until": moment(until, opened.facts.now) if until else "",
        "senders": _senders(opened),
    }
    return render(request, "desk/taking_in/identity.html", context, status=status)


def _senders(opened: OpenCase) -> list[Sender]:
    """Return the first requests of the case, where there are several, with the names left."""
    references = requests_in(opened.view.stream)
    if len(references) == 1:
        return []
    names = contacts_of(references.values()) if sees_masked_contact(opened) else {}
    return [
        Sender(
            number=number,
            reference=reference,
            name=mask_name(str(names.get(reference, {}).get("name") or "")),
            is_this=number == opened.view.request_number,
        )
        for number, reference in references.items()
    ]

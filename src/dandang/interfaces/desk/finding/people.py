"""The page that finds the requests of one person, for those whose work is to meet requesters.

What is typed stands in no address: the form is sent, and the same answer shows what was found. That
somebody searched, and why, is an entry of the ledger before anything is shown.
"""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dandang.finding.people import cases_of, mark_of
from dandang.finding.rules.people import Way, may_search_people, way_of
from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.finding.lines import Shown, lines_of
from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.words.fields import CHOICES
from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.verbs.contact import EARLIER_PURPOSES
from dandang.notifications.access import attempts
from dandang.organization.actions.people import note_search
from dandang.organization.queries import current_policy
from dandang.terms import Code, Refusal

MOST = 30
WINDOW = timedelta(hours=1)
_KIND = "person search"
_IN_WORDS = "other"
_LONGEST = 100


class PersonForm(forms.Form):
    """A way to reach somebody, and why it is looked for."""

    way = TextField(
        limit=_LONGEST,
        label=_("Phone number or e-mail address"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    purpose = forms.ChoiceField(label=_("Why you search"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        purpose = self.fields["purpose"]
        assert isinstance(purpose, forms.ChoiceField)
        words = CHOICES["purpose"]
        purpose.choices = [
            ("", "---"),
            *((one, words[one]) for one in EARLIER_PURPOSES if one != _IN_WORDS),
        ]

    def clean_way(self) -> Way:
        """Return the way that was typed."""
        way = way_of(str(self.cleaned_data["way"]))
        if way is None:
            raise forms.ValidationError(
                _("Please give a whole phone number or a whole e-mail address.")
            )
        return way


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def find_person(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Find the requests of one person. Refuses `not_found` where that is not the officer's work."""
    if not may_search_people(officer.posts):
        raise Refusal(Code.NOT_FOUND)
    if request.method != "POST":
        return _page(request, PersonForm())
    if attempts.tries(_KIND, officer.code) >= MOST:
        context = {"is_too_often": True, "most": MOST}
        return _page(request, PersonForm(), context, HTTPStatus.TOO_MANY_REQUESTS)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _page(request, form, {}, HTTPStatus.UNPROCESSABLE_ENTITY)
    attempts.count(_KIND, officer.code, window=WINDOW)
    way: Way = form.cleaned_data["way"]
    kind = "phone" if way.phone else "email"
    note_search(kind, form.cleaned_data["purpose"], mark_of(way), by=officer.actor, now=officer.now)
    found = cases_of(way, by=officer.actor, now=officer.now)
    names = Names(officer.directory, current_policy())
    lines = lines_of(found, officer, names, Shown((), internal=False))
    return _page(request, PersonForm(), {"is_answered": True, "lines": lines})


def _page(
    request: HttpRequest,
    form: PersonForm,
    found: Mapping[str, object] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {"here": "search", "form": form, **(found or {})}
    return render(request, "finding/person.html", context, status=status)

"""The page that finds the requests of one person, for those whose work is to meet requesters.

What is typed stands in no address: the form is sent, and the same answer shows what was found. That
somebody searched, and why, is an entry of the ledger before anything is shown. Further pages are of
the same search: a sealed keyed digest leads to them, not what was typed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dandang.finding.people import Trace, cases_of, trace_of
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
_SALT = "dandang.person-search"
_GOES_ON = timedelta(minutes=30)


class PersonForm(forms.Form):
    """By what somebody is looked for, and why."""

    way = TextField(
        limit=_LONGEST,
        label=_("Phone number, e-mail address or name"),
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
                _("Please give a whole phone number, a whole e-mail address or a whole name.")
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
    if "more" in request.POST:
        return _further(request, officer)
    if attempts.tries(_KIND, officer.code) >= MOST:
        context = {"is_too_often": True, "most": MOST}
        return _page(request, PersonForm(), context, HTTPStatus.TOO_MANY_REQUESTS)
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _page(request, form, {}, HTTPStatus.UNPROCESSABLE_ENTITY)
    attempts.count(_KIND, officer.code, window=WINDOW)
    trace = trace_of(form.cleaned_data["way"])
    purpose = form.cleaned_data["purpose"]
    note_search(trace.kind, purpose, trace.mark, by=officer.actor, now=officer.now)
    return _page(request, PersonForm(), _found(trace, officer, None))


def _further(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the next page of a search that is in the ledger already; only to who searched."""
    try:
        sealed = signing.loads(request.POST["more"], salt=_SALT, max_age=_GOES_ON)
    except signing.BadSignature:
        return _page(request, PersonForm(), {"is_over": True})
    kind, mark, by, after = sealed
    if by != officer.code:
        return _page(request, PersonForm(), {"is_over": True})
    found = _found(Trace(kind, bytes.fromhex(mark)), officer, after)
    return _page(request, PersonForm(), {"is_further": True, **found})


def _found(trace: Trace, officer: Officer, after: int | None) -> dict[str, object]:
    people = cases_of(trace, by=officer.actor, now=officer.now, after=after)
    names = Names(officer.directory, current_policy())
    shown = lines_of([one.case for one in people.met], officer, names, Shown((), internal=False))
    lines = [
        replace(line, contacts=one.contacts) for line, one in zip(shown, people.met, strict=True)
    ]
    sealed = (trace.kind, trace.mark.hex(), officer.code, people.older)
    return {
        "is_answered": True,
        "is_by_name": trace.kind == "name",
        "lines": lines,
        "more": signing.dumps(sealed, salt=_SALT) if people.older is not None else "",
    }


def _page(
    request: HttpRequest,
    form: PersonForm,
    found: Mapping[str, object] | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {"here": "search", "form": form, **(found or {})}
    return render(request, "finding/person.html", context, status=status)

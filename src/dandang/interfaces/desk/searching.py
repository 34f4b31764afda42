"""The page that searches the file of precedents."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.precedents import lines_of
from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.words.fields import field
from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.casework.precedent_search import PAGE, Place, Sought, precedents
from dandang.lifecycle.casework.rules.permit import reads_cases
from dandang.organization.directory import Directory
from dandang.organization.queries import current_policy
from dandang.policy import Policy, ReasonVerb
from dandang.terms import Code, Refusal

_VERBS = (ReasonVerb.HAND_OVER, ReasonVerb.RETURN, ReasonVerb.DISPUTE)
_INDENT = "\u3000"
_MOST_CHARACTERS = 100
_KEY = re.compile(r"(\d{1,17})-(\d{1,18})", re.ASCII)
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Choices = list[tuple[str, str]]
Parents = Mapping[str, str | None]


class SearchForm(forms.Form):
    """What decisions can be searched by; everything may be left open."""

    category = forms.ChoiceField(required=False)
    area = forms.ChoiceField(required=False)
    reason = forms.ChoiceField(required=False)
    unit = forms.ChoiceField(required=False, label=gettext_lazy("Unit concerned"))
    text = TextField(
        required=False,
        limit=_MOST_CHARACTERS,
        label=gettext_lazy("Words of the basis"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, typed: QueryDict, directory: Directory, policy: Policy) -> None:
        super().__init__(typed)
        names = Names(directory, policy)
        reasons = [one for one in policy.reasons.values() if one.verbs & {*_VERBS}]
        self._offer("category", tree(parents(policy.categories), names.category))
        self._offer("area", tree(parents(directory.areas), names.area))
        self._offer("reason", [(one.code, names.reason(one.code)) for one in reasons])
        self._offer("unit", tree(parents(directory.units), names.unit))
        for name in ("category", "area", "reason"):
            self.fields[name].label = field(name)

    def sought(self) -> Sought:
        """Return what to search for; what cannot be searched for is left open."""
        self.is_valid()
        return Sought(**self.cleaned_data)

    def chosen(self) -> list[str]:
        """Return what is searched for in words, field by field."""
        return [
            _("%(label)s: %(text)s") % {"label": one.label, "text": self._words(one)}
            for one in self
            if self.cleaned_data.get(one.name)
        ]

    def _offer(self, name: str, choices: Choices) -> None:
        found = self.fields[name]
        assert isinstance(found, forms.ChoiceField)
        found.choices = [("", _("All")), *choices]

    def _words(self, one: forms.BoundField) -> str:
        value = str(self.cleaned_data[one.name])
        choices = dict(getattr(one.field, "choices", ()))
        return str(choices.get(value, value)).strip(_INDENT)


@dataclass(frozen=True, slots=True)
class Pages:
    """Where the page leads on: query strings, None where there is nothing."""

    newest: str | None
    older: str | None


@require_safe
@for_officers
def search_precedents(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the decisions that were searched for, the newest first, page by page.

    Refuses `not_permitted` to officers whose posts read no case.
    """
    if officer.posts and not reads_cases(officer.posts):
        raise Refusal(Code.NOT_PERMITTED)
    policy = current_policy()
    form = SearchForm(request.GET, officer.directory, policy)
    sought = form.sought()
    after = _place(request.GET.get("after", ""))
    found = precedents(sought, officer.directory, policy, limit=PAGE + 1, after=after)
    shown = found[:PAGE]
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    context = {
        "here": "precedents",
        "form": form,
        "chosen": form.chosen(),
        "lines": lines_of(shown, officer, Names(officer.directory, policy)),
        "pages": Pages(
            newest=urlencode(asked) if after else None,
            older=urlencode({**asked, "after": _key(shown[-1].place)})
            if len(found) > PAGE
            else None,
        ),
    }
    return render(request, "desk/precedents.html", context)


def _key(place: Place) -> str:
    """Return a place in the file as it stands in an address: microseconds and event id."""
    return f"{(place.decided_at - _BEGINNING) // _MICROSECOND}-{place.event_id}"


def _place(key: str) -> Place | None:
    """Return the place of a key; None, which is the beginning, for anything else."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    return Place(_BEGINNING + int(found[1]) * _MICROSECOND, int(found[2]))


def parents(entries: Mapping[str, Any]) -> Parents:
    return {code: entry.parent for code, entry in entries.items()}


def tree(parents: Parents, words: Callable[[str], str]) -> Choices:
    """Return every code with its words, indented under the one above it."""
    below: dict[str | None, list[str]] = {}
    for code, parent in parents.items():
        below.setdefault(parent, []).append(code)

    def under(code: str | None, depth: int) -> Choices:
        found: Choices = []
        for one in below.get(code, ()):
            found += [(one, _INDENT * depth + words(one)), *under(one, depth + 1)]
        return found

    return under(None, 0)

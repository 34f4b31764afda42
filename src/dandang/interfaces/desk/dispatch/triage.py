"""One new request on one screen: what was said, who should hold it and why, and the acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from typing_extensions import override

from dandang.interfaces.desk import choices
from dandang.interfaces.desk.access import Officer, OpenCase, for_officers, open_case
from dandang.interfaces.desk.acts import Offers, offers
from dandang.interfaces.desk.dispatch.access import NEW, need, places, tabs
from dandang.interfaces.desk.dispatch.flow import key, to_next
from dandang.interfaces.desk.dispatch.rows import Row, rows_of
from dandang.interfaces.desk.dispatch.suggesting import Weighed, weigh
from dandang.interfaces.desk.kept_typing import keeps_typed, typed_before
from dandang.interfaces.desk.overviews.reach import oversees
from dandang.interfaces.desk.precedents import PrecedentLine
from dandang.interfaces.desk.precedents import lines_of as precedent_lines
from dandang.interfaces.desk.timeline import Line, lines_of
from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.refusals import refusal_words
from dandang.lifecycle.casework.precedent_search import Sought, precedents
from dandang.lifecycle.casework.queries import history
from dandang.lifecycle.casework.received import received_one
from dandang.lifecycle.casework.rules.permit import permit
from dandang.lifecycle.perform import perform
from dandang.lifecycle.verbs import VERBS
from dandang.organization.queries import current_policy
from dandang.terms import Code, Refusal

OTHER = "other"
_ASSIGN = VERBS["assign"]
_AT_FIELD = {
    Code.UNKNOWN_CATEGORY: "category",
    **dict.fromkeys(
        (
            *(Code.UNKNOWN_POST, Code.ALREADY_HELD_THERE, Code.ASSIST_ONLY_DUTY),
            *(Code.DUTY_WITHDRAWN, Code.SUBJECT_OF_COMPLAINT, Code.NOBODY_WITHOUT_CONFLICT),
            Code.POST_WITHOUT_CASES,
        ),
        "to_post",
    ),
}
_LINKS = ("merge", "decline", "contacted", "note", "change-category", "name-subject")
_DECISIONS = 3


class AssignForm(forms.Form):
    """To which post, as what, and why. A clear suggestion is chosen already; no other one is."""

    seen_seq = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    to_post = forms.ChoiceField(
        label=gettext_lazy("Assign to"), widget=forms.RadioSelect, required=False
    )
    other_post = forms.ChoiceField(
        label=gettext_lazy("Another post"),
        required=False,
        widget=forms.Select(
            attrs={"data-key": "p", "data-key-words": gettext_lazy("Another post")}
        ),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Category"),
        required=False,
        widget=forms.Select(attrs={"data-key": "c", "data-key-words": gettext_lazy("Category")}),
    )
    text = TextField(
        label=gettext_lazy("Note to the unit"),
        lines=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
    )

    def __init__(self, found: Weighed, typed: Mapping[str, object] | None = None) -> None:
        suggested, facts = found.suggested, found.facts
        initial = {
            "seen_seq": facts.case.seq,
            "category": suggested.category or facts.case.category or "",
            "to_post": suggested.post if suggested.is_clear else "",
        }
        super().__init__(typed, initial=initial)
        named = [(suggested.post, suggested.post_words)] if suggested.post else []
        named += [(one.post, one.words) for one in suggested.others]
        self._offer("to_post", [*named, (OTHER, _("Another post, chosen below"))])
        posts = choices.posts(_ASSIGN, facts).choices
        self._offer("other_post", [("", "---------"), *posts])
        self._offer("category", [("", _("No category")), *choices.categories(facts)])

    @override
    def clean(self) -> dict[str, object]:
        """Take the other post where that was chosen."""
        given = super().clean() or self.cleaned_data
        post, other = given.get("to_post", ""), given.get("other_post", "")
        if post in ("", OTHER):
            given["to_post"] = other
        if not given.get("to_post") and "to_post" not in self.errors:
            self.add_error("to_post", _("Please choose a post."))
        return given

    def values(self, facts_category: str) -> dict[str, object]:
        """Return what was chosen, for `perform`; a category that stays as it is, is left out."""
        names = ("to_post", "category", "text")
        given = {name: self.cleaned_data[name] for name in names if self.cleaned_data.get(name)}
        if given.get("category") == facts_category:
            del given["category"]
        return given

    def show(self, refused: Refusal) -> None:
        """Put a refusal at its field, or above the form."""
        words = refusal_words(refused.code, dict(refused.details))
        self.add_error(_AT_FIELD.get(refused.code), words)

    def _offer(self, name: str, options: list[tuple[str, object]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = options


@dataclass(frozen=True, slots=True)
class _Screen:
    """The request on the screen, as the officer may see it."""

    request: HttpRequest
    officer: Officer
    opened: OpenCase
    found: Weighed

    def page(self, form: AssignForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        policy = current_policy()
        (row,) = rows_of([self.found], self.officer, policy)
        context = {
            "here": "dispatch",
            "tabs": tabs(self.officer, NEW),
            "row": row,
            "form": form,
            "links": _links(offers(self.opened.facts)),
            "decisions": self._decisions(row),
            "returned": self._returned(),
            "after": key(self.found.one.place),
        }
        return render(self.request, "dispatch/request.html", context, status=status)

    def _returned(self) -> Line | None:
        """Return the entry that says why a unit gave the request back last, if one did."""
        if not self.opened.facts.case.returns:
            return None
        lines = lines_of(self.opened, history(self.opened.view.stream))
        return next((line for line in lines if line.type == "returned"), None)

    def _decisions(self, row: Row) -> list[PrecedentLine]:
        if not row.suggested.decisions:
            return []
        policy = current_policy()
        case = self.opened.facts.case
        sought = Sought(category=row.suggested.category, area=case.area or "")
        directory = self.officer.directory
        found = precedents(sought, directory, policy, limit=_DECISIONS)
        return precedent_lines(found, self.officer, Names(directory, policy))


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@for_officers
def triage(request: HttpRequest, officer: Officer, reference: str) -> HttpResponse:
    """Show a new request, or assign it and lead on to the next one.

    What was placed meanwhile is shown where it is now. Refuses `not_found`, and the codes of
    `permit` for whoever may not assign it.
    """
    opened = open_case(officer, reference, follow=False)
    one = received_one(opened.view.case_reference, officer.kept_out)
    if one is None:
        need(places(officer) or oversees(officer))
        return _gone(request, opened)
    permit(opened.facts, _ASSIGN)
    (found,) = weigh([one], officer)
    screen = _Screen(request, officer, opened, found)
    if request.method != "POST":
        form = AssignForm(found)
        form.initial.update(typed_before(request).dict())
        return screen.page(form)
    form = AssignForm(found, request.POST)
    if not form.is_valid():
        return screen.page(form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _assign(screen, form)


def _assign(screen: _Screen, form: AssignForm) -> HttpResponse:
    one, officer = screen.found.one, screen.officer
    category = screen.found.facts.case.category or ""
    try:
        performed = perform(
            "assign",
            one.reference,
            form.values(category),
            by=officer.actor,
            now=officer.now,
            seen_seq=form.cleaned_data["seen_seq"],
        )
    except Refusal as refused:
        form.show(refused)
        return screen.page(form, HTTPStatus.CONFLICT)
    names = Names(officer.directory, current_policy())
    words = {"reference": one.reference, "post": names.post_with_unit(performed.done.holder)}
    messages.success(screen.request, _("%(reference)s assigned to %(post)s.") % words)
    if screen.request.POST.get("then") == "list":
        return redirect("dispatch:new")
    return to_next(screen.request, officer, one.place)


def _gone(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    case = opened.facts.case
    names = Names(opened.facts.directory, opened.facts.policy)
    words = {"reference": opened.view.case_reference, "post": names.post_with_unit(case.holder)}
    messages.info(
        request, _("%(reference)s does not wait for its dispatch: %(post)s holds it.") % words
    )
    return redirect("desk:case", reference=opened.view.case_reference)


def _links(found: Offers) -> list[tuple[str, str]]:
    """Return the other acts that are possible, verb and words, in the order of likelihood."""
    words = {one.verb: one.words for one in found.open}
    return [(verb, words[verb]) for verb in _LINKS if verb in words]

"""The page on which a decision or a finding is set: what is to be done, by whom, until when."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.shared import choices, tokens
from dandang.interfaces.shared.contact_fields import LINE
from dandang.interfaces.shared.forms import InstantField, TextField
from dandang.interfaces.shared.words.cases import KINDS
from dandang.interfaces.shared.words.names import Names, name
from dandang.interfaces.shared.words.refusals import refusal_words
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import SET_KINDS, Open, sets_with
from dandang.organization.directory import Directory, Post
from dandang.organization.queries import current_policy
from dandang.policy import Policy
from dandang.terms import Code, Refusal

_TITLE = 100
_NEEDED = gettext_lazy("Please choose one.")
_OWN_NAMES = {"class": "case_class"}


class OpeningForm(forms.Form):
    """What an officer sets: the kind of it, the brief, who carries it out, until when."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[(kind, KINDS[kind]) for kind in SET_KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": _NEEDED},
    )
    title = TextField(label=gettext_lazy("Title"), limit=_TITLE)
    text = TextField(
        label=gettext_lazy("What is to be done"),
        help_text=gettext_lazy("What is to be seen when it is done, and what it rests on."),
        lines=True,
    )
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    location = TextField(label=gettext_lazy("Address or place"), limit=LINE, required=False)
    to_post = forms.ChoiceField(
        label=gettext_lazy("Who carries it out"),
        help_text=gettext_lazy("Left open, the register of duties decides by category and area."),
        required=False,
    )
    case_class = forms.ChoiceField(
        label=gettext_lazy("Class"),
        help_text=gettext_lazy("Left open, it is that of the category."),
        required=False,
    )
    due_by = InstantField(
        label=gettext_lazy("To be done by"),
        help_text=gettext_lazy("Left open, the class says how long it may take."),
        required=False,
    )

    def __init__(
        self, typed: QueryDict | None, setter: Post, directory: Directory, policy: Policy
    ) -> None:
        super().__init__(typed, initial={"token": tokens.new_token()})
        names = Names(directory, policy)
        blank = [("", "--")]
        classes = [(one.code, name(one)) for one in policy.classes.values()]
        self._offer("category", [*blank, *choices.categories(policy)])
        self._offer("area", [*blank, *choices.areas(directory)])
        self._offer("to_post", [*blank, *_posts(directory, setter, names)])
        self._offer("case_class", [*blank, *classes])

    def wish(self) -> Open:
        """Return what is to be opened."""
        given = self.cleaned_data
        return Open(
            title=given["title"],
            text=given["text"],
            channel="counter",
            category=given["category"],
            area=given["area"],
            location=given["location"],
            kind=given["kind"],
            case_class=given["case_class"],
            due_by=given["due_by"],
            to_post=given["to_post"],
        )

    def show(self, refused: Refusal) -> None:
        """Put a refusal at its field, or above the form."""
        details = dict(refused.details)
        named = str(details.pop("field", ""))
        named = _OWN_NAMES.get(named, named)
        if refused.code is Code.UNKNOWN_POST:
            named = "to_post"
        found = named if named in self.fields else None
        self.add_error(found, refusal_words(refused.code, details))

    def _offer(self, field: str, options: Any) -> None:  # noqa: ANN401 choices as Django takes them
        found = self.fields[field]
        assert isinstance(found, forms.ChoiceField)
        found.choices = options


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def open_set(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Set a decision or a finding. Refuses `not_permitted` to who has no post that sets any."""
    setter = sets_with(officer.posts)
    if setter is None:
        raise Refusal(Code.NOT_PERMITTED)
    typed = request.POST if request.method == "POST" else None
    form = OpeningForm(typed, setter, officer.directory, current_policy())
    if typed is None:
        return _page(request, officer, form, setter)
    if not form.is_valid():
        return _page(request, officer, form, setter, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        token = form.cleaned_data["token"]
        submission = tokens.submission_of(token) if tokens.is_token(token) else None
        done = open_request(form.wish(), by=officer.actor, now=officer.now, submission=submission)
    except Refusal as refused:
        if refused.code in (Code.NO_ORGANIZATION, Code.NO_POLICY, Code.NOT_PERMITTED):
            raise
        form.show(refused)
        return _page(request, officer, form, setter, HTTPStatus.UNPROCESSABLE_ENTITY)
    if done.existing:
        messages.info(request, _("This was recorded already; it was not done twice."))
    else:
        messages.success(request, _("It is set. Your post judges the result."))
    return redirect("desk:case", reference=done.reference)


def _page(
    request: HttpRequest,
    officer: Officer,
    form: OpeningForm,
    setter: Post,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    names = Names(officer.directory, current_policy())
    context = {"here": "open", "form": form, "setter": names.post_with_unit(setter.code)}
    return render(request, "desk/opening.html", context, status=status)


def _posts(
    directory: Directory, setter: Post, names: Names
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the posts that can carry it out, by unit: not of the unit that judges the result."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for post in directory.posts.values():
        is_own = directory.in_subtree(setter.unit, post.unit)
        if post.ended is None and post.works_on_cases and not is_own:
            label = names.post_with_unit(post.code)
            groups.setdefault(names.unit(post.unit), []).append((post.code, label))
    return list(groups.items())

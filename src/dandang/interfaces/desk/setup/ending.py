"""Ending an entry: what hangs on it, who follows, where its open cases stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.setup.access import for_administrators
from dandang.interfaces.desk.setup.acting import do, planned
from dandang.interfaces.desk.setup.choices import MOST, choices_of
from dandang.interfaces.desk.setup.consequences import consequences
from dandang.interfaces.desk.setup.entries import has_begun
from dandang.interfaces.desk.setup.looking_up import LookingUp
from dandang.interfaces.desk.setup.tables import table_of, title_of
from dandang.interfaces.desk.setup.words import END, TITLES, problem_line
from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.casework.held import open_by_holder
from dandang.organization.edits import Edit
from dandang.organization.ending import Leaving, end_edits, leave_edits
from dandang.organization.entries import Organization
from dandang.organization.hanging import Hanging, hanging
from dandang.organization.lists import ListedEntry, find_entry
from dandang.organization.queries import current_policy
from dandang.organization.registered import registered
from dandang.terms import Code, InputError, Problem, Refusal

_LONGEST_CODE = 64
_SHOWN = 20


class LeavingForm(LookingUp):
    """How an officer leaves a post, and who follows."""

    def __init__(
        self,
        typed: Any,  # noqa: ANN401 a query dict
        leaver: str,
        officer: Officer,
        names: Names,
    ) -> None:
        super().__init__(typed, auto_id="leave-%s")
        self._leaver = leaver
        self._today = officer.directory.local_day(officer.now)
        day = {"type": "date", "class": "instant", "min": self._today.isoformat()}
        people = choices_of("appointments", "officer", officer.directory, names)
        if people is not None:
            people = [one for one in people if one[0] != leaver]
        self.fields["last_day"] = forms.DateField(
            label=_("Last day"),
            required=False,
            widget=forms.DateInput(day),
            help_text=_("Empty means at once: access ends with the very next click."),
        )
        self.fields["successor"] = _person(_("Successor"), people)
        self.fields["substitute"] = _person(_("Or who stands in until there is one"), people)
        self.fields["until"] = forms.DateField(
            label=_("Stands in until"), required=False, widget=forms.DateInput(day)
        )
        if people is None:
            self.long_lists = {"successor": "officers", "substitute": "officers"}

    def clean_last_day(self) -> date | None:
        """Check that nobody is sent away in the past."""
        day: date | None = self.cleaned_data["last_day"]
        if day is not None and day < self._today:
            raise forms.ValidationError(_("This day is over already."), code="in_the_past")
        return day

    def clean_successor(self) -> str:
        """Check that nobody follows themselves."""
        return self._other("successor")

    def clean_substitute(self) -> str:
        """Check that nobody stands in for themselves."""
        return self._other("substitute")

    def _other(self, field: str) -> str:
        code = str(self.cleaned_data[field])
        if code == self._leaver:
            raise forms.ValidationError(_("This officer is the one who leaves."), code="leaves")
        return code

    @property
    def leaving(self) -> Leaving:
        """What was typed."""
        data = self.cleaned_data
        return Leaving(
            last_day=data.get("last_day"),
            successor=data.get("successor", ""),
            substitute=data.get("substitute", ""),
            until=data.get("until"),
        )

    def tell(self, problems: Sequence[Problem]) -> None:
        """Show problems above the form, those of the day a substitute needs at its field."""
        for found in problems:
            if found.params.get("table") == "substitutes" and found.params.get("key") == "ends":
                self.add_error("until", problem_line(found))
            else:
                self.add_error(None, problem_line(found))


class EndingForm(forms.Form):
    """Ending an entry whose duties can go to another post."""

    def __init__(self, typed: Any, posts: list[tuple[str, str]]) -> None:  # noqa: ANN401 a query dict
        super().__init__(typed, auto_id="end-%s")
        if posts:
            self.fields["duties_to"] = forms.ChoiceField(
                label=_("Its duties go to"),
                choices=[("", _("nobody: they end, too")), *posts],
                required=False,
            )

    @property
    def duties_to(self) -> str:
        """The post that takes the duties over, "" where they end."""
        return str(self.cleaned_data.get("duties_to", ""))

    def tell(self, problems: Sequence[Problem]) -> None:
        """Show problems above the form."""
        for found in problems:
            self.add_error(None, problem_line(found))


@dataclass(frozen=True, slots=True)
class Hung:
    """Something that names an entry: what it is called, and whether it would end with it."""

    table: str
    title: str
    ends: bool


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def end_entry(request: HttpRequest, officer: Officer, table: str, item: str) -> HttpResponse:
    """Show what would end with an entry and what would come of it; end it."""
    table_of(table)
    listed = find_entry(table, item)
    if listed.ended is not None:
        raise Refusal(Code.NOT_FOUND, table=table)
    names = Names(officer.directory, current_policy())
    form, register = _form(request, table, listed, officer, names), registered()
    hung = hanging(register, table, listed.code)
    context = {**_context(table, item, listed, officer, names), **_hung(hung, officer, names)}
    context["form"] = form
    if isinstance(form, LeavingForm) and form.look_up(request, officer.directory, names):
        return render(request, "setup/end.html", context)
    valid = request.method != "POST" or form.is_valid()
    if not valid:
        return render(request, "setup/end.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        edits = _edits(table, listed, form, officer, register)
        if request.method == "POST" and "preview" not in request.POST:
            do(request, edits, officer)
            return redirect("setup:table", table=table)
        context["ahead"] = consequences(planned(edits, officer), current_policy(), officer.now)
    except InputError as error:
        if request.method == "POST":
            form.tell(error.problems)
        else:
            context["against"] = [problem_line(found) for found in error.problems]
        return render(
            request,
            "setup/end.html",
            context,
            status=HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK,
        )
    return render(request, "setup/end.html", context)


def _form(
    request: HttpRequest, table: str, listed: ListedEntry, officer: Officer, names: Names
) -> Any:  # noqa: ANN401 one of two forms
    typed = request.POST if request.method == "POST" else None
    if table == "appointments" and has_begun(listed, officer):
        return LeavingForm(typed, listed.entry.officer, officer, names)
    posts = []
    if table == "posts":
        above = {listed.entry.unit, *officer.directory.units_above(listed.entry.unit)}
        has_duties = any(duty.post == listed.code for duty in officer.directory.organization.duties)
        posts = [
            (post.code, names.post_with_unit(post.code))
            for unit in sorted(above)
            for post in officer.directory.posts_in(unit)
            if post.code != listed.code and post.works_on_cases
        ]
        posts = posts if has_duties else []
    return EndingForm(typed, posts[:MOST])


def _edits(
    table: str,
    listed: ListedEntry,
    form: Any,  # noqa: ANN401 as above
    officer: Officer,
    register: Organization,
) -> list[Edit]:
    if isinstance(form, LeavingForm):
        today = officer.directory.local_day(officer.now)
        leaving = form.leaving if form.is_bound else Leaving()
        return leave_edits(listed.entry, leaving, today=today)
    duties_to = form.duties_to if form.is_bound else ""
    return end_edits(register, table, listed.code, duties_to=duties_to)


def _context(
    table: str, key: str, listed: ListedEntry, officer: Officer, names: Names
) -> dict[str, Any]:
    post = {"posts": listed.code, "appointments": getattr(listed.entry, "post", "")}.get(table, "")
    return {
        "here": "setup",
        "table": table,
        "key": key,
        "title": END[table],
        "back": TITLES[table],
        "entry": title_of(table, listed.entry, names),
        "is_coming": not has_begun(listed, officer),
        "post": names.post_with_unit(post) if post else "",
        "held": open_by_holder([post]).get(post, 0) if post else 0,
        "others": _others(post, table, listed, officer, names),
        "sheet": reverse("desk:handover", args=[post]) if post else "",
    }


def _hung(found: list[Hanging], officer: Officer, names: Names) -> dict[str, Any]:
    present = [one for one in found if not _is_over(one.entry, officer)][:_SHOWN]
    lines = [
        Hung(str(TITLES[one.table]), title_of(one.table, one.entry, names), one.ends)
        for one in present
    ]
    return {"hanging": lines, "more": len(found) - len(lines)}


def _is_over(entry: Any, officer: Officer) -> bool:  # noqa: ANN401 an entry of any table
    ends_at, ends = getattr(entry, "ends_at", None), getattr(entry, "ends", None)
    if ends_at is not None:
        return bool(ends_at <= officer.now)
    return ends is not None and ends < officer.directory.local_day(officer.now)


def _others(
    post: str, table: str, listed: ListedEntry, officer: Officer, names: Names
) -> list[str]:
    """Return who else is in the post, in words."""
    if table != "appointments":
        return []
    found = officer.directory.regular_officers_of(post, officer.now)
    return [names.officer(one.code) for one in found if one.code != listed.entry.officer]


def _person(label: str, people: list[tuple[str, str]] | None) -> forms.Field:
    if people is None:
        return forms.CharField(
            label=label,
            required=False,
            max_length=_LONGEST_CODE,
            help_text=_("Code, or part of a name to look it up by"),
        )
    return forms.ChoiceField(label=label, required=False, choices=[("", "--"), *people])

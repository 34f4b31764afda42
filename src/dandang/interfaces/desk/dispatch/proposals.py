"""Proposing to amend the register of duties, and deciding what somebody else proposed."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from typing_extensions import override

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.dispatch.access import (
    DUTIES,
    may_decide_proposals,
    may_propose,
    need,
    reads_cases,
    tabs,
)
from dandang.interfaces.desk.dispatch.duties import (
    AMENDMENTS,
    TYPES,
    VERDICTS,
    amending_lines,
    duties_by_code,
    duty_line,
)
from dandang.interfaces.desk.dispatch.posts import receiving
from dandang.interfaces.desk.dispatch.trees import areas, categories, units
from dandang.interfaces.desk.kept_typing import keeps_typed, typed_before
from dandang.interfaces.desk.setup.words import problem_line
from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.refusals import refusal, refusal_words
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.near import matters
from dandang.organization.actions.proposals import MOST_CASES, decide_proposal, propose_duty
from dandang.organization.amendments import Amending, proposal
from dandang.organization.directory import Directory, Duty
from dandang.organization.proposals import Amendment, Proposed, Verdict
from dandang.organization.queries import current_policy
from dandang.policy import Policy
from dandang.terms import Code, InputError, Refusal, check_reference, normalise_reference

_MOST_LINE = 300
_LINE_NEEDS = ("unit", "type")
_AT_FIELD = {Code.IN_THE_PAST: "starts", Code.NOT_FOUND: "change"}


class ProposalForm(forms.Form):
    """An amendment of the register. Of a duty that ends only the day and the reason are needed."""

    change = forms.ChoiceField(
        label=gettext_lazy("What is to become of it"), widget=forms.RadioSelect
    )
    duty = forms.CharField(required=False, widget=forms.HiddenInput, max_length=_MOST_LINE)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), required=False)
    post = forms.ChoiceField(label=gettext_lazy("Post"), required=False)
    type = forms.ChoiceField(label=gettext_lazy("How it answers for it"), required=False)
    basis = TextField(label=gettext_lazy("Basis"), limit=_MOST_LINE, required=False)
    starts = forms.DateField(
        label=gettext_lazy("From which day on"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    why = TextField(label=gettext_lazy("Why"), lines=True)
    cases = TextField(
        label=gettext_lazy("Cases that show it"),
        limit=_MOST_LINE,
        required=False,
        help_text=gettext_lazy("Their references, with spaces between."),
    )

    def __init__(
        self,
        officer: Officer,
        policy: Policy,
        duty: Duty | None,
        typed: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(typed, initial=initial)  # type: ignore[arg-type]  # a QueryDict, or nothing
        names = Names(officer.directory, policy)
        changes = [Amendment.CHANGE, Amendment.END] if duty else [Amendment.ADD]
        self._offer("change", [(one.value, AMENDMENTS[one]) for one in changes])
        self._offer("category", [("", _("All matters")), *categories(policy, names)])
        self._offer("area", [("", _("The whole body")), *areas(officer.directory, names)])
        self._offer("unit", [("", "---------"), *units(officer.directory, names)])
        self._offer("post", [("", "---------"), *_posts(officer.directory, policy)])
        self._offer("type", [("", "---------"), *TYPES.items()])
        for name in _LINE_NEEDS:
            self.fields[name].required = duty is None
            self.fields[name].error_messages["required"] = _("Please choose one.")

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for unit and type of a line, but not of one that only ends."""
        given = super().clean() or self.cleaned_data
        if given.get("change") != Amendment.END:
            for name in _LINE_NEEDS:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Please choose one."))
        return given

    def proposed(self) -> Proposed:
        """Return what was filled in."""
        given = self.cleaned_data
        change = Amendment(given["change"])
        line = ("category", "area", "unit", "post", "type", "basis")
        values = {} if change is Amendment.END else {name: given[name] for name in line}
        return Proposed(change=change, starts=given["starts"], duty=given["duty"], **values)

    def references(self) -> list[str]:
        """Return the references that were typed, without what is none."""
        typed = self.cleaned_data["cases"].replace(",", " ").replace("，", " ").split()
        found = [normalise_reference(one) for one in typed if check_reference(one)]
        return found[:MOST_CASES]

    def _offer(self, name: str, options: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = options


class DecisionForm(forms.Form):
    """The answer to a proposal; a rejection needs a reason."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (Verdict.ACCEPTED.value, gettext_lazy("Accept: the register changes")),
            (Verdict.REJECTED.value, gettext_lazy("Reject")),
        ],
    )
    reply = TextField(label=gettext_lazy("Reasons"), lines=True, required=False)

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a rejection."""
        given = super().clean() or self.cleaned_data
        if given.get("verdict") == Verdict.REJECTED and not given.get("reply"):
            self.add_error("reply", _("Please say why it is rejected."))
        return given


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@for_officers
def propose(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Propose to amend the register; the address can name a duty, a category, an area and cases.

    Refuses `not_permitted`, `not_found` (a duty that is gone).
    """
    need(may_propose(officer))
    policy = current_policy()
    given = request.POST or request.GET
    duty = _duty(officer.directory, given.get("duty", ""))
    if request.method != "POST":
        begin = _initial(officer, duty, given.dict()) | typed_before(request).dict()
        form = ProposalForm(officer, policy, duty, initial=begin)
        return _propose_page(request, officer, form, duty)
    form = ProposalForm(officer, policy, duty, request.POST)
    if form.is_valid() and _proposed(form, officer):
        messages.success(request, _("Proposed. Another officer decides."))
        return redirect("dispatch:duties")
    return _propose_page(request, officer, form, duty, HTTPStatus.UNPROCESSABLE_ENTITY)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@for_officers
def show_proposal(request: HttpRequest, officer: Officer, number: int) -> HttpResponse:
    """Show a proposal to whoever proposes or decides; let another officer decide it.

    Refuses `not_permitted`, `not_found`.
    """
    need(may_propose(officer) or may_decide_proposals(officer))
    one = proposal(number)
    may_decide = may_decide_proposals(officer) and one.proposed_by != officer.code
    kept = typed_before(request).dict()
    form = DecisionForm(request.POST if request.method == "POST" else None, initial=kept)
    if request.method == "POST":
        need(may_decide)
        if form.is_valid() and _decided(form, one, officer):
            messages.success(
                request,
                _("Decided: %(verdict)s.") % {"verdict": VERDICTS[form.cleaned_data["verdict"]]},
            )
            return redirect("dispatch:duties")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _proposal_page(request, officer, one, form if may_decide else None, status)


def _proposed(form: ProposalForm, officer: Officer) -> bool:
    """Propose what was filled in; where that is refused, say so at the form."""
    try:
        propose_duty(
            form.proposed(),
            form.cleaned_data["why"],
            form.references(),
            by=officer.actor,
            now=officer.now,
        )
    except InputError as error:
        for one in error.problems:
            form.add_error(None, problem_line(one))
    except Refusal as refused:
        words = refusal_words(refused.code, dict(refused.details))
        form.add_error(_AT_FIELD.get(refused.code), words)
    return not form.errors


def _decided(form: DecisionForm, one: Amending, officer: Officer) -> bool:
    verdict = Verdict(form.cleaned_data["verdict"])
    reply = form.cleaned_data["reply"]
    try:
        decide_proposal(one.number, verdict, reply, by=officer.actor, now=officer.now)
    except InputError as error:
        for found in error.problems:
            form.add_error(None, problem_line(found))
    except Refusal as refused:
        form.add_error(None, refusal(refused))
    return not form.errors


def _propose_page(
    request: HttpRequest,
    officer: Officer,
    form: ProposalForm,
    duty: Duty | None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    names = Names(officer.directory, current_policy())
    context = {
        "here": "dispatch",
        "tabs": tabs(officer, DUTIES),
        "form": form,
        "duty": duty_line(duty, names) if duty else None,
    }
    return render(request, "dispatch/propose.html", context, status=status)


def _proposal_page(
    request: HttpRequest,
    officer: Officer,
    one: Amending,
    form: DecisionForm | None,
    status: HTTPStatus,
) -> HttpResponse:
    policy = current_policy()
    names = Names(officer.directory, policy)
    (line,) = amending_lines([one], officer, policy)
    old = duties_by_code(officer.directory).get(one.duty)
    context = {
        "here": "dispatch",
        "tabs": tabs(officer, DUTIES),
        "one": one,
        "line": line,
        "old": duty_line(old, names) if old else None,
        "cases": _cases(one, officer),
        "form": None if one.verdict else form,
        "decided_at": moment(one.decided_at, officer.now) if one.decided_at else "",
    }
    return render(request, "dispatch/proposal.html", context, status=status)


def _cases(one: Amending, officer: Officer) -> list[tuple[str, str]]:
    """Return reference and title of the cases that show why, of those the officer may read."""
    if not one.cases or not reads_cases(officer):
        return []
    found = matters(one.cases, hidden_from=officer.kept_out)
    return [(code, found[code].title) for code in one.cases if code in found]


def _duty(directory: Directory, code: str) -> Duty | None:
    if not code:
        return None
    found = duties_by_code(directory).get(code)
    if found is None:
        raise Refusal(Code.NOT_FOUND)
    return found


def _initial(officer: Officer, duty: Duty | None, given: dict[str, str]) -> dict[str, Any]:
    today: date = officer.directory.local_day(officer.now)
    asked: dict[str, Any] = {
        name: given[name] for name in ("category", "area", "unit", "cases") if name in given
    }
    if duty is None:
        return {"change": Amendment.ADD.value, "starts": today, **asked}
    line = {name: getattr(duty, name) for name in ("category", "area", "unit", "post", "basis")}
    return {**line, "type": duty.type.value, "duty": given["duty"], "starts": today, **asked}


def _posts(directory: Directory, policy: Policy) -> list[tuple[str, Any]]:
    return [(unit, list(posts)) for unit, posts in receiving(directory, policy)]

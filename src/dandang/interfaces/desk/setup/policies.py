"""Policies: what was in force since when, proposing another one, trying it out, deciding."""

from collections.abc import Iterable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from typing_extensions import override

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.setup.access import for_administrators
from dandang.interfaces.desk.setup.differing import differing
from dandang.interfaces.desk.setup.words import problem_line
from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.times import stamp
from dandang.lifecycle.casework.trial_queries import came_in
from dandang.lifecycle.deadlines.trying import totals, try_out
from dandang.organization.actions.policies import decide_policy, propose_policy
from dandang.organization.policies import (
    Proposal,
    proposal,
    proposals,
    version_text,
    versions,
)
from dandang.organization.proposals import Verdict
from dandang.organization.queries import current_policy
from dandang.policy import Policy, parse_policy, ready_policies, ready_policy
from dandang.terms import Actor, ActorKind, InputError, Problem, Refusal
from dandang.terms.toml import MAX_CHARACTERS

PAGE = 50
DAYS = 31
"""So many days back a policy is tried out."""

_WHY, _MOST_DIGITS = 2000, 18
_SOURCE = "policy.toml"
_ACTS = {
    "accept": Verdict.ACCEPTED,
    "reject": Verdict.REJECTED,
    "withdraw": Verdict.WITHDRAWN,
}
VERDICTS = {
    "": gettext_lazy("waits for another administrator"),
    Verdict.ACCEPTED: gettext_lazy("put into force"),
    Verdict.REJECTED: gettext_lazy("rejected"),
    Verdict.WITHDRAWN: gettext_lazy("withdrawn"),
}


class PolicyForm(forms.Form):
    """A policy to propose: a file, a ready one, or the text itself."""

    def __init__(self, typed: Any = None, files: Any = None) -> None:  # noqa: ANN401 Django's
        super().__init__(typed, files, auto_id="policy-%s")
        ready = [("", "----"), *((name, name) for name in ready_policies())]
        self.fields["file"] = forms.FileField(
            label=_("File (.toml)"),
            required=False,
            widget=forms.FileInput({"accept": ".toml,application/toml,text/plain"}),
        )
        self.fields["ready"] = forms.ChoiceField(
            label=_("Or one that comes with Dandang"), choices=ready, required=False
        )
        self.fields["text"] = forms.CharField(
            label=_("Or the text"),
            required=False,
            strip=False,
            widget=forms.Textarea({"rows": 12, "class": "code", "spellcheck": "false"}),
        )
        self.fields["why"] = TextField(
            label=_("Why"),
            lines=True,
            limit=_WHY,
            help_text=_("What it changes, and who decided so. Administrators read it."),
        )

    def policy(self) -> Policy:
        """Return the policy that was given. Raises InputError with everything wrong in it."""
        given = self.cleaned_data
        if given["file"]:
            content: bytes = given["file"].read()
            try:
                return parse_policy(content.decode("utf-8-sig"), given["file"].name)
            except UnicodeDecodeError:
                raise InputError([Problem("not_utf8", given["file"].name)]) from None
        if given["ready"]:
            return ready_policy(given["ready"])
        return parse_policy(given["text"].replace("\r\n", "\n"), _SOURCE)

    @override
    def clean(self) -> dict[str, Any]:
        """Ask for exactly one policy."""
        given = super().clean() or self.cleaned_data
        said = [name for name in ("file", "ready", "text") if given.get(name)]
        if len(said) != 1 and not self.errors:
            self.add_error("file", _("Give one policy: a file, a ready one, or the text."))
        return given


class DecisionForm(forms.Form):
    """What is said with a decision; a rejection needs a reason."""

    def __init__(self, typed: QueryDict | None = None) -> None:
        super().__init__(typed, auto_id="decision-%s")
        self.fields["reply"] = TextField(
            label=_("Reasons"),
            lines=True,
            limit=_WHY,
            required=False,
            help_text=_("Needed to reject it."),
        )


@require_safe
@for_administrators
def show_policies(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the policy in force, those before it, and what was proposed."""
    before = request.GET.get("before", "")[:_MOST_DIGITS]
    found = versions(limit=PAGE + 1, before=int(before) if before.isdecimal() else None)
    names = Names(officer.directory, current_policy())
    context = {
        "here": "setup",
        "policy": current_policy(),
        "versions": [
            (number, one, stamp(one.adopted_at), _who(one.adopted_by, names))
            for number, one in found[:PAGE]
        ],
        "further": found[PAGE - 1][0] if len(found) > PAGE else None,
        "proposals": [
            (one, stamp(one.proposed_at), names.officer(one.proposed_by), VERDICTS[one.verdict])
            for one in proposals(limit=PAGE)
        ],
    }
    return render(request, "setup/policies.html", context)


@require_safe
@for_administrators
def show_version(_request: HttpRequest, _officer: Officer, number: int) -> HttpResponse:
    """Send the text of a policy that was in force."""
    found, text = version_text(number)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    name = f"{found.name}-{found.version}.toml"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def new_policy(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Take a policy, show every problem of it, and propose it."""
    if request.method != "POST":
        return _new(request, PolicyForm())
    form = PolicyForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            return _new(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        why = form.cleaned_data["why"]
        number = propose_policy(form.policy(), why, by=officer.actor, now=officer.now)
    except InputError as error:
        problems = [problem_line(found) for found in error.problems]
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _new(request, form, status=status, problems=problems)
    except Refusal as refused:
        form.add_error(None, refusal(refused))
        return _new(request, form, status=HTTPStatus.CONFLICT)
    return redirect("setup:policy", number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def show_policy(request: HttpRequest, officer: Officer, number: int) -> HttpResponse:
    """Show a proposal: what differs, what it would have meant for the last month; decide it."""
    found = proposal(number)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _proposal(request, officer, found, form)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _proposal(request, officer, found, form, status=status)
    try:
        reply = form.cleaned_data["reply"]
        beside = request.POST.get("beside")
        decide_policy(number, act, reply, by=officer.actor, now=officer.now, beside=beside)
    except Refusal as refused:
        field = "reply" if refused.details.get("field") else None
        form.add_error(field, refusal(refused))
        return _proposal(request, officer, proposal(number), form, status=HTTPStatus.CONFLICT)
    messages.success(request, _("Done: the policy was %(what)s.") % {"what": VERDICTS[act]})
    return redirect("setup:policies")


def _proposal(
    request: HttpRequest,
    officer: Officer,
    found: Proposal,
    form: DecisionForm,
    *,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    names = Names(officer.directory, current_policy())
    context: dict[str, Any] = {
        "here": "setup",
        "proposal": found,
        "words": VERDICTS[found.verdict],
        "proposed_at": stamp(found.proposed_at),
        "proposed_by": names.officer(found.proposed_by),
        "decided_at": stamp(found.decided_at) if found.decided_at else "",
        "decided_by": names.officer(found.decided_by) if found.decided_by else "",
        "form": form,
        "is_mine": found.proposed_by == officer.code,
    }
    if not found.verdict:
        context |= _compared(found, officer, names)
    return render(request, "setup/policy.html", context, status=status)


def _compared(found: Proposal, officer: Officer, names: Names) -> dict[str, Any]:
    """Return what differs from the policy in force, and how the last month would have been."""
    old, new = current_policy(), parse_policy(found.text, found.name)
    since = officer.now - timedelta(days=DAYS)
    came = came_in(since, officer.now)
    groups = try_out(came.cases, old, new, officer.calendar, officer.now)
    then = Names(officer.directory, new)
    return {
        "old": old,
        "changes": differing(old, new),
        "groups": [
            (names.case_class(one.case_class), then.case_class(one.then) if one.then else "", one)
            for one in groups
        ],
        "totals": totals(groups),
        "gone": _gone(old, new),
        "days": DAYS,
        "came": came,
    }


def _gone(old: Policy, new: Policy) -> Iterable[str]:
    """Return the categories that are in force and would be unknown."""
    return [code for code in old.categories if code not in new.categories]


def _new(
    request: HttpRequest,
    form: PolicyForm,
    *,
    status: int = HTTPStatus.OK,
    problems: Iterable[str] = (),
) -> HttpResponse:
    context = {"here": "setup", "form": form, "problems": problems, "limit": MAX_CHARACTERS}
    return render(request, "setup/policy_new.html", context, status=status)


def _who(actor: str, names: Names) -> str:
    by = Actor.parse(actor)
    return names.officer(by.code) if by.kind is ActorKind.OFFICER else _("on the command line")

"""One case of a sample before a second reader: request, answer, two questions, a remark."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.supervision.access import for_readers
from dandang.interfaces.desk.supervision.answers import Checked, Checker, request_of
from dandang.interfaces.desk.supervision.sampling import OPINIONS, item_row
from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.refused import status_of
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.refusals import refusal
from dandang.ledger.queries import StoredEvent, last_of_each, personal_of
from dandang.lifecycle.casework.queries import CaseView, facts_for, find
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import acting_post
from dandang.lifecycle.sampling.actions import judge
from dandang.lifecycle.sampling.queries import ListedItem, item, items, words_of
from dandang.lifecycle.sampling.rules import LONGEST_TEXT, Judgement, reading_post
from dandang.lifecycle.states import Opinion
from dandang.lifecycle.verbs import VERBS
from dandang.organization.queries import current_policy
from dandang.terms import Refusal

_ENDINGS = ("explained", "declined", "concluded", "resolution_proposed")
_REPLIES = ("reply_sent",)


class JudgementForm(forms.Form):
    """What a second reader says. Nothing is chosen beforehand."""

    def __init__(self, typed: QueryDict | None) -> None:
        super().__init__(typed)
        choices = [(one.value, OPINIONS[one]) for one in Opinion]
        for name, label in (
            ("answers", _("Does the answer answer the request?")),
            ("right", _("Was this the right end?")),
        ):
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, widget=forms.RadioSelect
            )
        self.fields["text"] = TextField(
            label=_("What you found"),
            help_text=_("Needed unless you say yes to both. It stands in the record of the case."),
            limit=LONGEST_TEXT,
            lines=True,
            required=False,
        )

    def judgement(self) -> Judgement:
        """Return what was said."""
        said = self.cleaned_data
        return Judgement(Opinion(said["answers"]), Opinion(said["right"]), said["text"])


@dataclass(frozen=True, slots=True)
class Read:
    """What a second reader reads; texts are "" where they were erased or never given."""

    title: str
    text: str
    answer: str
    basis: str
    checked: Checked


@require_http_methods(["GET", "HEAD", "POST"])
@for_readers
def read_item(request: HttpRequest, officer: Officer, number: int, place: int) -> HttpResponse:
    """Show a case of a sample with the two questions, or write down what was answered."""
    listed = item(number, place, officer.kept_out)
    view = find(listed.reference, follow=False)
    facts = facts_for(view.state, by=officer.actor, now=officer.now)
    closed = _closed(facts, listed)
    is_sent = request.method == "POST"
    form = None
    if closed is None and listed.judged_at is None:
        form = JudgementForm(request.POST if is_sent else None)
    refused = closed
    if is_sent and form is not None and form.is_valid():
        try:
            judge(number, place, form.judgement(), by=officer.actor, now=officer.now)
        except Refusal as why:
            refused = why
        else:
            messages.success(request, _("Written down."))
            return _on(number, officer)
    status = HTTPStatus.OK
    if refused is not None:
        status = status_of(refused.code) if is_sent else HTTPStatus.OK
    elif is_sent:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.CONFLICT
    names = Names(officer.directory, current_policy())
    context = {
        "here": "samples",
        "number": number,
        "row": item_row(listed, names, officer),
        "read": _read(view, listed, officer, names),
        "remark": words_of(number, [listed]).get(place, "") if listed.judged_at else "",
        "form": form,
        "refused": refusal(refused) if refused else "",
        "can_reopen": acting_post(facts, VERBS["reopen"]) is not None,
    }
    return render(request, "supervision/item.html", context, status=status)


def _closed(facts: Facts, listed: ListedItem) -> Refusal | None:
    try:
        reading_post(facts, listed.unit)
    except Refusal as refused:
        return refused
    return None


def _on(number: int, officer: Officer) -> HttpResponse:
    """Go on to the next case that is not read, or to the whole sample."""
    unread = items(number, officer.kept_out, limit=1, unread=True)
    if unread:
        return redirect("supervision:item", number=number, place=unread[0].place)
    return redirect("supervision:sample", number=number)


def _read(view: CaseView, listed: ListedItem, officer: Officer, names: Names) -> Read:
    answer = last_of_each([view.stream], _ENDINGS).get(view.stream)
    if answer is None:
        answer = last_of_each([view.stream], _REPLIES).get(view.stream)
    events = [view.opening_event, *([answer.event_id] if answer else [])]
    said = personal_of(events, ["title", "text", "alternative"])
    opened = said.get(view.opening_event, {})
    text, basis = _answered(answer, said)
    checker = Checker(officer.directory, names)
    outcome = "explained" if answer and answer.type in ("explained", "declined") else ""
    checked = checker.check(request_of(opened), text, listed.unit, outcome, basis)
    return Read(
        title=str(opened.get("title") or ""),
        text=str(opened.get("text") or ""),
        answer=text,
        basis=basis,
        checked=checked if text else Checked((), ()),
    )


def _answered(
    answer: StoredEvent | None, said: Mapping[int, Mapping[str, object]]
) -> tuple[str, str]:
    if answer is None:
        return "", ""
    values = said.get(answer.event_id, {})
    parts = (str(values[name]) for name in ("text", "alternative") if values.get(name))
    return "\n".join(parts), str(answer.fields.get("basis") or "")

"""Closings that units propose, each with what the rules find in its answer; and giving one back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dandang.interfaces.desk.access import Officer, OpenCase, open_case
from dandang.interfaces.desk.clocks import ClockLine, ClockReader
from dandang.interfaces.desk.overviews.filters import Filter, Filters
from dandang.interfaces.desk.overviews.reach import below, reach, unit_choices
from dandang.interfaces.desk.overviews.rows import CaseLine, Reader
from dandang.interfaces.desk.supervision.access import for_heads, tabs
from dandang.interfaces.desk.supervision.answers import Checked, Checker, request_of
from dandang.interfaces.desk.supervision.returning import ReturnForm
from dandang.interfaces.shared.refused import status_of
from dandang.interfaces.shared.words.cases import OUTCOMES, state_and_proposal, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.times import moment
from dandang.ledger.queries import StoredEvent, last_of_each, personal_of
from dandang.lifecycle.casework.proposed import proposed_page
from dandang.lifecycle.casework.queries import HeldCase, facts_for_all
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import acting_post
from dandang.lifecycle.perform import perform
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import VERBS
from dandang.organization.queries import current_policy, policy_by_hash
from dandang.terms import Code, Refusal

_GIVEN_BACK = VERBS["reject-proposal"]

Said = Mapping[int, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Row:
    """A proposed closing. `answer` is "" where it was erased; `may_return`: this officer may."""

    case: CaseLine
    outcome: str
    answer: str
    by: str
    since: str
    clock: ClockLine | None
    checked: Checked
    may_return: bool


@require_safe
@for_heads
def show_proposals(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show proposed closings: those that wait for an office first, then by due time, 50 a page."""
    filters = _filters(request, officer)
    units = reach(officer)
    if "unit" in filters.chosen:
        units = below(filters.chosen["unit"], officer.directory)
    found = proposed_page(units, officer.kept_out, after=request.GET.get("after", ""))
    context = {
        "here": "supervision",
        "tabs": tabs(officer, "supervision:proposals"),
        "filters": filters,
        "rows": _rows(found.cases, officer),
        "next": urlencode({**filters.chosen, "after": found.next}) if found.next else "",
        "first": urlencode(filters.chosen) if request.GET.get("after") else "",
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "supervision/proposals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_heads
def return_proposal(request: HttpRequest, officer: Officer, reference: str) -> HttpResponse:
    """Mark what a proposed closing leaves open, and give it back to its unit with a remark.

    Where somebody was faster, what was written is shown; a form that was opened before the case
    changed is up to date when it comes back, without the passages of the earlier answer.
    """
    opened = open_case(officer, reference)
    if opened.view.state.state is not State.PROPOSED:
        if request.method == "POST":
            return _too_late(request, opened)
        raise Refusal(Code.NOT_FOUND)
    held = HeldCase(
        opened.view.case_reference,
        "",
        opened.view.state,
        stream=opened.view.stream,
        opening_event=opened.view.opening_event,
    )
    (row,) = _rows([held], officer)
    form = ReturnForm(
        request.POST if request.method == "POST" else None,
        policy=opened.facts.policy,
        answer=row.answer,
        seen=opened.view.state.seq,
    )
    if request.method == "POST" and row.may_return and form.is_valid():
        try:
            perform(
                _GIVEN_BACK.name,
                reference,
                form.values(),
                by=officer.actor,
                now=officer.now,
                seen_seq=form.cleaned_data["seen_seq"],
            )
        except Refusal as refused:
            return _page(request, opened, row, form.up_to_date(opened.view.state.seq), refused)
        messages.success(request, _("Given back to the unit, with your remark."))
        return redirect("supervision:proposals")
    if not row.may_return:
        return _page(request, opened, row, None, None)
    return _page(request, opened, row, form, None)


def _too_late(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Say that the closing is no longer proposed, and show what was written about it."""
    case = opened.view.state
    context = {
        "here": "supervision",
        "reference": opened.view.case_reference,
        "state": state_and_proposal(case.state, case.outcome),
        "typed": [(_("Your remark"), text)] if (text := request.POST.get("remark", "")) else [],
    }
    return render(request, "supervision/too_late.html", context, status=HTTPStatus.CONFLICT)


def _page(
    request: HttpRequest,
    opened: OpenCase,
    row: Row,
    form: ReturnForm | None,
    refused: Refusal | None,
) -> HttpResponse:
    view = opened.view
    said = personal_of([view.opening_event], ["title", "text"]).get(view.opening_event, {})
    status = HTTPStatus.OK
    if refused is not None:
        status = status_of(refused.code)
    elif form is None:
        status = HTTPStatus.FORBIDDEN
    elif form.errors:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "here": "supervision",
        "row": row,
        "title": str(said.get("title") or ""),
        "text": str(said.get("text") or ""),
        "form": form,
        "refused": refusal(refused) if refused else "",
    }
    return render(request, "supervision/proposal.html", context, status=status)


def _filters(request: HttpRequest, officer: Officer) -> Filters:
    units = unit_choices(reach(officer), officer.directory)
    return Filters(request.GET, {"unit": Filter(_("Unit of the holder"), units)})


def _rows(cases: Sequence[HeldCase], officer: Officer) -> list[Row]:
    """Return the rows of cases, for three queries whatever their number."""
    known = facts_for_all([one.state for one in cases], by=officer.actor, now=officer.now)
    proposed = last_of_each([one.stream for one in cases], ("resolution_proposed",))
    events = [event.event_id for event in proposed.values()]
    openings = [one.opening_event for one in cases]
    said = personal_of([*events, *openings], ["title", "text"])
    names = Names(officer.directory, current_policy())
    reader = _Reader(officer, names, said)
    return [
        reader.row(one, facts, proposed.get(one.stream))
        for one, facts in zip(cases, known, strict=True)
    ]


class _Reader:
    """Puts proposed closings into words."""

    def __init__(self, officer: Officer, names: Names, said: Said) -> None:
        self._officer = officer
        self._names = names
        self._said = said
        self._cases = Reader(officer, names)
        self._clocks = ClockReader(names, officer.calendar, officer.now)
        self._checker = Checker(officer.directory, names)

    def row(self, one: HeldCase, facts: Facts, event: StoredEvent | None) -> Row:
        case = one.state
        answer = str(self._said.get(event.event_id, {}).get("text") or "") if event else ""
        basis = str(event.fields.get("basis") or "") if event else ""
        outcome = case.outcome or ""
        return Row(
            case=self._cases.case(one),
            outcome=word(OUTCOMES, outcome),
            answer=answer,
            by=self._names.post_with_unit(event.post) if event and event.post else "",
            since=moment(event.occurred_at, self._officer.now) if event else "",
            clock=self._clock(one),
            checked=self._checker.check(
                request_of(self._said.get(one.opening_event, {})),
                answer,
                case.holder_unit,
                outcome,
                basis,
            )
            if answer
            else Checked((), ()),
            may_return=acting_post(facts, _GIVEN_BACK) is not None,
        )

    def _clock(self, one: HeldCase) -> ClockLine | None:
        due = one.state.next_due
        if due is None or due.at is None:
            return None
        return self._clocks.line(due, one.state, policy_by_hash(one.state.policy))

"""Disputes that wait for a decision: both units' reasons side by side, and the binding decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers, open_case
from dandang.interfaces.desk.clocks import ClockLine, ClockReader
from dandang.interfaces.desk.dispatch.access import DISPUTES, need, tabs
from dandang.interfaces.desk.dispatch.flow import key, place
from dandang.interfaces.desk.dispatch.sides import MOVES, Dispute, dispute_of
from dandang.interfaces.desk.forms import VerbForm
from dandang.interfaces.desk.overviews.reach import oversees
from dandang.interfaces.desk.precedents import Choice, beside
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.times import moment
from dandang.interfaces.shared.words.verbs import VERB_WORDS
from dandang.ledger.queries import StoredEvent, events_of_each, personal_of
from dandang.lifecycle.casework.queries import PAGE, facts_for_all
from dandang.lifecycle.casework.received import Received, received
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import acting_post, permit
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import VERBS
from dandang.policy import ClockName
from dandang.terms import Refusal

_DECIDE = VERBS["decide-dispute"]


@dataclass(frozen=True, slots=True)
class Row:
    """A case that two units disagree about. `may_decide` says whether this officer may."""

    reference: str
    title: str
    where: str
    clock: ClockLine | None
    dispute: Dispute
    may_decide: bool


@require_safe
@for_officers
def show_disputes(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the disputes that wait for a decision, the one that is due first in front."""
    need(oversees(officer))
    after = place(request.GET.get("after", ""))
    found = received(officer.kept_out, state=State.DISPUTED, limit=PAGE + 1, after=after)
    context = {
        "here": "dispatch",
        "tabs": tabs(officer, DISPUTES),
        "rows": _rows(found[:PAGE], officer),
        "later": urlencode({"after": key(found[PAGE - 1].place)}) if len(found) > PAGE else "",
        "is_first": after is None,
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "dispatch/disputes.html", context)


@require_safe
@for_officers
def show_dispute(request: HttpRequest, officer: Officer, reference: str) -> HttpResponse:
    """Show one dispute, with the form of the decision for whoever may decide it.

    What is no dispute any more is shown where the case is. Refuses `not_found`, `not_permitted`.
    """
    need(oversees(officer))
    opened = open_case(officer, reference, follow=False)
    facts, view = opened.facts, opened.view
    if facts.case.state is not State.DISPUTED:
        return redirect("desk:case", reference=view.case_reference)
    events = events_of_each([view.stream], MOVES)
    said = personal_of([view.opening_event], ("title", "text", "location"))
    dispute = dispute_of(facts, events, _texts(events))
    context = {
        "here": "dispatch",
        "tabs": tabs(officer, DISPUTES),
        "reference": view.case_reference,
        "said": said.get(view.opening_event, {}),
        "where": _where(facts),
        "clock": _clock(facts, officer),
        "dispute": dispute,
        "beside": beside(_DECIDE, opened, officer, Choice(dispute.reason_code)),
        "words": VERB_WORDS[_DECIDE.name],
        **_form(facts),
    }
    return render(request, "dispatch/dispute.html", context)


def _form(facts: Facts) -> dict[str, object]:
    """Return the form of the decision, or the words that say why there is none."""
    try:
        permit(facts, _DECIDE)
    except Refusal as refused:
        return {"form": None, "closed": refusal(refused)}
    return {"form": VerbForm(_DECIDE, facts), "closed": ""}


def _rows(found: Sequence[Received], officer: Officer) -> list[Row]:
    events: dict[bytes, list[StoredEvent]] = {}
    for event in events_of_each([one.stream for one in found], MOVES):
        events.setdefault(event.stream, []).append(event)
    texts = _texts([event for them in events.values() for event in them])
    known = facts_for_all([one.state for one in found], by=officer.actor, now=officer.now)
    return [
        Row(
            reference=one.reference,
            title=one.title,
            where=_where(facts),
            clock=_clock(facts, officer),
            dispute=dispute_of(facts, events.get(one.stream, ()), texts),
            may_decide=acting_post(facts, _DECIDE) is not None,
        )
        for one, facts in zip(found, known, strict=True)
    ]


def _texts(events: Sequence[StoredEvent]) -> dict[int, dict[str, object]]:
    return {
        event_id: dict(values)
        for event_id, values in personal_of([event.event_id for event in events], ["text"]).items()
    }


def _where(facts: Facts) -> str:
    names = Names(facts.directory, facts.policy)
    where = [names.category(facts.case.category), names.area(facts.case.area)]
    return " · ".join(part for part in where if part)


def _clock(facts: Facts, officer: Officer) -> ClockLine | None:
    due = facts.case.clocks.get(ClockName.DISPUTE_DECISION) or facts.case.next_due
    if due is None or due.at is None:
        return None
    names = Names(facts.directory, facts.policy)
    reader = ClockReader(names, officer.calendar, officer.now)
    return reader.line(due, facts.case, facts.policy)

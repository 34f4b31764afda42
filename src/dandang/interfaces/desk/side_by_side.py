"""Two cases side by side: the one that an act is done to, and the other one that it touches."""

from dataclasses import dataclass

from dandang.interfaces.desk.access import Officer, OpenCase, open_case
from dandang.interfaces.shared.words.cases import state_and_proposal
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.ledger.queries import personal_of
from dandang.lifecycle.casework.related import related
from dandang.lifecycle.verbs import Verb
from dandang.terms import Refusal, check_reference

_SAID = ("title", "text", "location")


@dataclass(frozen=True, slots=True)
class Card:
    """One case of a pair in words. `title` and `text` are "" where they were erased."""

    reference: str
    title: str
    text: str
    place: str
    where: str
    sent: str
    state: str
    holder: str
    requests: int
    is_open: bool


def both(officer: Officer, opened: OpenCase, verb: Verb, named: str) -> tuple[Card, ...]:
    """Return the case and the one that the act names or undoes the merge with; () without one.

    Neither shows how anybody is reached. A case that may not be read looks as if there were none.
    """
    other = _merged_into(opened) if verb.undoes_a_merge else named
    if not check_reference(other):
        return ()
    try:
        second = open_case(officer, other)
    except Refusal:
        return ()
    if second.view.stream == opened.view.stream:
        return ()
    return _card(opened), _card(second)


def _merged_into(opened: OpenCase) -> str:
    tag = opened.view.state.merged_into
    found = related([tag]) if tag else {}
    return found[tag].reference if tag in found else ""


def _card(opened: OpenCase) -> Card:
    view, facts = opened.view, opened.facts
    case, names = view.state, Names(facts.directory, facts.policy)
    said = personal_of([view.opening_event], _SAID).get(view.opening_event, {})
    title, text, place = (str(said.get(name) or "") for name in _SAID)
    where = [names.category(case.category), names.area(case.area)]
    return Card(
        reference=view.case_reference,
        title=title,
        text=text,
        place=place,
        where=" · ".join(part for part in where if part),
        sent=moment(case.sent_at, facts.now),
        state=state_and_proposal(case.state, case.outcome),
        holder=names.post_with_unit(case.holder),
        requests=len(case.active),
        is_open=case.is_open,
    )

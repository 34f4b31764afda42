"""The page of a case as officers see it: everything, with internal texts marked as such."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.desk.worklist import urgency
from dandang.interfaces.shared.words.cases import (
    CHANNELS,
    CLOCK_PURPOSES,
    ROUTING,
    STATES,
    TURNS,
    VERDICTS,
    word,
)
from dandang.interfaces.shared.words.events import event_line
from dandang.interfaces.shared.words.fields import field
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.interfaces.shared.words.verbs import verb_name
from dandang.ledger.queries import StoredEvent
from dandang.lifecycle.casework.rules.permit import possible_verbs
from dandang.lifecycle.states import turn
from dandang.terms import ActorKind

History = Sequence[tuple[StoredEvent, Mapping[str, object]]]
_SHOWN = ("text", "missing", "basis", "alternative", "location", "name", "phone", "email")
_HEADER = frozenset({"title", "text", "location", "name", "phone", "email"})
_PROTECTED = frozenset({"objection_filed", "objection_answered"})


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One running clock: until when, and what it is for."""

    purpose: str
    when: str
    at: datetime
    urgency: str
    is_paused: bool
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One event of the timeline. `texts` are label and text."""

    number: int
    at: datetime
    when: str
    who: str
    what: str
    reason: str
    texts: tuple[tuple[str, str], ...]
    is_internal: bool


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One requester's request in the case."""

    number: int
    sent: str
    verdict: str
    is_reachable: bool
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the case page shows, in words."""

    reference: str
    title: str
    text: str
    facts: tuple[tuple[str, str], ...]
    contact: tuple[tuple[str, str], ...]
    state: str
    turn: str
    holder: str
    held_since: str
    routed: str
    hand_overs: int
    refusals: int
    clocks: tuple[ClockLine, ...]
    requests: tuple[RequestLine, ...]
    lines: tuple[Line, ...]
    verbs: tuple[tuple[str, str], ...]


def case_page(opened: OpenCase, history: History) -> CasePage:
    """Return the page of a case for this officer now."""
    case, facts = opened.view.state, opened.facts
    names = Names(facts.directory, facts.policy)
    personal = history[0][1]
    return CasePage(
        reference=opened.view.case_reference,
        title=str(personal.get("title", "")) or _("(erased)"),
        text=str(personal.get("text", "")) or _("(erased)"),
        facts=tuple(_facts(opened, personal, names)),
        contact=_given(personal, ("name", "phone", "email")),
        state=word(STATES, case.state),
        turn=word(TURNS, turn(case.state, case.outcome)),
        holder=names.post_with_unit(case.holder),
        held_since=moment(case.held_since, facts.now),
        routed=word(ROUTING, case.routed_by) if case.routed_by else "",
        hand_overs=case.hand_overs,
        refusals=case.refusals,
        clocks=tuple(clock_lines(opened)),
        requests=tuple(_requests(opened)),
        lines=tuple(_line(event, own, names, facts.now) for event, own in reversed(history)),
        verbs=tuple((verb.name, verb_name(verb.name)) for verb in possible_verbs(facts)),
    )


def clock_lines(opened: OpenCase) -> list[ClockLine]:
    """Return the clocks of a case, the next one first."""
    now = opened.facts.now
    lines = [
        ClockLine(
            purpose=word(CLOCK_PURPOSES, due.clock),
            when=moment(due.at, now),
            at=due.at,
            urgency="" if due.paused else urgency(due.at, now),
            is_paused=due.paused,
            is_provisional=due.provisional,
        )
        for due in opened.view.state.clocks.values()
        if due.at is not None
    ]
    return sorted(lines, key=lambda line: line.at)


def _facts(opened: OpenCase, personal: Mapping[str, object], names: Names) -> list[tuple[str, str]]:
    case = opened.view.state
    found = [
        (field("category"), names.category(case.category)),
        (_("Class"), names.case_class(case.case_class)),
        (field("area"), names.area(case.area)),
        (field("location"), str(personal.get("location", ""))),
        (_("Channel"), word(CHANNELS, case.channel)),
        (_("Sent"), moment(case.sent_at, opened.facts.now)),
    ]
    return [(label, value) for label, value in found if value]


def _requests(opened: OpenCase) -> list[RequestLine]:
    return [
        RequestLine(
            number=one.number,
            sent=moment(one.sent_at, opened.facts.now),
            verdict=word(VERDICTS, one.verdict) if one.verdict else "",
            is_reachable=one.reachable,
            is_withdrawn=one.withdrawn,
        )
        for one in opened.view.state.requests
    ]


def _line(event: StoredEvent, personal: Mapping[str, object], names: Names, now: datetime) -> Line:
    values = {**event.fields, **personal}
    if event.type == "case_opened":
        values = {name: value for name, value in values.items() if name not in _HEADER}
    reason = event.fields.get("reason")
    return Line(
        number=event.seq,
        at=event.occurred_at,
        when=moment(event.occurred_at, now),
        who=_who(event, names),
        what=event_line(event.type, event.fields, names),
        reason=names.reason(str(reason)) if reason else "",
        texts=_given(values, _SHOWN),
        is_internal=bool(event.fields.get("internal")),
    )


def _who(event: StoredEvent, names: Names) -> str:
    match event.actor.kind:
        case ActorKind.REQUESTER:
            return _("Requester of request %(number)s") % {"number": event.actor.code}
        case ActorKind.IMPORT:
            return _("Another system")
        case ActorKind.SYSTEM:
            return _("The system")
        case ActorKind.OFFICER if event.type in _PROTECTED:
            return _("An officer (protected)")
        case ActorKind.OFFICER:
            officer = names.officer(event.actor.code)
            return f"{names.post_with_unit(event.post)} · {officer}" if event.post else officer


def _given(values: Mapping[str, object], wanted: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((field(name), str(values[name])) for name in wanted if values.get(name))

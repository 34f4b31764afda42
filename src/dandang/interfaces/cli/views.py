"""Cases as the command line shows them: as JSON with stable keys, and in words."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.tables import aligned, shorten
from dandang.interfaces.shared import clock
from dandang.interfaces.shared.words.cases import CHANNELS, CLOCKS, STATES, TURNS, word
from dandang.interfaces.shared.words.events import event_line
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import stamp
from dandang.ledger.queries import StoredEvent
from dandang.lifecycle.casework.files.queries import files_in
from dandang.lifecycle.casework.queries import CaseView, ListedCase, facts_for
from dandang.lifecycle.casework.related import related
from dandang.lifecycle.casework.rules.discretion import (
    keeps_rating,
    keeps_verdict,
    kept_until,
)
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import kept_particulars
from dandang.lifecycle.casework.rules.state import CaseState, RequestState
from dandang.lifecycle.contact.masking import masked
from dandang.lifecycle.deadlines.clocks import SYSTEMS_OWN
from dandang.lifecycle.perform import Performed
from dandang.lifecycle.states import turn
from dandang.organization.queries import current_policy, directory
from dandang.terms import Actor, ActorKind, Due, Refusal

_TITLE_WIDTH = 40
_PROTECTED = frozenset({"objection_filed"})
_PRIVATE = frozenset({"was_pressed"})
"""What requesters say to supervision and call-back alone, who read it at the desk."""


def names(case_class: str = "") -> Names:
    """Return the names of units, posts and categories in force now, for a case of this class."""
    return Names(directory(), current_policy(), case_class)


def body_time() -> AbstractContextManager[None]:
    """Let times be shown as the body's own clocks show them."""
    return timezone.override(ZoneInfo(directory().body.time_zone))


def at_home(instant: datetime) -> str:
    """Return a time as the body's own clocks show it; as UTC before there is a body."""
    try:
        with body_time():
            return stamp(instant)
    except Refusal:
        with timezone.override(UTC):
            return f"{stamp(instant)} UTC"


def listed_record(case: ListedCase, now: datetime, *, reveal: bool) -> dict[str, object]:
    """Return one line of a list as JSON; the title only where personal data may be shown."""
    record: dict[str, object] = {
        "reference": case.reference,
        "state": case.state.value,
        "holder_unit": case.holder_unit,
        "holder_post": case.holder,
        "due_at": case.due_at,
        "due_clock": case.due_clock or None,
        "overdue": case.due_at is not None and case.due_at < now,
        "category": case.category,
        "area": case.area,
        "class": case.case_class,
        "sent_at": case.sent_at,
        "ended_at": case.ended_at,
        "hand_overs": case.hand_overs,
    }
    return {**record, "title": case.title or None} if reveal else record


def list_header(*, reveal: bool) -> list[str]:
    """Return the heads of the columns of a list."""
    heads = [_("Reference"), _("State"), _("Holder"), _("Due"), _("For what"), _("Category")]
    return [*heads, _("Title")] if reveal else heads


def list_row(case: ListedCase, known: Names, *, reveal: bool) -> list[str]:
    """Return one line of a list in words."""
    row = [
        case.reference,
        word(STATES, case.state),
        known.post_with_unit(case.holder),
        stamp(case.due_at) if case.due_at else "--",
        word(CLOCKS, case.due_clock) if case.due_clock else "--",
        known.category(case.category),
    ]
    return [*row, shorten(case.title or _("(erased)"), _TITLE_WIDTH)] if reveal else row


def done_record(performed: Performed) -> dict[str, object]:
    """Return what an act did as JSON; the receipt only where it attached a request."""
    done, receipt = performed.done, performed.receipt
    record: dict[str, object] = {
        "reference": done.reference,
        "state": done.state.value,
        "holder_post": done.holder,
        "seq": done.seq,
        "events": list(done.events),
        "parts": list(done.children),
    }
    if receipt is not None:
        record["receipt"] = {"reference": receipt.reference, "access_code": receipt.access_code}
    return record


def done_words(performed: Performed) -> Iterator[str]:
    """Yield what an act did in words."""
    done, receipt = performed.done, performed.receipt
    yield _("{reference}: {state}; {holder} holds it (event {seq}).").format(
        reference=done.reference,
        state=word(STATES, done.state),
        holder=names().post_with_unit(done.holder),
        seq=done.seq,
    )
    for part in done.children:
        yield _("Part: {reference}").format(reference=part)
    if receipt is not None:
        yield from receipt_words(receipt.reference, receipt.access_code)


def receipt_words(reference: str, access_code: str) -> Iterator[str]:
    """Yield what the requester takes away."""
    yield _("Reference: {reference}").format(reference=reference)
    if access_code:
        yield _("Access code: {code} (shown only now; it goes to the requester)").format(
            code=access_code
        )


def case_record(
    view: CaseView, history: Sequence[tuple[StoredEvent, Mapping[str, object]]], *, reveal: bool
) -> dict[str, object]:
    """Return a whole case as JSON; personal values only where they may be shown."""
    case = view.state
    facts = facts_for(case, by=Actor.system(), now=clock.now())
    due = case.next_due
    return {
        "reference": view.reference,
        "case_reference": view.case_reference,
        "state": case.state.value,
        "turn": turn(case.state, case.outcome).value,
        "holder_unit": case.holder_unit,
        "holder_post": case.holder,
        "due_at": due.at if due else None,
        "due_clock": due.clock if due else None,
        "category": case.category,
        "area": case.area,
        "class": case.case_class,
        "channel": case.channel,
        "sent_at": case.sent_at,
        "ended_at": case.ended_at,
        "end_cause": case.end_cause or None,
        "hand_overs": case.hand_overs,
        "seq": case.seq,
        "clocks": [_clock_record(clock) for clock in _clocks(case.clocks)],
        "requests": [
            {
                "number": request.number,
                "sent_at": request.sent_at,
                "reachable": request.reachable,
                **_answers_of(request, facts),
                "withdrawn": request.withdrawn,
                "moved": request.moved,
            }
            for request in case.requests
        ],
        **_particulars(case),
        "events": [_event_record(event, values, facts, reveal=reveal) for event, values in history],
    }


def _answers_of(request: RequestState, facts: Facts) -> dict[str, object]:
    """Return what the sender of a request said, as far as it is not kept from the unit."""
    is_kept = keeps_verdict(facts, request)
    is_rated = request.rated_at is not None and not keeps_rating(facts, request)
    return {
        "verdict": request.verdict.value if request.verdict and not is_kept else None,
        "judged_at": None if is_kept else request.judged_at,
        "stars": request.stars if is_rated else None,
        "holds": request.holds,
    }


def _particulars(case: CaseState) -> dict[str, object]:
    """Return what some cases have; who objected in writing is protected and not among it."""
    known = related(one for one in (case.parent, case.merged_into) if one)
    references = {tag: one.reference for tag, one in known.items()}
    kept = kept_particulars(case)
    return {
        "parent": references.get(case.parent),
        "parts": case.children,
        "open_parts": case.open_children,
        "merged_into": references.get(case.merged_into),
        "external_ref": case.external_ref or None,
        "external_due": case.external_due,
        "promised_for": case.promised_for,
        "check_at": case.check_at,
        "confirm_not_before": case.confirm_not_before,
        "inherited_at": case.inherited_at,
        "extensions": case.extensions,
        "extended_days": case.extended_days,
        "subject_units": list(case.subject_units),
        "assists": kept.get("assists", []),
        "asked": kept.get("asked"),
        "pause": kept.get("pause"),
        "legal_route": kept.get("route"),
        "objections": [
            {name: value for name, value in one.items() if name != "by"}
            for one in kept.get("objections", [])
        ],
        "appeal": kept.get("appeal"),
    }


def case_words(
    view: CaseView, history: Sequence[tuple[StoredEvent, Mapping[str, object]]], *, reveal: bool
) -> Iterator[str]:
    """Yield a whole case in words: where it stands, its clocks, its history."""
    case, known = view.state, names(view.state.case_class)
    of_case = facts_for(case, by=Actor.system(), now=clock.now())
    facts = [
        (_("Reference"), view.reference),
        (_("State"), word(STATES, case.state)),
        (_("Turn"), word(TURNS, turn(case.state, case.outcome))),
        (_("Holder"), f"{known.post_with_unit(case.holder)} [{case.holder}]"),
        (_("Category"), known.category(case.category)),
        (_("Area"), known.area(case.area) or "--"),
        (_("Channel"), word(CHANNELS, case.channel)),
        (_("Sent"), stamp(case.sent_at)),
        (_("Handed over"), str(case.hand_overs)),
        (_("Last event"), str(case.seq)),
    ]
    yield from (f"{label}: {value}" for label, value in facts)
    clocks = [_clock_row(one) for one in _clocks(case.clocks) if one.clock not in SYSTEMS_OWN]
    if clocks:
        yield ""
        yield from aligned([_("For what"), _("Due"), ""], clocks)
    yield ""
    yield from aligned(
        [_("No."), _("When"), _("What"), _("Who")],
        [
            [
                str(event.seq),
                stamp(event.occurred_at),
                _line(event, known, of_case),
                _actor(event, of_case),
            ]
            for event, _personal in history
        ],
    )
    if reveal:
        yield from _personal_words(history, of_case)


def _personal_words(
    history: Sequence[tuple[StoredEvent, Mapping[str, object]]], facts: Facts
) -> Iterator[str]:
    for event, values in history:
        for name, value in sorted(_told(event, values, facts).items()):
            yield ""
            yield f"[{event.seq}] {name}:"
            yield "\n".join(value) if isinstance(value, list) else str(value)


def _clocks(clocks: Mapping[str, Due]) -> list[Due]:
    return sorted(clocks.values(), key=lambda clock: (clock.at is None, clock.at, clock.clock))


def _clock_record(clock: Due) -> dict[str, object]:
    return {
        "clock": clock.clock,
        "due_at": clock.at,
        "provisional": clock.provisional,
        "paused": clock.paused,
    }


def _clock_row(clock: Due) -> list[str]:
    marks = [_("provisional")] if clock.provisional else []
    marks += [_("paused")] if clock.paused else []
    return [word(CLOCKS, clock.clock), stamp(clock.at) if clock.at else "--", ", ".join(marks)]


def _is_kept(event: StoredEvent, facts: Facts) -> bool:
    """Say whether it is kept from the unit whose answer this is, and what was said."""
    return kept_until(facts, event.type, event.fields, event.occurred_at) is not None


def _told(event: StoredEvent, values: Mapping[str, object], facts: Facts) -> dict[str, object]:
    """Return what people wrote in an event, without what is for others than this reader."""
    if _is_kept(event, facts):
        return {}
    told = {name: value for name, value in masked(values).items() if name not in _PRIVATE}
    files = {"files": [file.name for file in files_in(values)]} if "files" in told else {}
    return {**told, **files}


def _line(event: StoredEvent, known: Names, facts: Facts) -> str:
    if event.type == "rated" and _is_kept(event, facts):
        return _("A requester rated the service")
    return event_line(event.type, event.fields, known)


def _actor(event: StoredEvent, facts: Facts) -> str:
    """Return who acted; of officers who objected, and of kept answers, only what they are."""
    is_protected = event.type in _PROTECTED and event.actor.kind is ActorKind.OFFICER
    is_protected = is_protected or _is_kept(event, facts)
    return event.actor.kind.value if is_protected else str(event.actor)


def _event_record(
    event: StoredEvent, values: Mapping[str, object], facts: Facts, *, reveal: bool
) -> dict[str, object]:
    kept = {"request", "stars"} if _is_kept(event, facts) else set[str]()
    record: dict[str, object] = {
        "seq": event.seq,
        "type": event.type,
        "at": event.at,
        "occurred_at": event.occurred_at,
        "actor": _actor(event, facts),
        "post": None if event.type in _PROTECTED else event.post or None,
        "fields": {name: value for name, value in event.fields.items() if name not in kept},
    }
    return {**record, "personal": _told(event, values, facts)} if reveal else record

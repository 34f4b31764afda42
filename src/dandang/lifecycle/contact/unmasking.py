"""Who may look at the requester of a request, why, and until when: rules of unmasking."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Unmasking
from dandang.lifecycle.casework.rules.permit import acts_as
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.contact.events import (
    IdentityUnmasked,
    UnmaskingAllowed,
    UnmaskingRefused,
    UnmaskingRequested,
)
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.verbs import Who
from dandang.policy import ClockName
from dandang.terms import Actor, Code, Event, Recorded, Refusal, four_eyes

UNMASKED = "identity_unmasked"
_IN_WORDS = "other"


class Happened(Protocol):
    """An event of a case, as the ledger or a story has it."""

    @property
    def type(self) -> str: ...
    @property
    def fields(self) -> Mapping[str, object]: ...
    @property
    def actor(self) -> Actor: ...


@dataclass(frozen=True, slots=True)
class Unmask:
    """Look at who sent a request and how to reach them, for a purpose."""

    purpose: str
    request: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class AskUnmask:
    """Ask a second officer to be allowed to."""

    purpose: str
    request: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class AllowUnmask:
    """Allow what was asked with this event."""

    asked_seq: int


@dataclass(frozen=True, slots=True)
class RefuseUnmask:
    """Refuse it, with the reason."""

    asked_seq: int
    text: str


def unmask(facts: Facts, wish: Unmask) -> tuple[Event, ...]:
    """Look, until the end of the body's day.

    Refuses `unknown_request`, `field_required` (words for another purpose), and
    `second_officer_required` where four eyes are needed and nobody else allowed it.
    """
    number = _number(facts, wish.request)
    _check_words(wish.purpose, wish.text)
    second = None
    if not acts_as(facts, Who.CONTACT):
        second = _second_officer(facts, number)
    return (
        IdentityUnmasked(
            request=number,
            purpose=wish.purpose,
            until=_end_of_day(facts),
            second_officer=second,
            text=wish.text or None,
        ),
    )


def ask_unmask(facts: Facts, wish: AskUnmask) -> tuple[Event, ...]:
    """Ask to look, to be decided as soon as anything that a holder asks for.

    Refuses `unknown_request`, `field_required`, `already_asked`.
    """
    number = _number(facts, wish.request)
    _check_words(wish.purpose, wish.text)
    if any(_waits(one, number, facts.by.code) for one in facts.case.unmaskings):
        raise Refusal(Code.ALREADY_ASKED)
    return (
        UnmaskingRequested(
            request=number,
            purpose=wish.purpose,
            due_at=_decided_by(facts),
            text=wish.text or None,
        ),
    )


def allow_unmask(facts: Facts, wish: AllowUnmask) -> tuple[Event, ...]:
    """Let another officer look, until the end of the body's day.

    Refuses `unknown_event`, and `decider_involved` to the officer who asked, in whatever post.
    """
    asked = _asked(facts, wish.asked_seq)
    until = _end_of_day(facts)
    return (UnmaskingAllowed(asked.seq, asked.request, officer=asked.by, until=until),)


def refuse_unmask(facts: Facts, wish: RefuseUnmask) -> tuple[Event, ...]:
    """Refuse it to another officer. Refuses what `allow_unmask` refuses."""
    asked = _asked(facts, wish.asked_seq)
    return (UnmaskingRefused(asked.seq, asked.request, officer=asked.by, text=wish.text),)


def unmasked_for(events: Iterable[Happened], officer: str, now: datetime) -> Mapping[int, datetime]:
    """Return the requests that this officer may see unmasked now, each with until when.

    Found in the history of the case, or in its events `identity_unmasked` alone.
    """
    found = {}
    for event in events:
        if event.type == UNMASKED and event.actor == Actor.officer(officer):
            until = _instant(event.fields["until"])
            if now < until:
                found[int(str(event.fields["request"]))] = until
    return found


def evolve(case: CaseState, recorded: Recorded) -> CaseState:
    """Return the case after an event of unmasking."""
    event = recorded.event
    match event:
        case UnmaskingRequested():
            one = Unmasking(
                seq=case.seq + 1,
                request=event.request,
                by=recorded.by.code,
                purpose=event.purpose,
                asked_at=recorded.occurred_at,
                due_at=event.due_at,
            )
            return replace(case, unmaskings=(*_current(case, recorded.occurred_at), one))
        case UnmaskingAllowed():
            allowed = tuple(
                replace(one, waits=False, second_officer=recorded.by.code, until=event.until)
                if one.seq == event.asked_seq
                else one
                for one in case.unmaskings
            )
            return replace(case, unmaskings=allowed)
        case UnmaskingRefused():
            left = tuple(one for one in case.unmaskings if one.seq != event.asked_seq)
            return replace(case, unmaskings=left)
        case _:
            return case


def _number(facts: Facts, named: int | None) -> int:
    """Return the request that is meant: nobody sent what an officer set."""
    number = 1 if named is None else named
    request = facts.case.request(number)
    if request is None or request.moved or facts.case.set_by:
        raise Refusal(Code.UNKNOWN_REQUEST, request=number)
    return number


def _check_words(purpose: str, text: str) -> None:
    if purpose == _IN_WORDS and not text:
        raise Refusal(Code.FIELD_REQUIRED, field="text")


def _second_officer(facts: Facts, number: int) -> str:
    for one in facts.case.unmaskings:
        if one.request == number and one.holds(facts.by.code, facts.now):
            return one.second_officer
    raise Refusal(Code.SECOND_OFFICER_REQUIRED)


def _asked(facts: Facts, seq: int) -> Unmasking:
    found = next((one for one in facts.case.unmaskings if one.seq == seq and one.waits), None)
    if found is None:
        raise Refusal(Code.UNKNOWN_EVENT, number=seq)
    four_eyes(found.by, facts.by)
    return found


def _waits(one: Unmasking, number: int, officer: str) -> bool:
    return one.waits and (one.request, one.by) == (number, officer)


def _current(case: CaseState, now: datetime) -> tuple[Unmasking, ...]:
    """Return what waits or still holds: what is over needs no place in the case."""
    return tuple(one for one in case.unmaskings if one.until is None or now < one.until)


def _decided_by(facts: Facts) -> datetime | None:
    """Return by when a second officer decides: as for whatever else is asked for."""
    span = facts.policy.clock(facts.case_class, ClockName.EXTENSION_DECISION)
    return None if span is None else end_of(span, facts.now, facts.calendar).at


def _end_of_day(facts: Facts) -> datetime:
    day = facts.directory.local_day(facts.now)
    return facts.directory.span_of(day)[1]


def _instant(value: object) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))

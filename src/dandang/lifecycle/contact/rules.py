"""Who may change how a requester is reached, and what becomes of it."""

from dataclasses import dataclass

from dandang.lifecycle.casework.rules.changes import change_request
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.contact import unmasking
from dandang.lifecycle.contact.events import (
    AccessCodeReplaced,
    ContactChanged,
    ContactErased,
    EarlierRequestsSeen,
    IdentityUnmasked,
    UnmaskingAllowed,
    UnmaskingRefused,
    UnmaskingRequested,
)
from dandang.lifecycle.intake.rules import Contact
from dandang.lifecycle.intake.rules import evolve as evolve_intake
from dandang.terms import ActorKind, Code, Event, Recorded, Refusal

_UNMASKING = (IdentityUnmasked, UnmaskingRequested, UnmaskingAllowed, UnmaskingRefused)


@dataclass(frozen=True, slots=True)
class ChangeContact:
    """The whole contact as it is to be. `request` names it for an officer, as in the other two.

    `checked` is how the officer made sure who asks.
    """

    name: str = ""
    phone: str = ""
    email: str = ""
    checked: str = ""
    request: int | None = None


@dataclass(frozen=True, slots=True)
class EraseContact:
    """Erase it: no more messages."""


@dataclass(frozen=True, slots=True)
class ReplaceCode:
    """Give out another access code."""

    checked: str = ""
    request: int | None = None


def change_contact(facts: Facts, wish: ChangeContact) -> tuple[Event, ...]:
    """Put another contact in the place of the one that is there.

    The facts name the digests of what was there. Refuses `unknown_request`, and `field_required`
    for an officer who does not say how it was checked who asks, and for nothing at all (that is
    erasing).
    """
    number = _number(facts, wish.request)
    checked = _checked(facts, wish.checked)
    contact = Contact(wish.name, wish.phone, wish.email)
    if contact == Contact():
        raise Refusal(Code.FIELD_REQUIRED, field="phone")
    return (
        ContactChanged(
            request=number,
            reachable=contact.reachable or _comes_to_the_page(facts),
            digests=facts.digests,
            name=contact.name or None,
            phone=contact.phone or None,
            email=contact.email or None,
            checked=checked,
        ),
    )


def erase_contact(facts: Facts, _wish: EraseContact) -> tuple[Event, ...]:
    """Erase the contact of the requester's own request.

    Refuses `unknown_request` and `nothing_to_erase`.
    """
    number = _number(facts, None)
    if not facts.digests:
        raise Refusal(Code.NOTHING_TO_ERASE)
    reachable = _comes_to_the_page(facts)
    return (ContactErased(request=number, reachable=reachable, digests=facts.digests),)


def replace_code(facts: Facts, wish: ReplaceCode) -> tuple[Event, ...]:
    """Say that the request has another access code from now on.

    Refuses `unknown_request`, and `field_required` for an officer who does not say how it was
    checked who asks.
    """
    number = _number(facts, wish.request)
    checked = _checked(facts, wish.checked)
    how = "officer" if facts.by.kind is ActorKind.OFFICER else "one_time_code"
    return (AccessCodeReplaced(request=number, how=how, checked=checked),)


def evolve(case: CaseState | None, recorded: Recorded) -> CaseState:
    """Return the case after an event of contacts or of a stage below."""
    event = recorded.event
    if case is not None and isinstance(event, ContactChanged | ContactErased):
        return change_request(case, event.request, reachable=event.reachable)
    if case is not None and isinstance(event, AccessCodeReplaced | EarlierRequestsSeen):
        return case
    if case is not None and isinstance(event, _UNMASKING):
        return unmasking.evolve(case, recorded)
    return evolve_intake(case, recorded)


def _number(facts: Facts, named: int | None) -> int:
    """Return the request that is meant: nobody sent what an officer set."""
    number = facts.request_number
    if number is None:
        number = 1 if named is None else named
    request = facts.case.request(number)
    if request is None or request.moved or facts.case.set_by:
        raise Refusal(Code.UNKNOWN_REQUEST, request=number)
    return number


def _checked(facts: Facts, said: str) -> str | None:
    if facts.by.kind is not ActorKind.OFFICER:
        return None
    if not said:
        raise Refusal(Code.FIELD_REQUIRED, field="checked")
    return said


def _comes_to_the_page(facts: Facts) -> bool:
    """Say whether the sender can be asked there: who acts on the web and has a code to come back.

    An officer who writes down a contact knows of that contact alone.
    """
    return facts.by.kind is ActorKind.REQUESTER and facts.has_code

"""How much an officer sees of who sent a request: the one place where a contact is shown."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.shared.origins import written_by
from dandang.interfaces.shared.words.fields import CHOICES, field
from dandang.interfaces.shared.words.times import moment
from dandang.ledger.queries import StoredEvent
from dandang.lifecycle.casework.rules.particulars import Unmasking
from dandang.lifecycle.casework.rules.permit import acting_post
from dandang.lifecycle.contact.masking import masked
from dandang.lifecycle.contact.queries import CONTACT, PROXY
from dandang.lifecycle.contact.sight import Sight, sight
from dandang.lifecycle.contact.unmasking import unmasked_for
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import VERBS
from dandang.lifecycle.verbs.contact import PURPOSES

History = Sequence[tuple[StoredEvent, Mapping[str, object]]]

TELLING = (*CONTACT, *PROXY)
"""The values that tell who somebody is, or how to reach them."""

_MOST = 5
"""Of how many requests the contact stands on the page of a case; the others show one by one."""


@dataclass(frozen=True, slots=True)
class Contact:
    """The contact of one request: label and value, in full until `until`, else masked.

    `until` is "" where it is masked. `values` are empty where none was left.
    """

    number: int
    values: tuple[tuple[str, str], ...]
    until: str


@dataclass(frozen=True, slots=True)
class Contacts:
    """The contacts of a case for one officer.

    `is_hidden`: not even masked ones. `act` is what the officer can do to see more (`unmask` or
    `ask-unmask`), "" where nothing. `is_asked`: the officer asked and waits for an answer, until
    `answered_by` where that has a time.
    """

    reference: str
    seen_seq: int
    contacts: tuple[Contact, ...]
    is_hidden: bool
    act: str
    is_asked: bool
    answered_by: str
    allowed_until: str
    purposes: tuple[tuple[str, str], ...]

    @property
    def is_several(self) -> bool:
        """Whether the case answers to more than one request."""
        return len(self.contacts) > 1


def contact_shown(opened: OpenCase, history: History) -> Contacts:
    """Return who sent the requests of a case, masked but for what this officer unmasked today.

    Whose work it is not to reach requesters sees nothing at all, nor does anybody where the
    complaint is about a unit, before a second officer allowed it.
    """
    facts = opened.facts
    unmasked = unmasked_for((event for event, _ in history), facts.by.code, facts.now)
    sees_masked = sees_masked_contact(opened)
    asked = [one for one in facts.case.unmaskings if one.waits and one.by == facts.by.code]
    shown = [
        Contact(
            number=number,
            values=tuple(_values(written_by(number, history), is_masked=number not in unmasked)),
            until=moment(unmasked[number], facts.now) if number in unmasked else "",
        )
        for number in _numbers(opened, unmasked)
        if sees_masked or number in unmasked
    ]
    return Contacts(
        reference=opened.view.case_reference,
        seen_seq=facts.case.seq,
        contacts=tuple(shown),
        is_hidden=not sees_masked and not shown,
        act="" if opened.view.state.set_by else _act(opened),
        is_asked=bool(asked),
        answered_by=_answered_by(asked, facts.now),
        allowed_until=_allowed_until(opened),
        purposes=tuple((one, str(CHOICES["purpose"][one])) for one in PURPOSES),
    )


def sees_masked_contact(opened: OpenCase) -> bool:
    """Say whether this officer sees contacts masked: whose work it is to reach requesters."""
    return sight("name", opened.facts) is Sight.MASKED


def without_contact(values: Mapping[str, object]) -> dict[str, object]:
    """Return the values of an event without those that tell who somebody is."""
    return {name: value for name, value in values.items() if name not in (*TELLING, "checked")}


def _numbers(opened: OpenCase, unmasked: Collection[int]) -> list[int]:
    found = [one.number for one in opened.view.state.requests if not one.moved]
    return [number for place, number in enumerate(found) if place < _MOST or number in unmasked]


def _values(written: Mapping[str, object], *, is_masked: bool) -> Iterator[tuple[str, str]]:
    telling = {name: written[name] for name in TELLING if written.get(name)}
    for name, value in (masked(telling) if is_masked else telling).items():
        yield field(name), str(value)


def _act(opened: OpenCase) -> str:
    if opened.view.state.state is State.MERGED:
        return ""
    for verb in ("unmask", "ask-unmask"):
        if acting_post(opened.facts, VERBS[verb]) is not None:
            return verb
    return ""


def _answered_by(asked: Iterable[Unmasking], now: datetime) -> str:
    found = [one.due_at for one in asked if one.due_at is not None and not one.missed]
    return moment(min(found), now) if found else ""


def _allowed_until(opened: OpenCase) -> str:
    facts = opened.facts
    found = [
        one.until
        for one in facts.case.unmaskings
        if one.until is not None and one.holds(facts.by.code, facts.now)
    ]
    return moment(max(found), facts.now) if found else ""

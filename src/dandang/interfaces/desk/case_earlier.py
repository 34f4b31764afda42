"""Earlier requests of the same sender on the page of a case.

They are listed only for an officer who looked today, with a purpose that is recorded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.shared.words.cases import STATES, word
from dandang.interfaces.shared.words.fields import CHOICES
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import date_stamp, moment
from dandang.ledger.queries import StoredEvent
from dandang.lifecycle.casework.rules.permit import acting_post, may_read
from dandang.lifecycle.contact.earlier import seen_by
from dandang.lifecycle.contact.earlier_requests import EarlierRequest, earlier_requests
from dandang.lifecycle.verbs import VERBS
from dandang.lifecycle.verbs.contact import EARLIER_PURPOSES

History = Sequence[tuple[StoredEvent, Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier request in words."""

    reference: str
    sent: str
    category: str
    state: str
    holder: str


@dataclass(frozen=True, slots=True)
class OfSender:
    """What the sender of one request sent before; `until` is "" where it was not asked for."""

    number: int
    until: str
    requests: tuple[Before, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What there is of earlier requests for this officer; empty where nobody may know."""

    senders: tuple[OfSender, ...] = ()
    purposes: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.senders)


def earlier_of(opened: OpenCase, history: History) -> Earlier:
    """Return the earlier requests of the senders of a case, without cases closed to the officer."""
    facts = opened.facts
    if facts.case.set_by or acting_post(facts, VERBS["see-earlier"]) is None:
        return Earlier()
    seen = seen_by((event for event, _ in history), facts.by.code, facts.now)
    found = {
        number: [one for one in requests if _may_know(one, opened)]
        for number, requests in earlier_requests(opened.view.stream).items()
    }
    return Earlier(
        senders=tuple(
            OfSender(
                number=number,
                until=moment(seen[number], facts.now) if number in seen else "",
                requests=tuple(_before(one, opened) for one in requests if number in seen),
            )
            for number, requests in found.items()
            if requests
        ),
        purposes=tuple((one, str(CHOICES["purpose"][one])) for one in EARLIER_PURPOSES),
    )


def _may_know(one: EarlierRequest, opened: OpenCase) -> bool:
    return may_read(replace(opened.facts, case=one.case, kin_units=frozenset()))


def _before(one: EarlierRequest, opened: OpenCase) -> Before:
    names = Names(opened.facts.directory, opened.facts.policy)
    return Before(
        reference=one.reference,
        sent=date_stamp(one.sent_at),
        category=names.category(one.case.category),
        state=word(STATES, one.case.state),
        holder=names.unit(one.case.holder_unit),
    )

"""Where people are reached, read at the moment of need: requesters' contacts, officers' addresses.

A requester's phone and e-mail stand in the erasable rows of the ledger alone. A request that came
from another case left them there; it is followed back to where it came in.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from dandang.ledger import base64url
from dandang.ledger.queries import events_of, personal_of
from dandang.lifecycle.casework.models import Request
from dandang.notifications.channels import Contact
from dandang.notifications.models import Address
from dandang.notifications.rules.notices import Kind, Recipient

_CONTACT = ("phone", "email")
_FARTHEST = 20


@dataclass(frozen=True, slots=True)
class Reached:
    """A person's contact, and the language they read ("" for the body's own)."""

    contact: Contact
    language: str = ""


def reached(recipients: Iterable[Recipient]) -> dict[Recipient, Reached]:
    """Return where each of these people is reached; unknown ones nowhere."""
    wanted = set(recipients)
    officers = {one.code for one in wanted if one.kind is Kind.OFFICER}
    references = {one.code for one in wanted if one.kind is Kind.REQUESTER}
    found = {Recipient(Kind.OFFICER, code): one for code, one in _officers(officers).items()}
    for reference, contact in _requesters(references).items():
        found[Recipient(Kind.REQUESTER, reference)] = Reached(contact)
    return {one: found.get(one, Reached(Contact())) for one in wanted}


def _officers(codes: set[str]) -> dict[str, Reached]:
    """Return the addresses of officers, by code. One query."""
    kept: dict[str, dict[str, str]] = {}
    languages: dict[str, str] = {}
    for row in Address.objects.filter(officer__in=codes).order_by("channel"):
        kept.setdefault(row.officer, {})[row.channel] = row.address
        languages[row.officer] = languages.get(row.officer) or row.language
    return {
        code: Reached(Contact(addresses=addresses), languages[code])
        for code, addresses in kept.items()
    }


def _requesters(references: set[str]) -> dict[str, Contact]:
    """Return the contacts of requests, by reference. Three queries, more for those that moved."""
    events = opening_events(references)
    personal = personal_of([*events.values()], _CONTACT)
    contacts = {}
    for reference, event in events.items():
        values = personal.get(event, {})
        phone, email = (str(values.get(name) or "") for name in _CONTACT)
        contacts[reference] = Contact(phone, email)
    return contacts


def opening_events(references: Iterable[str]) -> dict[str, int]:
    """Return the events in whose erasable rows the words and contacts of requests stand."""
    rows = Request.objects.select_related("case").filter(reference__in=set(references))
    came_in = came_in_first({row.reference: row for row in rows})
    events = _event_ids(came_in.values())
    return {reference: events[row.pk] for reference, row in came_in.items() if row.pk in events}


def came_in_first(rows: Mapping[str, Request]) -> dict[str, Request]:
    """Return the requests where they came in first: their words, contacts and references are there.

    One query for each step of the longest way, whatever the number of requests.
    """
    found = dict(rows)
    for _ in range(_FARTHEST):
        moved = {reference: row for reference, row in found.items() if row.from_case}
        before = _before(moved.values())
        steps = {
            reference: before[_place(row)]
            for reference, row in moved.items()
            if _place(row) in before
        }
        if not steps:
            break
        found |= steps
    return found


def _before(rows: Collection[Request]) -> dict[tuple[bytes, int], Request]:
    """Return the requests from which these went on, by ledger stream and number. One query."""
    if not rows:
        return {}
    streams, numbers = zip(*map(_place, rows), strict=True)
    candidates = Request.objects.select_related("case").filter(
        case__stream__in=set(streams), number__in=set(numbers)
    )
    return {(bytes(one.case.stream), one.number): one for one in candidates}


def _place(row: Request) -> tuple[bytes, int]:
    return base64url.decode(row.from_case), row.from_request


def _event_ids(rows: Iterable[Request]) -> Mapping[int, int]:
    """Return the event with which each request came in, by the request's key."""
    found: dict[int, int] = {}
    attached: dict[bytes, dict[int, int]] = {}
    for row in rows:
        if row.number == 1:
            found[row.pk] = row.case.opening_event
            continue
        stream = bytes(row.case.stream)
        if stream not in attached:
            attached[stream] = {
                int(str(event.fields["request"])): event.event_id
                for event in events_of(stream)
                if event.type == "request_attached"
            }
        if row.number in attached[stream]:
            found[row.pk] = attached[stream][row.number]
    return found

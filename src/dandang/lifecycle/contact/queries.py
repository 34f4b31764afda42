"""Where the contact of a request stands: asked of the ledger at the moment of need. Read only.

A contact stands in the erasable rows of the ledger alone: in those of the event with which the
request came in, or of the last one that changed it, wherever the request was then.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from dandang.ledger import base64url
from dandang.ledger.disclosures import Value
from dandang.ledger.queries import StoredEvent, events_of_types, personal_of
from dandang.lifecycle.casework.models import Request

CONTACT = ("name", "phone", "email")
PROXY = ("proxy_name", "proxy_relation")
"""Who spoke for the requester when the request came in."""
CONTACT_EVENTS = ("contact_changed", "contact_erased")
"""Events after which a contact is another one, or none."""

_ATTACHED = "request_attached"
_FARTHEST = 20

_Place = tuple[bytes, int]
"""The ledger stream of a case, and the number that a request has in it."""


def contacts_of(references: Iterable[str]) -> dict[str, dict[str, Value]]:
    """Return name, phone and e-mail of requests as they are now, as far as they are there.

    By reference; unknown ones are left out. Five queries, more for those that moved.
    """
    newest = {reference: events[-1] for reference, events in contact_events(references).items()}
    personal = personal_of([*newest.values()], CONTACT)
    return {reference: personal.get(event, {}) for reference, event in newest.items()}


def contact_events(references: Iterable[str]) -> dict[str, list[int]]:
    """Return the numbers of the events that a contact stands or stood in, oldest first.

    The first one is that with which the request came in. By reference.
    """
    found = {}
    for reference, (first, later) in _told_of(references).items():
        if first is not None:
            found[reference] = [first, *(event.event_id for event in later)]
    return found


def last_change(reference: str) -> datetime | None:
    """Return when a contact was changed or erased last; None where it is the one left at first."""
    _, later = _told_of([reference]).get(reference, (None, []))
    return later[-1].occurred_at if later else None


def _told_of(references: Iterable[str]) -> dict[str, tuple[int | None, list[StoredEvent]]]:
    """Return the event that each request came in with, and those that changed its contact."""
    rows = Request.objects.select_related("case").filter(reference__in=set(references))
    came_in = came_in_first({row.reference: row for row in rows})
    places = _everywhere(came_in)
    streams = {stream for found in places.values() for stream, _ in found}
    told: dict[_Place, list[StoredEvent]] = defaultdict(list)
    attached: dict[_Place, int] = {}
    for event in events_of_types(list(streams), (*CONTACT_EVENTS, _ATTACHED)):
        if event.type == _ATTACHED:
            attached[_about(event)] = event.event_id
        else:
            told[_about(event)].append(event)
    found = {}
    for reference, row in came_in.items():
        first = row.case.opening_event if row.number == 1 else attached.get(_here(row))
        later = [event for place in places[reference] for event in told[place]]
        found[reference] = first, sorted(later, key=lambda event: event.event_id)
    return found


def came_in_first(rows: Mapping[str, Request]) -> dict[str, Request]:
    """Return the requests where they came in first: their words and references are there.

    One query for each step of the longest way, whatever the number of requests.
    """
    found = dict(rows)
    for _ in range(_FARTHEST):
        moved = {reference: row for reference, row in found.items() if row.from_case}
        before = _standing_at({_came_from(row) for row in moved.values()})
        steps = {
            reference: before[_came_from(row)]
            for reference, row in moved.items()
            if _came_from(row) in before
        }
        if not steps:
            break
        found |= steps
    return found


def _standing_at(places: Collection[_Place]) -> dict[_Place, Request]:
    """Return the requests that have these places. One query."""
    if not places:
        return {}
    streams, numbers = zip(*places, strict=True)
    candidates = Request.objects.select_related("case").filter(
        case__stream__in=set(streams), number__in=set(numbers)
    )
    return {_here(one): one for one in candidates}


def _everywhere(came_in: Mapping[str, Request]) -> dict[str, set[_Place]]:
    """Return all places where requests were, from where they came in on.

    A query, and one for each step of the longest way, whatever the number of requests.
    """
    found = {reference: {_here(row)} for reference, row in came_in.items()}
    owners: dict[_Place, set[str]] = defaultdict(set)
    for reference, row in came_in.items():
        owners[_here(row)].add(reference)
    reached = set(owners)
    for _ in range(_FARTHEST):
        reached = _next(reached, owners, found)
        if not reached:
            break
    return found


def _next(
    places: Collection[_Place],
    owners: dict[_Place, set[str]],
    found: dict[str, set[_Place]],
) -> set[_Place]:
    """Note where requests went on from these places, and return where that is."""
    if not places:
        return set()
    tags = {base64url.encode(stream) for stream, _ in places}
    rows = Request.objects.select_related("case").filter(
        from_case__in=tags, from_request__in={number for _, number in places}
    )
    new: set[_Place] = set()
    for row in rows:
        here = _here(row)
        for reference in owners.get(_came_from(row), ()):
            if here not in found[reference]:
                found[reference].add(here)
                owners[here].add(reference)
                new.add(here)
    return new


def _here(row: Request) -> _Place:
    return bytes(row.case.stream), row.number


def _came_from(row: Request) -> _Place:
    return base64url.decode(row.from_case), row.from_request


def _about(event: StoredEvent) -> _Place:
    return event.stream, int(str(event.fields["request"]))

"""What the sender of a request wrote, wherever the request came in before cases were joined."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from dandang.ledger import base64url
from dandang.lifecycle.casework.queries import history
from dandang.lifecycle.contact.queries import CONTACT, CONTACT_EVENTS


class _Event(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def fields(self) -> Mapping[str, object]: ...


Written = Mapping[str, object]
Events = Sequence[tuple[_Event, Written]]


def written_by(number: int, events: Events) -> Written:
    """Return what the sender of request `number` of a case wrote; empty where it was erased.

    The contact is the one there is now. A request that came from another case, or goes on in a
    case of its own, was written there: two queries for each step back.
    """
    event, personal = _coming(number, events)
    fields = event.fields
    if fields.get("parent_request"):
        came_from, number_there = str(fields["parent"]), _number(fields["parent_request"])
        personal = written_by(number_there, history(base64url.decode(came_from)))
    elif fields.get("from_case"):
        came_from, number_there = str(fields["from_case"]), _number(fields["from_request"])
        personal = written_by(number_there, history(base64url.decode(came_from)))
    for later, values in events:
        if later.type in CONTACT_EVENTS and later.fields.get("request") == number:
            personal = _with_contact(personal, values)
    return personal


def _with_contact(personal: Written, values: Written) -> Written:
    """Return what was written with another contact in the place of the one there was."""
    rest = {name: value for name, value in personal.items() if name not in CONTACT}
    return rest | {name: values[name] for name in CONTACT if name in values}


def _coming(number: int, events: Events) -> tuple[_Event, Written]:
    """Return the event with which a request came into the case; the first one opened it."""
    for event, personal in events:
        if event.type == "request_attached" and event.fields.get("request") == number:
            return event, personal
    return events[0]


def _number(value: object) -> int:
    return int(str(value))

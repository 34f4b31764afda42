"""What the sender of a request wrote, wherever the request came in before cases were joined."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from dandang.ledger import base64url
from dandang.lifecycle.casework.queries import history


class _Event(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def fields(self) -> Mapping[str, object]: ...


Written = Mapping[str, object]
Events = Sequence[tuple[_Event, Written]]


def written_by(number: int, events: Events) -> Written:
    """Return what the sender of request `number` of a case wrote; empty where it was erased.

    A request that came from another case, or goes on in a case of its own, was written there:
    two queries for each step back.
    """
    event, personal = _coming(number, events)
    fields = event.fields
    if fields.get("parent_request"):
        came_from, number_there = str(fields["parent"]), _number(fields["parent_request"])
    elif fields.get("from_case"):
        came_from, number_there = str(fields["from_case"]), _number(fields["from_request"])
    else:
        return personal
    return written_by(number_there, history(base64url.decode(came_from)))


def _coming(number: int, events: Events) -> tuple[_Event, Written]:
    """Return the event with which a request came into the case; the first one opened it."""
    for event, personal in events:
        if event.type == "request_attached" and event.fields.get("request") == number:
            return event, personal
    return events[0]


def _number(value: object) -> int:
    return int(str(value))

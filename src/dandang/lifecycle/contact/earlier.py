"""Who may look at the earlier requests of a requester, why, and until when: rules. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.contact.events import EarlierRequestsSeen
from dandang.lifecycle.contact.unmasking import Happened
from dandang.terms import Actor, Code, Event, Refusal

SEEN = "earlier_requests_seen"
_IN_WORDS = "other"


@dataclass(frozen=True, slots=True)
class SeeEarlier:
    """Look at what the sender of a request sent before, for a purpose."""

    purpose: str
    request: int | None = None
    text: str = ""


def see_earlier(facts: Facts, wish: SeeEarlier) -> tuple[Event, ...]:
    """Look at the earlier requests, until the end of the body's day.

    Refuses `unknown_request` and `field_required` (words for another purpose).
    """
    number = 1 if wish.request is None else wish.request
    request = facts.case.request(number)
    if request is None or request.moved or facts.case.set_by:
        raise Refusal(Code.UNKNOWN_REQUEST, request=number)
    if wish.purpose == _IN_WORDS and not wish.text:
        raise Refusal(Code.FIELD_REQUIRED, field="text")
    until = facts.directory.span_of(facts.directory.local_day(facts.now))[1]
    return (EarlierRequestsSeen(number, wish.purpose, until, wish.text or None),)


def seen_by(events: Iterable[Happened], officer: str, now: datetime) -> Mapping[int, datetime]:
    """Return of which requests this officer may see the earlier ones now, each with until when.

    Found in the history of the case.
    """
    found = {}
    for event in events:
        if event.type == SEEN and event.actor == Actor.officer(officer):
            until = datetime.fromisoformat(str(event.fields["until"]))
            if now < until:
                found[int(str(event.fields["request"]))] = until
    return found

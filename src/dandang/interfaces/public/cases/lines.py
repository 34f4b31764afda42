"""The timeline of a case for everybody: units and posts, deadlines and states, nobody's words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dandang.interfaces.shared.timeline import is_of_contact, is_of_objection
from dandang.interfaces.shared.words.events import event_line
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.ledger.queries import StoredEvent
from dandang.publication.cases.events import PUBLIC_EVENTS
from dandang.terms import ActorKind

_INSTEAD: Mapping[str, str | Promise] = {
    "concluded": gettext_lazy("Concluded by law"),
    "legal_route_entered": gettext_lazy("On the legal route"),
    "other_body_asked": gettext_lazy("Another body was asked for something"),
    "recused": gettext_lazy("Passed to another post"),
    "request_attached": gettext_lazy("Another request about the same matter joined"),
    "imported": gettext_lazy("Taken over from another system"),
    "text_published": gettext_lazy("Shown publicly, as you read it here"),
}
"""Where the words for officers say more than everybody has to know."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline."""

    at: datetime
    when: str
    who: str
    what: str
    reason: str


def public_lines(events: Iterable[StoredEvent], names: Names, now: datetime) -> list[Line]:
    """Return what everybody may know of what happened, newest first."""
    found = [
        _line(event, names, now)
        for event in events
        if event.type in PUBLIC_EVENTS and not is_of_objection(event) and not is_of_contact(event)
    ]
    return found[::-1]


def _line(event: StoredEvent, names: Names, now: datetime) -> Line:
    reason = event.fields.get("reason")
    words = _INSTEAD.get(event.type)
    return Line(
        at=event.occurred_at,
        when=moment(event.occurred_at, now),
        who=_who(event, names),
        what=event_line(event.type, event.fields, names) if words is None else str(words),
        reason=names.reason(str(reason)) if reason else "",
    )


def _who(event: StoredEvent, names: Names) -> str:
    if event.actor.kind is ActorKind.REQUESTER:
        return _("A requester")
    if event.actor.kind is ActorKind.IMPORT:
        return _("Another system")
    return names.post_with_unit(event.post) if event.post else _("The system")

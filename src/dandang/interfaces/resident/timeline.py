"""The timeline of a case as a requester sees it: every event, but nobody else's words or name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dandang.interfaces.resident.pages import Entry
from dandang.interfaces.shared.words.events import event_line
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.ledger.queries import StoredEvent
from dandang.terms import Actor, ActorKind

History = Sequence[tuple[StoredEvent, Mapping[str, object]]]

SHOWN_TEXTS: Mapping[str, tuple[str, ...]] = {
    "handed_over": ("text",),
    "returned": ("text",),
    "dispute_decided": ("text",),
    "question_asked": ("missing", "text"),
    "requester_contacted": ("text",),
    "note_added": ("text",),
    "reply_sent": ("text",),
    "resolution_proposed": ("text",),
    "explained": ("text", "basis"),
    "declined": ("text", "basis", "alternative"),
    "concluded": ("text",),
    "reopened": ("text",),
    "promise_made": ("text",),
    "legal_route_entered": ("text",),
    "legal_route_updated": ("text",),
    "appeal_decided": ("text",),
}
"""The texts of officers that requesters may read, by event. All others stay inside."""

OWN_TEXTS: Mapping[str, tuple[str, ...]] = {
    "request_attached": ("text",),
    "question_answered": ("text",),
    "note_added": ("text",),
    "judged": ("text",),
    "reopened": ("text",),
    "withdrawn": ("text",),
    "appeal_opened": ("text",),
}
"""What requesters wrote themselves: shown to the writer alone."""

HIDDEN = frozenset({"objection_filed", "objection_answered", "conflict_declared"})
"""Events about officers that protect them; they do not move the case."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: the sender of this request of the case, now."""

    request_number: int
    names: Names
    now: datetime

    @property
    def actor(self) -> Actor:
        """The reader as the ledger names them."""
        return Actor.requester(self.request_number)


def timeline(history: History, reader: Reader) -> tuple[Entry, ...]:
    """Return what the reader may see of a history, newest first."""
    return tuple(
        _entry(event, personal, reader) for event, personal in reversed(history) if _is_shown(event)
    )


def _is_shown(event: StoredEvent) -> bool:
    return event.type not in HIDDEN and not event.fields.get("internal")


def _entry(event: StoredEvent, personal: Mapping[str, object], reader: Reader) -> Entry:
    reason = event.fields.get("reason")
    return Entry(
        at=event.occurred_at,
        when=moment(event.occurred_at, reader.now),
        who=_who(event, reader),
        what=event_line(event.type, event.fields, reader.names),
        reason=reader.names.reason(str(reason)) if reason else "",
        texts=tuple(_texts(event, personal, reader)),
        is_mine=event.actor == reader.actor,
    )


def _who(event: StoredEvent, reader: Reader) -> str:
    if event.actor == reader.actor:
        return _("You")
    if event.actor.kind is ActorKind.REQUESTER:
        return _("Another requester")
    if event.actor.kind is ActorKind.IMPORT:
        return _("Another system")
    return reader.names.post_with_unit(event.post) if event.post else _("The system")


def _texts(event: StoredEvent, personal: Mapping[str, object], reader: Reader) -> list[str]:
    if event.actor.kind is ActorKind.REQUESTER:
        names = OWN_TEXTS.get(event.type, ()) if event.actor == reader.actor else ()
    else:
        names = SHOWN_TEXTS.get(event.type, ())
    if event.type == "judged" and event.fields.get("request") == reader.request_number:
        names = OWN_TEXTS["judged"]  # collected on the phone, in the requester's own words
    values = {**event.fields, **personal}
    return [str(values[name]) for name in names if values.get(name)]

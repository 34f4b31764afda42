"""The timeline of a case as a requester sees it: every event, but nobody else's words or name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from dandang.interfaces.shared.words.events import event_line
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.terms import Actor, ActorKind, Recorded


class Happened(Protocol):
    """An event, from the ledger or only imagined: what a line of the timeline needs of it."""

    @property
    def type(self) -> str: ...
    @property
    def fields(self) -> Mapping[str, object]: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def occurred_at(self) -> datetime: ...
    @property
    def post(self) -> str: ...


History = Sequence[tuple[Happened, Mapping[str, object]]]

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
class Entry:
    """One line of the timeline. `is_mine` marks what the reader did."""

    at: datetime
    when: str
    who: str
    what: str
    reason: str = ""
    texts: tuple[str, ...] = ()
    is_mine: bool = False


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


def entries_of(records: Iterable[Recorded], reader: Reader) -> tuple[Entry, ...]:
    """Return what the reader would see of events that are not in the ledger, newest first."""
    return timeline([(_Imagined.of(one), {}) for one in records], reader)


@dataclass(frozen=True, slots=True)
class _Imagined:
    type: str
    fields: Mapping[str, object]
    actor: Actor
    occurred_at: datetime
    post: str

    @classmethod
    def of(cls, record: Recorded) -> "_Imagined":
        event = record.event
        return cls(event.type_name(), event.to_fields(), record.by, record.occurred_at, record.post)


def _is_shown(event: Happened) -> bool:
    return event.type not in HIDDEN and not event.fields.get("internal")


def _entry(event: Happened, personal: Mapping[str, object], reader: Reader) -> Entry:
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


def _who(event: Happened, reader: Reader) -> str:
    if event.actor == reader.actor:
        return _("You")
    if event.actor.kind is ActorKind.REQUESTER:
        return _("Another requester")
    if event.actor.kind is ActorKind.IMPORT:
        return _("Another system")
    return reader.names.post_with_unit(event.post) if event.post else _("The system")


def _texts(event: Happened, personal: Mapping[str, object], reader: Reader) -> list[str]:
    if event.actor.kind is ActorKind.REQUESTER:
        names = OWN_TEXTS.get(event.type, ()) if event.actor == reader.actor else ()
    else:
        names = SHOWN_TEXTS.get(event.type, ())
    if event.type == "judged" and event.fields.get("request") == reader.request_number:
        names = OWN_TEXTS["judged"]  # collected on the phone, in the requester's own words
    values = {**event.fields, **personal}
    return [str(values[name]) for name in names if values.get(name)]

"""The timeline of a case as a requester sees it: every event, but nobody else's words or name."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from dandang.interfaces.shared.words.events import line_to_requester
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.files.queries import ListedFile, files_in
from dandang.policy import ClockName
from dandang.terms import Actor, ActorKind, Recorded


class Happened(Protocol):
    """An event, from the ledger or only imagined: what a line of the timeline needs of it."""

    @property
    def seq(self) -> int: ...
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
    "corrected": ("wrong", "text"),
    "objection_answered": ("text",),
    "other_body_asked": ("text",),
}
"""The texts of officers that requesters may read, by event. All others stay inside."""

OWN_TEXTS: Mapping[str, tuple[str, ...]] = {
    "request_attached": ("text",),
    "question_answered": ("text",),
    "note_added": ("text",),
    "judged": ("text",),
    "rated": ("text",),
    "escalation_asked": ("text",),
    "looked_back": ("text",),
    "reopened": ("text",),
    "withdrawn": ("text",),
    "appeal_opened": ("text",),
    "objection_filed": ("text",),
}
"""What requesters wrote themselves: shown to the writer alone."""

_TAKEN_DOWN = frozenset({"judged", "rated", "looked_back", "question_answered", "note_added"})

HIDDEN = frozenset(
    {
        *("objection_filed", "objection_answered", "conflict_declared"),
        *("unmasking_requested", "unmasking_allowed", "unmasking_refused"),
        *("stall_explained", "support_requested", "support_decided"),
        "sample_judged",
    }
)
"""Events about officers that protect them, or look at their work; they do not move the case.

A requester's own objection is shown to that requester, with its answer.
"""


OF_ONE_ALONE = frozenset(
    {
        *("contact_changed", "contact_erased", "access_code_replaced", "rated"),
        *("identity_unmasked", "earlier_requests_seen"),
    }
)
"""Events about one request that are nothing to the senders of the others."""


_AFTER_ALL = 2**31
"""The number of the first event that is only imagined: it would come after every one there is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline. `is_mine` marks what the reader did."""

    at: datetime
    when: str
    who: str
    what: str
    reason: str = ""
    texts: tuple[str, ...] = ()
    files: tuple[ListedFile, ...] = ()
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

    def own(self, history: History) -> Collection[int]:
        """Return the numbers of the events that are the reader's doing.

        A case for one of several requesters begins with what they did as a sender in another one.
        """
        first, _ = history[0]
        begins = (first.actor, first.occurred_at) if first.fields.get("parent_request") else None
        return {
            event.seq
            for event, _ in history
            if event.actor == self.actor
            or (self.request_number == 1 and (event.actor, event.occurred_at) == begins)
        }

    def joined(self, history: History) -> int:
        """Return the number of the event with which the reader came to the case; 0 for the first.

        What officers wrote before was written to others: anybody may join a public matter.
        """
        return max(
            (
                event.seq
                for event, _ in history
                if event.type == "request_attached"
                and event.fields.get("request") == self.request_number
            ),
            default=0,
        )


def timeline(history: History, reader: Reader) -> tuple[Entry, ...]:
    """Return what the reader may see of a history, newest first."""
    own = reader.own(history) if history else ()
    joined = reader.joined(history)
    objected = any(event.type == "objection_filed" and event.seq in own for event, _ in history)
    open_to_all = {
        event.seq for event, _ in history if event.seq >= joined and _is_read_by_requesters(event)
    }
    return tuple(
        _entry(
            event,
            personal if _has_texts(event, open_to_all) else {},
            reader,
            is_mine=event.seq in own,
            was_there=event.seq >= joined,
        )
        for event, personal in reversed(history)
        if _is_shown(event, own, reader.request_number)
        and (objected or not is_of_objection(event))
        and not is_of_contact(event)
    )


def whole_timeline(parts: Sequence[tuple[History, Reader]]) -> tuple[Entry, ...]:
    """Return what the reader may see of a request that was in several cases, newest first.

    `parts` are in the order in which the request came to them, each with the reader's number
    there; of the earlier ones the history ends where the request left.
    """
    *before, (history, reader) = parts
    entries = list(timeline(history, reader))
    for earlier, reader_there in reversed(before):
        entries += timeline(_until_it_left(earlier, reader_there), reader_there)
    return tuple(sorted(entries, key=lambda entry: entry.at, reverse=True))


def _until_it_left(history: History, reader: Reader) -> History:
    left = [
        number
        for number, (event, _) in enumerate(history)
        if event.type == "merged"
        or (event.type == "split" and event.fields.get("request") == reader.request_number)
    ]
    return history[: left[-1] + 1] if left else history


def entries_of(records: Iterable[Recorded], reader: Reader) -> tuple[Entry, ...]:
    """Return what the reader would see of events that are not in the ledger, newest first."""
    imagined = (_Imagined.of(one, seq) for seq, one in enumerate(records, _AFTER_ALL))
    return timeline([(one, {}) for one in imagined], reader)


@dataclass(frozen=True, slots=True)
class _Imagined:
    seq: int
    type: str
    fields: Mapping[str, object]
    actor: Actor
    occurred_at: datetime
    post: str

    @classmethod
    def of(cls, record: Recorded, seq: int) -> "_Imagined":
        event = record.event
        return cls(
            seq, event.type_name(), event.to_fields(), record.by, record.occurred_at, record.post
        )


def _is_shown(event: Happened, own: Collection[int], number: int) -> bool:
    if event.type in OF_ONE_ALONE:
        return event.fields.get("request") == number
    if event.type == "objection_answered":
        return event.fields.get("objection_seq") in own
    if event.type in HIDDEN:
        return event.seq in own
    if event.type == "look_back_asked":
        return bool(event.fields.get("drawn"))
    goes_on = event.type == "case_opened" and event.fields.get("parent_request")
    return not event.fields.get("internal") and not goes_on


def open_to_requesters(history: History) -> frozenset[int]:
    """Return the numbers of the events whose texts, written by officers, requesters may read.

    Those of others than the one who joined later, that is; a correction where what it corrects is,
    and the answer to an objection where a requester objected.
    """
    found: set[int] = set()
    objected: set[int] = set()
    for event, _personal in history:
        if event.type == "objection_filed" and event.actor.kind is ActorKind.REQUESTER:
            objected.add(event.seq)
        answers = event.type != "objection_answered" or event.fields["objection_seq"] in objected
        if _is_read_by_requesters(event) and answers and _has_texts(event, found):
            found.add(event.seq)
    return frozenset(found)


def is_of_objection(event: Happened) -> bool:
    """Say whether an event tells that an objection was not answered in time.

    Of an officer's it would tell that there is one.
    """
    return event.type == "deadline_missed" and (
        event.fields.get("clock") == ClockName.OBJECTION_ANSWER
    )


def is_of_contact(event: Happened) -> bool:
    """Say whether an event tells that an officer waits for an answer who asked to see a contact."""
    about = event.fields.get("clock" if event.type == "deadline_missed" else "step")
    return about == ClockName.UNMASKING_DECISION


def _is_read_by_requesters(event: Happened) -> bool:
    return event.type in SHOWN_TEXTS and not event.fields.get("internal")


def _has_texts(event: Happened, open_to_all: Collection[int]) -> bool:
    """Say whether the texts of an event are shown; a correction is, where what it corrects was."""
    return event.type != "corrected" or event.fields.get("corrects_seq") in open_to_all


def _entry(
    event: Happened,
    personal: Mapping[str, object],
    reader: Reader,
    *,
    is_mine: bool,
    was_there: bool,
) -> Entry:
    reason = event.fields.get("reason")
    is_own = event.fields.get("request") == reader.request_number
    shown = _shown_texts(event, reader, is_mine=is_mine) if was_there or is_mine else ()
    values = {**event.fields, **personal}
    return Entry(
        at=event.occurred_at,
        when=moment(event.occurred_at, reader.now),
        who=_("You") if is_mine else _who(event, reader),
        what=line_to_requester(event.type, event.fields, reader.names, is_own=is_own),
        reason=reader.names.reason(str(reason)) if reason else "",
        texts=tuple(str(values[name]) for name in shown if values.get(name)),
        files=files_in(personal) if "text" in shown else (),
        is_mine=is_mine,
    )


def _who(event: Happened, reader: Reader) -> str:
    if event.actor.kind is ActorKind.REQUESTER:
        return _("Another requester")
    if event.actor.kind is ActorKind.IMPORT:
        return _("Another system")
    return reader.names.post_with_unit(event.post) if event.post else _("The system")


def _shown_texts(event: Happened, reader: Reader, *, is_mine: bool) -> tuple[str, ...]:
    """Return the names of the texts the reader may read; files go with the words they came with."""
    if event.actor.kind is ActorKind.REQUESTER:
        return OWN_TEXTS.get(event.type, ()) if is_mine else ()
    if event.type in _TAKEN_DOWN and event.fields.get("request"):
        # Taken down by an officer in a requester's own words, which are nobody else's.
        is_own = event.fields["request"] == reader.request_number
        return OWN_TEXTS[event.type] if is_own else ()
    return SHOWN_TEXTS.get(event.type, ())

"""The timeline of a case as officers see it: every event, with internal texts marked as such."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.desk.contact import TELLING, without_contact
from dandang.interfaces.desk.family import Kin, tags_of
from dandang.interfaces.desk.labels import label
from dandang.interfaces.shared.timeline import open_to_requesters
from dandang.interfaces.shared.words.cases import COLLECTED, word
from dandang.interfaces.shared.words.events import event_line
from dandang.interfaces.shared.words.fields import choice, field
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.ledger.queries import StoredEvent
from dandang.lifecycle.casework.files.queries import ListedFile, files_in
from dandang.lifecycle.casework.rules.discretion import kept_until
from dandang.lifecycle.casework.rules.permit import (
    may_see_authors,
    may_see_private_answers,
)
from dandang.lifecycle.contact.unmasking import unmasked_for
from dandang.lifecycle.event_types import EVENT_TYPES
from dandang.terms import ActorKind

History = Sequence[tuple[StoredEvent, Mapping[str, object]]]
_NONE: Mapping[str, Kin] = MappingProxyType({})

_TEXTS = (
    *("text", "missing", "condition", "wrong", "basis", "article", "alternative", "contacted_by"),
)
_MOMENTS = ("external_due", "confirm_not_before", "reviewed_at", "check_at")
_ON_THE_PAGE = frozenset({"title", "text", "location", *TELLING})
_NAMES_AN_OFFICER = frozenset(
    {
        *("post_inherited", "substituted", "called_upon", "sponsor_named"),
        *("unmasking_allowed", "unmasking_refused"),
    }
)
_PROTECTED = frozenset({"objection_filed"})
_ANSWERS = frozenset({"judged", "rated", "looked_back"})
_OF_A_REQUEST = frozenset({"question_answered", "note_added"})
_TAKEN_DOWN = _ANSWERS | _OF_A_REQUEST | {"appeal_opened"}
_COMING_IN = frozenset({"case_opened", "request_attached"})
_SAID_IN_THE_LINE = frozenset({("paused", "check_at"), ("legal_route_requested", "article")})


class Mark(StrEnum):
    """Who reads the texts of a line: nobody but officers, the requester too, or who wrote them."""

    NONE = ""
    INTERNAL = "internal"
    VISIBLE = "visible"
    SAID = "said"
    """The requester's own words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event. `texts` are label and text; the label of the event's main text is "".

    `is_by_requester`: a requester did it, or an officer took down what one said.
    """

    number: int
    type: str
    at: datetime
    when: str
    who: str
    what: str
    reason: str
    texts: tuple[tuple[str, str], ...]
    mark: Mark
    is_by_requester: bool = False
    cases: tuple[Kin, ...] = ()
    files: tuple[ListedFile, ...] = ()

    @property
    def is_internal(self) -> bool:
        """Whether its texts are for officers alone."""
        return self.mark is Mark.INTERNAL


def lines_of(
    opened: OpenCase,
    history: History,
    cases: Mapping[str, Kin] = _NONE,
    *,
    to_holder: bool = False,
) -> tuple[Line, ...]:
    """Return the events of a case for this officer, newest first.

    `cases` are other cases that the events name, by tag. `to_holder`: on a paper that goes to the
    holder, who does not see as much.
    """
    clerk = _Clerk(opened, cases, history, to_holder=to_holder)
    return tuple(clerk.line(event, personal) for event, personal in reversed(history))


class _Clerk:
    """Puts events into words for one officer, who may see some things and not others."""

    def __init__(
        self,
        opened: OpenCase,
        cases: Mapping[str, Kin],
        history: History,
        *,
        to_holder: bool,
    ) -> None:
        self._cases = cases
        self._begins = history[0][0] if history else None
        self._read_by_requesters = open_to_requesters(history)
        self._sees_authors = may_see_authors(opened.facts)
        self._names = Names(
            opened.facts.directory, opened.facts.policy, opened.facts.case.case_class
        )
        self._now = opened.facts.now
        self._facts = replace(opened.facts, posts=()) if to_holder else opened.facts
        self._unmasked = unmasked_for(
            (event for event, _ in history), opened.facts.by.code, opened.facts.now
        )
        self._sees_private = may_see_private_answers(opened.facts)

    def line(self, event: StoredEvent, personal: Mapping[str, object]) -> Line:
        reason = event.fields.get("reason")
        kept = kept_until(self._facts, event.type, event.fields, event.occurred_at)
        what = event_line(event.type, event.fields, self._names)
        if kept is not None and event.type == "rated":
            until = {"until": moment(kept, self._now)}
            what = _("A requester rated the service; it is shown after %(until)s") % until
        texts = tuple(self._texts(event, {**event.fields, **personal})) if kept is None else ()
        files = () if event.type == "case_opened" else files_in(personal)
        return Line(
            number=event.seq,
            type=event.type,
            at=event.occurred_at,
            when=moment(event.occurred_at, self._now),
            who=self._who(event) if kept is None else _("A requester"),
            what=what,
            reason=self._names.reason(str(reason)) if reason else "",
            texts=texts,
            mark=self._mark(event) if texts or files or event.type == "note_added" else Mark.NONE,
            is_by_requester=_is_by_requester(event),
            cases=tuple(self._cases[tag] for tag in tags_of(event) if tag in self._cases),
            files=files,
        )

    def _mark(self, event: StoredEvent) -> Mark:
        if _is_by_requester(event):
            return Mark.SAID
        return Mark.VISIBLE if event.seq in self._read_by_requesters else Mark.INTERNAL

    def _who(self, event: StoredEvent) -> str:
        match event.actor.kind:
            case ActorKind.REQUESTER:
                return _("Requester of request %(number)s") % {"number": self._number(event)}
            case ActorKind.IMPORT:
                return _("Another system")
            case ActorKind.SYSTEM:
                return _("The system")
            case ActorKind.OFFICER if event.type in _PROTECTED and not self._sees_authors:
                return _("An officer (protected)")
            case ActorKind.OFFICER:
                officer = self._names.officer(event.actor.code)
                post = self._names.post_with_unit(event.post) if event.post else ""
                return f"{post} · {officer}" if post else officer

    def _number(self, event: StoredEvent) -> str:
        """Return the number of the request; the one that a case was made for is the first here."""
        first = self._begins
        if first and first.fields.get("parent_request") and event.occurred_at == first.occurred_at:
            return "1"
        return event.actor.code

    def _texts(self, event: StoredEvent, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        opening = event.type == "case_opened" and not event.fields.get("parent_request")
        if _request_of(event) not in self._unmasked:
            values = without_contact(values)
        gone = _always_there(event.type) - values.keys()
        for name in (*_TEXTS, *TELLING, "checked"):
            text = values.get(name) or (_("(erased)") if name in gone else "")
            said_above = (opening and name in _ON_THE_PAGE) or (
                event.type,
                name,
            ) in _SAID_IN_THE_LINE
            if text and not said_above:
                yield "" if name == "text" else field(name), str(text)
        yield from self._more(event)
        if event.fields.get("second_reader"):
            code = str(event.fields["second_reader"])
            yield label("decline", "second_reader"), self._names.officer(code)
        if self._sees_private and values.get("was_pressed"):
            yield _("Said in private"), _("Somebody asked me to answer in a certain way.")

    def _more(self, event: StoredEvent) -> Iterator[tuple[str, str]]:
        """Yield what is neither a text nor in the line: times, who took over, how it came in."""
        fields = event.fields
        for name in _MOMENTS:
            if fields.get(name) and (event.type, name) not in _SAID_IN_THE_LINE:
                yield field(name), moment(datetime.fromisoformat(str(fields[name])), self._now)
        if event.type in _NAMES_AN_OFFICER:
            yield field("officer"), self._names.officer(str(fields.get("officer", "")))
        if event.type == "acted_on_call" and fields.get("due_at"):
            yield from self._ordered(fields)
        yield from _taken_down(event)
        if event.type in _ANSWERS:
            yield _("Answered"), word(COLLECTED, str(fields.get("collected", "")))

    def _ordered(self, fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        """Yield who carries out what a called officer ordered, and until when."""
        if fields.get("who"):
            yield field("who"), self._names.post_with_unit(str(fields["who"]))
        due_at = datetime.fromisoformat(str(fields["due_at"]))
        yield label("act-on-call", "due_at"), moment(due_at, self._now)


def _is_by_requester(event: StoredEvent) -> bool:
    """Say whether a requester did it, or an officer took down what a requester said."""
    if event.actor.kind is ActorKind.REQUESTER:
        return True
    fields = event.fields
    if event.type in _TAKEN_DOWN:
        return bool(fields.get("request")) and fields.get("collected") != "setter"
    return event.type in _COMING_IN and not (fields.get("parent") or fields.get("set_by"))


def _taken_down(event: StoredEvent) -> Iterator[tuple[str, str]]:
    """Yield who stood before the officer who wrote it down, and whose words it is."""
    fields = event.fields
    if fields.get("on_behalf"):
        yield field("on_behalf"), choice("on_behalf", str(fields["on_behalf"]))
    if fields.get("read_back"):
        yield field("read_back"), pgettext("answer", "Yes")
    if event.type in _OF_A_REQUEST and fields.get("request"):
        yield field("request"), str(fields["request"])


def _request_of(event: StoredEvent) -> int:
    """Return the number of the request that an event is about; the first where it names none."""
    return int(str(event.fields.get("request") or 1))


@cache
def _always_there(event_type: str) -> frozenset[str]:
    """Return the personal texts that every event of this type has, until they are erased."""
    kind = EVENT_TYPES.get(event_type)
    if kind is None:
        return frozenset()
    texts = (one.name for one in fields(kind) if one.type is str)
    return kind.personal.intersection(texts)

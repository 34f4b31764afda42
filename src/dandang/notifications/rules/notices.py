"""What the rules know of an event and its case, and what they say: who is told what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from typing_extensions import override

from dandang.organization.directory import Directory
from dandang.terms import Actor, Due
from dandang.terms.event import JsonValue

Params = Mapping[str, str | int]
"""Values for the words of a template: codes, instants in ISO 8601 and numbers, nothing personal."""


class Urgency(StrEnum):
    """How soon a message goes out."""

    ORDINARY = "ordinary"
    """To officers in working hours, to requesters outside the quiet hours."""
    PROMPT = "prompt"
    """Outside the quiet hours, working day or not."""
    AT_ONCE = "at_once"
    """Whatever the hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event of a case, without personal values. Instants are UTC."""

    event_id: int
    type: str
    fields: Mapping[str, JsonValue]
    by: Actor
    occurred_at: datetime
    dues: tuple[Due, ...] = ()

    def text(self, name: str) -> str:
        """Return a field as text; "" where it is absent."""
        value = self.fields.get(name)
        return "" if value is None else str(value)

    def number(self, name: str) -> int:
        """Return a field as a number; 0 where it is absent."""
        value = self.fields.get(name)
        return value if isinstance(value, int) else 0

    def codes(self, name: str) -> tuple[str, ...]:
        """Return a field as a list of codes; empty where it is absent."""
        value = self.fields.get(name)
        return tuple(value) if isinstance(value, list) else ()

    def due(self, clock: str) -> datetime | None:
        """Return the time the event set this clock to; None where it did not."""
        return next((due.at for due in self.dues if due.clock == clock), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """One requester's request as it stands now."""

    number: int
    reference: str
    is_active: bool
    has_judged: bool
    asked_above: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """A case as it stands now, which may be later than the event. `due` are running clocks.

    `quiet_steps` are those of its ladder that are taken because nothing was done.
    """

    reference: str
    kind: str
    state: str
    holder: str
    holder_unit: str
    is_urgent: bool
    is_part: bool
    is_open: bool
    requests: tuple[RequestFacts, ...]
    subject_units: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    set_by: str = ""
    quiet_steps: frozenset[str] = frozenset()
    due: Mapping[str, datetime] = field(default_factory=dict)

    def request(self, number: int) -> RequestFacts | None:
        """Return the request with this number, or None."""
        return next((one for one in self.requests if one.number == number), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """An event, its case, and who answers for what now."""

    happened: Happened
    case: CaseFacts
    directory: Directory
    now: datetime


class Kind(StrEnum):
    """Who can be told something."""

    OFFICER = "officer"
    REQUESTER = "requester"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told: an officer by staff code, or the sender of a request by its reference."""

    kind: Kind
    code: str

    @override
    def __str__(self) -> str:
        """Return the form that is kept: `officer:W-017`."""
        return f"{self.kind}:{self.code}"

    @classmethod
    def parse(cls, text: str) -> "Recipient":
        """Read the kept form back. Raises ValueError on an unknown kind."""
        kind, _, code = text.partition(":")
        return cls(Kind(kind), code)


@dataclass(frozen=True, slots=True)
class Notice:
    """Who is told what, and how soon. `template` is a code of `templates`."""

    recipient: Recipient
    template: str
    params: Params = field(default_factory=dict)
    urgency: Urgency = Urgency.ORDINARY


def instant(at: datetime | None) -> str:
    """Return an instant as it stands among the values of a message; "" for none."""
    return "" if at is None else at.isoformat()

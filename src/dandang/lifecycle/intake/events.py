"""Events of requests that join a case, come back, or come from another system."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dandang.terms import Event


@dataclass(frozen=True, slots=True)
class RequestAttached(Event):
    """Another requester's request joined the case and keeps its own reference and judgement."""

    personal: ClassVar[frozenset[str]] = frozenset({"text", "name", "phone", "email"})

    request: int
    channel: str
    sent_at: datetime
    reachable: bool
    text: str
    name: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Recurred(Event):
    """The same place and cause came back within the policy's time; the old case goes on."""

    recurrence_of: str


@dataclass(frozen=True, slots=True)
class Imported(Event):
    """The case comes from another system. Times are that system's claims.

    `ended` closes it as unanswered with cause `imported`, outside every rate.
    """

    source: str
    source_id: str
    claimed_sent_at: datetime
    ended: bool
    claimed_state: str | None = None
    claimed_ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class IdentityUnmasked(Event):
    """Somebody entitled looked at who a protected requester is, and why."""

    reason: str
    basis: str

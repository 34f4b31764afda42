"""Events of requests that come from another system, and of looking at who sent them."""

from dataclasses import dataclass
from datetime import datetime

from dandang.terms import Event


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

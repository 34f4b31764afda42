"""Events that propose, give or contest an end."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from dandang.lifecycle.states import Decision, Opinion, Outcome, State
from dandang.terms import Event


@dataclass(frozen=True, slots=True)
class ResolutionProposed(Event):
    """The holder claims the matter is done, or proposes to explain or decline. Ends nothing."""

    personal: ClassVar[frozenset[str]] = frozenset({"text", "contacted_by"})

    outcome: Outcome
    text: str
    contacted_by: str | None = None
    reason: str | None = None
    basis: str | None = None
    confirm_not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProposalRejected(Event):
    """A deciding office sent a proposal back to the holder."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Explained(Event):
    """Lawful and in order: facts and basis were given. The requester may object once."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    reason: str
    basis: str
    text: str


@dataclass(frozen=True, slots=True)
class Declined(Event):
    """Declined with a reason code, the article, an alternative route and a second reader.

    `results_in` is `not_solved` where a deciding office closes what was refused twice.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text", "alternative"})

    reason: str
    text: str
    basis: str | None = None
    alternative: str | None = None
    second_reader: str | None = None
    results_in: State = State.DECLINED


@dataclass(frozen=True, slots=True)
class Concluded(Event):
    """Final review exists and there are no new facts: number and date of the review."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    reason: str
    review_number: str
    reviewed_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    """A requester withdrew a request. `results_in` is the state of the case afterwards."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    request: int
    results_in: State
    text: str | None = None


@dataclass(frozen=True, slots=True)
class AppealOpened(Event):
    """A requester appealed against an end. `channel` is how an officer got it, if one did."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    request: int
    text: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class AppealDecided(Event):
    """Somebody not involved before decided the appeal."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    decision: Decision
    text: str


@dataclass(frozen=True, slots=True)
class SampleJudged(Event):
    """A second reader judged an ended case that was drawn for a sample; nothing changes by it.

    `answers`: does the answer answer the request? `right`: was the end the right one?
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    draw: int
    answers: Opinion
    right: Opinion
    text: str | None = None

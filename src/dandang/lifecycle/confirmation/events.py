"""Events of the requester's judgement and of looking back."""

from dataclasses import dataclass
from typing import ClassVar

from dandang.lifecycle.states import State, Verdict
from dandang.terms import Event


@dataclass(frozen=True, slots=True)
class Judged(Event):
    """The sender of one request judged the result.

    `results_in` is the state of the case afterwards. `collected` says how: by the requester on
    the web, or by a call-back officer on the phone. `was_contacted` and the private
    `was_pressed` are the requester's answers to whether anyone contacted them, and whether
    anyone asked them to answer in a certain way; None is no answer.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text", "was_pressed"})

    request: int
    verdict: Verdict
    agreed: bool
    collected: str
    results_in: State
    text: str | None = None
    was_contacted: bool | None = None
    was_pressed: bool | None = None


@dataclass(frozen=True, slots=True)
class Rated(Event):
    """The requester rated the service from 1 to 5 `stars`; separate from solved or not.

    The last rating counts. `collected` as in `Judged`.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    request: int
    stars: int
    collected: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class JudgementLapsed(Event):
    """The window passed in silence: unanswered, or unreachable where no contact was left."""

    results_in: State
    cause: str


@dataclass(frozen=True, slots=True)
class PrematureClose(Event):
    """A closing was proposed although the requester says the matter is not solved."""

    request: int
    refusals: int


@dataclass(frozen=True, slots=True)
class LookedBack(Event):
    """The sender of one request said some time after the end whether it is still solved.

    Where it is not (`holds` false), the case relapsed. `collected` as in `Judged`.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    request: int
    holds: bool
    collected: str
    text: str | None = None

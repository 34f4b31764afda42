"""Events of a case that stands still: why, what the holder needs for it to go on, the answer."""

from dataclasses import dataclass
from typing import ClassVar

from dandang.lifecycle.states import Decision, Obstacle, Remedy
from dandang.terms import Event


@dataclass(frozen=True, slots=True)
class StallExplained(Event):
    """The holder said why nothing was done. `since` is the silence it is about.

    That is the mark of the step of the ladder that asked (`deadlines.ladder`). It is no entry that
    shows that the case moves.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    obstacle: Obstacle
    since: str
    text: str


@dataclass(frozen=True, slots=True)
class SupportRequested(Event):
    """The holder asked those above for what the matter needs to go on."""

    obstacle: Obstacle
    remedy: Remedy


@dataclass(frozen=True, slots=True)
class SupportDecided(Event):
    """What was asked for was given, or refused with reasons."""

    personal: ClassVar[frozenset[str]] = frozenset({"text"})

    remedy: Remedy
    decision: Decision
    text: str

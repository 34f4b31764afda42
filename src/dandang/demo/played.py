"""A story under way: its reference, how far it is, what was done in it."""

import zlib
from dataclasses import dataclass, field
from datetime import datetime

from dandang.demo.stories import Step, Story
from dandang.lifecycle.states import State
from dandang.terms import Actor


@dataclass(frozen=True, slots=True)
class Deed:
    """An act that was done: by whom, when, in which case, and the number of its last event."""

    verb: str
    by: Actor
    at: datetime
    seq: int
    reference: str


@dataclass(slots=True)
class Played:
    """One story and its case. `state` is None until somebody has looked at the case again.

    `seen_from` is when the result that was last proposed can be judged, if not at once.
    `more` are steps that replaced those of the story. `callers` are the references of requests
    that were attached, `parts` those of cases that came out of this one. Deeds are kept for
    plantings alone.
    """

    story: Story
    reference: str = ""
    access_code: str = ""
    state: State | None = None
    holder: str = ""
    seq: int = 0
    target: str = ""
    seen_from: datetime | None = None
    steps_done: int = 0
    more: tuple[Step, ...] = ()
    is_carried_on: bool = False
    callers: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the story, and those that came instead."""
        return (*self.story.steps, *self.more)

    @property
    def turn(self) -> int:
        """Which officer of a post takes this case: always the same one, while there."""
        return zlib.crc32(self.story.key.encode())

    @property
    def is_over(self) -> bool:
        """Whether nothing more is written of it."""
        return self.steps_done >= len(self.steps)

    def about(self, reference: str) -> str | None:
        """Return how a step names the case of this reference: "" for the story's own one.

        None where it is no case of this story.
        """
        if reference == self.reference:
            return ""
        if reference in self.parts:
            return f"part:{self.parts.index(reference) + 1}"
        return f"caller:{self.callers.index(reference) + 2}" if reference in self.callers else None

    def other(self, about: str) -> str:
        """Return the reference that a step names: `caller:N` (from 2 on) or `part:N` (from 1)."""
        kind, _, number = about.partition(":")
        return self.callers[int(number) - 2] if kind == "caller" else self.parts[int(number) - 1]

    def next_step(self) -> Step | None:
        """Return the next step and count it as done; None at the end."""
        if self.is_over:
            return None
        self.steps_done += 1
        return self.steps[self.steps_done - 1]

    def saw(self, state: State, holder: str, seq: int) -> None:
        """Take note of how the case stands: its state, its holder, the number of its last event."""
        self.state, self.holder, self.seq = state, holder, seq

    def did(self, deed: Deed) -> None:
        """Take note of an act."""
        if self.story.planting:
            self.deeds.append(deed)


@dataclass(frozen=True, slots=True)
class Refused:
    """A step that the rules refused: the story's key, the verb, the code."""

    key: str
    verb: str
    code: str


@dataclass(frozen=True, slots=True)
class Scene:
    """The case a step is about, who holds it, and the number of the request that is asked."""

    reference: str
    holder: str
    request: int


@dataclass(order=True, slots=True)
class Pending:
    """What happens next in a story, and when: its opening, or `step`."""

    at: datetime
    order: int
    played: Played = field(compare=False)
    step: Step | None = field(compare=False, default=None)

    @property
    def is_told(self) -> bool:
        """Whether this moves the story on: a step beside it does not."""
        return self.step is None or not self.step.beside

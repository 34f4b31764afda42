"""One look for one thing: what it works with, and what it did."""

from dataclasses import dataclass, field
from datetime import datetime

from dandang.lifecycle.intake.actions import InForce
from dandang.lifecycle.watching.models import Watch


@dataclass(slots=True)
class Looked:
    """What a look did: references of the findings opened and of the cases called about.

    `left_out` counts what was found and waits for the next look. `failed` names what could not be
    looked for; its error is kept in its row, and it is tried again at its next time.
    """

    findings: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    left_out: int = 0
    failed: list[str] = field(default_factory=list)

    def add(self, other: "Looked") -> None:
        """Count what another look did."""
        self.findings += other.findings
        self.calls += other.calls
        self.left_out += other.left_out
        self.failed += other.failed


@dataclass(frozen=True, slots=True)
class Turn:
    """A look at `now` for what `watch` names, under what is in force."""

    watch: Watch
    under: InForce
    now: datetime
    looked: Looked

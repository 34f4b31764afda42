"""How clocks are kept: a row with a time for each, which only `casework.actions` writes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dandang.lifecycle.deadlines.clocks import NEVER_FIRE
from dandang.terms import Due

if TYPE_CHECKING:
    from dandang.lifecycle.casework.models import Case


RUNS = Q(paused=False, missed=False, aside=False) & ~Q(name__in=sorted(NEVER_FIRE))
"""The clocks that will fire."""

RAN_OUT = (Q(missed=True) | Q(aside=True)) & Q(paused=False) & ~Q(name__in=sorted(NEVER_FIRE))
"""The clocks that ran out, or could not be dealt with, and still stand there."""


class Clock(models.Model):
    """A clock that runs, stands still or ran out: a row with a time. Stopped ones have no row.

    `aside` marks a clock whose end could not be dealt with; somebody has to look at it
    (`escalation`).
    """

    # Found by the constraint `clock_once`: an index of its own would be written at every fire.
    case = models.ForeignKey(
        "casework.Case", on_delete=models.CASCADE, related_name="clocks", db_index=False
    )
    name = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    missed = models.BooleanField(default=False)
    aside = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "name"], name="clock_once")]
        indexes = [
            # What the workers poll: it costs what is due, whatever is pending.
            models.Index(
                fields=["due_at", "id"],
                condition=RUNS,
                name="clock_fires",
            ),
            # With the one above, everything that somebody has to act by: what ran out, too.
            models.Index(
                fields=["due_at", "id"],
                condition=RAN_OUT,
                name="clock_ran_out",
            ),
            models.Index(fields=["case"], condition=Q(provisional=True), name="clock_provisional"),
        ]

    @override
    def __str__(self) -> str:
        return self.name

    def facts(self) -> Due:
        """Return the value the rules work on."""
        return Due(self.name, self.due_at, self.provisional, self.paused, self.missed)


def clock_rows(case: "Case", dues: Sequence[Due]) -> list[Clock]:
    """Return unsaved rows for clocks that are set."""
    return [
        Clock(
            case=case,
            name=due.clock,
            due_at=due.at,
            provisional=due.provisional,
            paused=due.paused,
            missed=due.missed,
        )
        for due in dues
        if due.at is not None
    ]

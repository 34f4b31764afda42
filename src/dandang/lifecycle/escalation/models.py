"""How a clock is kept whose end could not be dealt with, until somebody has looked at it."""

from django.db import models
from typing_extensions import override

from dandang.lifecycle.casework.models import Case


class SetAside(models.Model):
    """A clock that did not fire, because dealing with it raised an error; the others go on.

    `error` names the error and where it came from, never a value: no personal data. The row goes
    when the clock is tried again.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    clock = models.CharField(max_length=20)
    due_at = models.DateTimeField()
    error = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "clock"], name="clock_set_aside_once")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.clock}: {self.error}"

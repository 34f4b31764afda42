"""The time of a body that trains or demonstrates: it stands still until somebody moves it."""

from django.db import models
from typing_extensions import override


class FrozenTime(models.Model):
    """At most one row. While it exists, interfaces act at this time instead of the real one.

    Ledger entries keep the true recording time all the same.
    """

    only = models.BooleanField(primary_key=True, default=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(only=True), name="one_frozen_time"),
        ]

    @override
    def __str__(self) -> str:
        return self.at.isoformat()

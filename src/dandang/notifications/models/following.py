"""How far followers have read the ledger, and what they could not make sense of."""

from django.db import models
from typing_extensions import override


class Cursor(models.Model):
    """The index of the last event a follower has dealt with; -1 before the first."""

    name = models.CharField(max_length=32, primary_key=True)
    idx = models.BigIntegerField(default=-1)

    class Meta:
        db_table = "notifications_cursor"

    @override
    def __str__(self) -> str:
        return f"{self.name} at {self.idx}"


class SetAside(models.Model):
    """An event for which a follower failed while the others went on. `error` is a type of error."""

    follower = models.CharField(max_length=32)
    event_id = models.BigIntegerField()
    error = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "notifications_set_aside"
        constraints = [
            models.UniqueConstraint(fields=["follower", "event_id"], name="set_aside_once"),
        ]

    @override
    def __str__(self) -> str:
        return f"event {self.event_id}: {self.error}"

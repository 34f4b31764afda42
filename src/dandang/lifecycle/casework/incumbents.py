"""How it is remembered who was last seen in a post: rows that only `casework.actions` writes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dandang.lifecycle.casework.rules.incumbents import Incumbency, TakingOver


class Incumbent(models.Model):
    """Who was in a post when somebody last looked.

    From `due_at` on, somebody has to tell the open cases of the post that it changed hands. While
    they are told, `coming` holds what they are told, and `reached` is the last case that knows of
    it, so that what was interrupted can go on. `failed` counts cases that could not be told the
    last time, and `error` names the last of them and what went wrong.
    """

    post = models.CharField(max_length=64, unique=True)
    appointed = models.JSONField(default=list)
    acting = models.JSONField(default=list)
    coming = models.JSONField(default=list)
    reached = models.BigIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    failed = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(due_at__isnull=False),
                name="casework_incumbent_due",
            )
        ]

    @override
    def __str__(self) -> str:
        return self.post

    def facts(self) -> Incumbency:
        """Return the value the rules work on."""
        return Incumbency(tuple(self.appointed), tuple(self.acting))

    @property
    def is_telling(self) -> bool:
        """Whether cases are being told of a change."""
        # What an older version left unfinished is a list, and begins again.
        return isinstance(self.coming, Mapping)

    def begin(self, change: TakingOver, found: Incumbency) -> None:
        """Keep what the cases are told from now on, without saving."""
        self.coming = {
            "appointed": list(found.appointed),
            "acting": list(found.acting),
            "heir": change.heir,
            "since": _written(change.since),
            "substitute": change.substitute,
            "until": _written(change.until),
        }
        self.reached, self.failed, self.error = 0, 0, ""

    def telling(self) -> tuple[TakingOver, Incumbency]:
        """Return what the cases are told, and who was found in the post."""
        told: Mapping[str, Any] = self.coming
        change = TakingOver(
            told["heir"], _read(told["since"]), told["substitute"], _read(told["until"])
        )
        return change, Incumbency(tuple(told["appointed"]), tuple(told["acting"]))

    def take_over(self, found: Incumbency) -> None:
        """Put what was found into the columns, without saving; nothing is left to tell."""
        self.appointed = list(found.appointed)
        self.acting = list(found.acting)
        self.coming = []
        self.reached = 0
        self.due_at = None


class IncumbentLook(models.Model):
    """When all posts are next looked at for who is in them: one row with a time.

    `version` is that of the register which was looked at; any other is a reason to look again.
    """

    only = models.BooleanField(primary_key=True, default=True)
    version = models.BigIntegerField(default=-1)
    due_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return f"register {self.version}"


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _read(at: str | None) -> datetime | None:
    return None if at is None else datetime.fromisoformat(at)

"""How it is remembered who was last seen in a post: rows that only `casework.actions` writes."""

from django.db import models
from typing_extensions import override

from dandang.lifecycle.casework.rules.incumbents import Incumbency


class Incumbent(models.Model):
    """Who was in a post when somebody last looked.

    While the open cases of a post are told of a change, `coming` is what was found and
    `reached` the last case that knows of it, so that what was interrupted can go on.
    """

    post = models.CharField(max_length=64, unique=True)
    appointed = models.JSONField(default=list)
    acting = models.JSONField(default=list)
    coming = models.JSONField(default=list)
    reached = models.BigIntegerField(default=0)

    @override
    def __str__(self) -> str:
        return self.post

    def facts(self) -> Incumbency:
        """Return the value the rules work on."""
        return Incumbency(tuple(self.appointed), tuple(self.acting))

    def take_over(self, found: Incumbency) -> None:
        """Put what was found into the columns, without saving."""
        self.appointed = list(found.appointed)
        self.acting = list(found.acting)
        self.coming = []
        self.reached = 0

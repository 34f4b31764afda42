"""What all rows of the register share: they end, and are never deleted while history names them."""

from datetime import date, timedelta

from django.db import models
from typing_extensions import override

_ONE_DAY = timedelta(days=1)


class Kept(models.Model):
    """A row of the register. `ended` is the day from which it is gone."""

    ended = models.DateField(null=True)

    objects = models.Manager()

    class Meta:
        abstract = True

    @override
    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"

    def last_day(self, ends: date | None) -> date | None:
        """Return the last day it counts for: the one written, or the one before it ended."""
        if self.ended is None:
            return ends
        before = self.ended - _ONE_DAY
        return before if ends is None else min(ends, before)


class Coded(models.Model):
    """Something with a code and names. The code is the primary key and never changes."""

    code = models.TextField(primary_key=True)
    name_zh = models.TextField()
    name_en = models.TextField()

    class Meta:
        abstract = True

    @override
    def __str__(self) -> str:
        return self.code

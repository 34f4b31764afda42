"""What the body has adopted: policies and calendar notices, each adoption a row that stays."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from typing_extensions import override

from dandang.workdays import Notice


class AdoptedPolicy(models.Model):
    """A policy that took effect at `adopted_at`; the last row is the one in force.

    `text` is the file it was read from: running clocks keep the version they started under.
    """

    hash = models.TextField()
    name = models.TextField()
    version = models.IntegerField()
    text = models.TextField()
    adopted_at = models.DateTimeField()
    adopted_by = models.TextField()

    class Meta:
        db_table = "organization_adopted_policy"
        indexes = [models.Index(fields=["hash"], name="organization_policy_hash")]

    @override
    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class AdoptedNotice(models.Model):
    """A calendar notice that the operator added."""

    source = models.TextField()
    published = models.DateField()
    first = models.DateField()
    last = models.DateField()
    working = ArrayField(models.DateField())
    rest = ArrayField(models.DateField())
    adopted_at = models.DateTimeField()
    adopted_by = models.TextField()

    class Meta:
        db_table = "organization_adopted_notice"

    @override
    def __str__(self) -> str:
        return self.source

    def notice(self) -> Notice:
        """Return the notice as calendars know it."""
        return Notice(
            source=self.source,
            published=self.published,
            first=self.first,
            last=self.last,
            working=frozenset(self.working),
            rest=frozenset(self.rest),
        )

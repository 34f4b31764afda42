"""How the watch is kept: when each thing is looked for next, and what was reported already."""

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dandang.lifecycle.casework.models import Case


class Watch(models.Model):
    """One thing that is looked for again and again: a row with a time.

    `cursor` is how far it has looked, `error` what went wrong the last time ("": nothing).
    """

    name = models.CharField(max_length=20, unique=True)
    due_at = models.DateTimeField()
    cursor = models.JSONField(default=dict)
    error = models.CharField(max_length=200, blank=True, default="")

    @override
    def __str__(self) -> str:
        return self.name


class Reported(models.Model):
    """Something that was found, and the case that says so or on which somebody was called.

    `subject` is what it is about: a group of cases, a post, or a category and area. It counts from
    `since` to `until`, or until its case has ended.
    """

    watch = models.CharField(max_length=20)
    subject = models.CharField(max_length=200)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["watch", "subject", "until"], name="watching_subject"),
            models.Index(
                fields=["watch", "until"], condition=Q(until__isnull=False), name="watching_until"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.watch}: {self.subject}"

"""How samples are kept: rows that only `sampling.actions` writes.

Texts of second readers are not here: they stand in the erasable rows of the ledger alone.
"""

from django.db import models
from django.db.models import Q
from typing_extensions import override

from dandang.lifecycle.casework.models import Case


class Draw(models.Model):
    """One sample. Its chance comes from the entry `upto` of the ledger, with the hash `entry`.

    `first` and `last` are days of the body, both included; `unit` "" means every unit. One of
    `percent` and `number` is not 0. `frame` is how many cases it was drawn from, `frame_digest`
    and `seed` are SHA-256 in hex.
    """

    first = models.DateField()
    last = models.DateField()
    unit = models.CharField(max_length=64, blank=True, default="")
    ends = models.JSONField()
    percent = models.SmallIntegerField(default=0)
    number = models.IntegerField(default=0)
    upto = models.BigIntegerField()
    entry = models.CharField(max_length=64)
    seed = models.CharField(max_length=64)
    frame = models.IntegerField()
    frame_digest = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=64)
    post = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_draw"

    @override
    def __str__(self) -> str:
        return f"sample {self.pk}"


class Item(models.Model):
    """A case of a sample as it stood when it was drawn, and what a second reader said of it.

    `place` counts from 1 in the order of the draw. `answers` and `right` are "" until it was read;
    the words of the reader stand in the event of the case that names the draw.
    """

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    place = models.IntegerField()
    end = models.CharField(max_length=20)
    unit = models.CharField(max_length=64)
    ended_at = models.DateTimeField()
    answers = models.CharField(max_length=10, blank=True, default="")
    right = models.CharField(max_length=10, blank=True, default="")
    judged_at = models.DateTimeField(null=True)
    judged_by = models.CharField(max_length=64, blank=True, default="")
    post = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        db_table = "audit_item"
        constraints = [
            models.UniqueConstraint(fields=["draw", "place"], name="sampling_place"),
            models.UniqueConstraint(fields=["draw", "case"], name="sampling_case_once"),
            models.CheckConstraint(
                condition=Q(answers="", right="", judged_at=None)
                | (~Q(answers="") & ~Q(right="") & Q(judged_at__isnull=False)),
                name="sampling_judged_whole",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.draw_id}: {self.place}"

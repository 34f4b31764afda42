"""How it is kept that two cases are not the same matter, so that nobody is asked again.

Only `casework.actions` writes these rows. They hold codes alone, and no responsibility follows
from them: they stand beside the ledger, not in it.
"""

from django.db import models
from django.db.models import F, Q
from typing_extensions import override


class Apart(models.Model):
    """Two cases that were found to be different matters; `first` has the lower row number.

    `told_by` is an officer, `post` the one they acted for, `why` a code of
    `routing.likeness.Difference`. A row that was taken back has `undone_at`.
    """

    first = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=20)
    told_by = models.TextField()
    post = models.CharField(max_length=64)
    told_at = models.DateTimeField()
    undone_by = models.TextField(blank=True, default="")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(undone_at=None), name="apart_once"
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="apart_in_order"),
        ]
        indexes = [
            models.Index(
                fields=["-told_at", "-id"], condition=Q(undone_at=None), name="apart_newest"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"

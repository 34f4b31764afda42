"""How precedents are kept: a row for each decided dispute, which only `casework.actions` writes.

`replay` rebuilds every column from the ledger. The reasons in words are personal: they stand in
the erasable rows of the ledger alone, under the event id.
"""

from dataclasses import fields

from django.db import models
from typing_extensions import override

from dandang.lifecycle.casework.rules.precedents import Decision

COLUMNS = tuple(field.name for field in fields(Decision))
"""Columns that have the name and the value of the field of `Decision`."""

_NEWEST = ("-decided_at", "-event_id")


class Precedent(models.Model):
    """One decided dispute, as `Decision` says."""

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="precedents")
    event_id = models.BigIntegerField(unique=True)
    decided_at = models.DateTimeField()
    category = models.CharField(max_length=64, null=True)  # noqa: DJ001 unknown is not empty
    area = models.CharField(max_length=64, null=True)  # noqa: DJ001 unknown is not empty
    reason = models.CharField(max_length=64, blank=True)
    ground = models.CharField(max_length=20, blank=True)
    from_unit = models.CharField(max_length=64)
    wanted_unit = models.CharField(max_length=64, blank=True)
    to_unit = models.CharField(max_length=64)
    to_post = models.CharField(max_length=64)
    basis = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=_NEWEST, name="precedent_newest"),
            models.Index(fields=["category", *_NEWEST], name="precedent_category"),
            models.Index(fields=["category", "reason", *_NEWEST], name="precedent_reason"),
            models.Index(fields=["area", *_NEWEST], name="precedent_area"),
            models.Index(fields=["from_unit"], name="precedent_from"),
            models.Index(fields=["wanted_unit"], name="precedent_wanted"),
            models.Index(fields=["to_unit"], name="precedent_to"),
        ]

    @override
    def __str__(self) -> str:
        return f"precedent {self.event_id}"

    def facts(self) -> Decision:
        """Return the value the rules work on."""
        return Decision(**{name: getattr(self, name) for name in COLUMNS})

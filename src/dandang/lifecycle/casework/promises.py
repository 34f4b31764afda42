"""How promises are kept in mind: a row for each, which only `casework.actions` writes.

`replay` rebuilds every column from the ledger. The words of a promise are personal: they stand in
the erasable rows of the ledger alone, under the event id.
"""

from dataclasses import fields

from django.db import models
from typing_extensions import override

from dandang.lifecycle.casework.rules.promises import Fate, Promise

COLUMNS = tuple(field.name for field in fields(Promise) if field.name != "fate")
"""Columns that have the name and the value of the field of `Promise`."""


class PromiseRow(models.Model):
    """One promise to a requester, as `Promise` says; `fate` is "" while it is open."""

    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="promises")
    event_id = models.BigIntegerField(unique=True)
    made_at = models.DateTimeField()
    promised_for = models.DateTimeField()
    unit = models.CharField(max_length=64)
    fate = models.CharField(max_length=20, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "casework_promise"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(fate=""), name="promise_open_once"
            ),
        ]
        indexes = [models.Index(fields=["promised_for", "unit"], name="promise_period")]

    @override
    def __str__(self) -> str:
        return f"promise {self.event_id}"

    def facts(self) -> Promise:
        """Return the value the rules work on."""
        fate = Fate(self.fate) if self.fate else None
        return Promise(fate=fate, **{name: getattr(self, name) for name in COLUMNS})

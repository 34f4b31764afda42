"""The rows of the index of all cases, and how far it has followed the ledger."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from typing_extensions import override


class IndexedCase(models.Model):
    """What one case is found by.

    `words` holds all its texts, `title` the title alone (both as `terms.bigrams` writes them),
    `keys` everything else: who may read it, by what lists are narrowed, which events its words are
    of, in which blocks of time it was sent and is due (`rules.keys`). All three stand in one index,
    which is the narrower the more is asked. No foreign keys: a follower never waits for a case
    that somebody acts on. `due_at` is None where nothing runs. Instants are UTC.

    When a text is erased, whatever was made of it goes at once, in the same transaction.
    """

    case_id = models.BigIntegerField(primary_key=True)
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    keys = ArrayField(models.TextField())
    title = SearchVectorField()
    words = SearchVectorField()

    class Meta:
        db_table = "finding_case"
        indexes = [
            GinIndex(fields=["words", "title", "keys"], name="finding_found_by", fastupdate=False),
            models.Index(fields=["sent_at"], name="finding_sent"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="finding_due"),
        ]

    @override
    def __str__(self) -> str:
        return f"case {self.case_id}"


class IndexCursor(models.Model):
    """The index of the last event of the ledger that was dealt with.

    `walked` is the number of the last case that was written anew where all of them are, None where
    nothing of that is left to do. `names` tells which names of units, posts, areas and categories
    stand in the rows.
    """

    name = models.CharField(max_length=32, primary_key=True)
    idx = models.BigIntegerField()
    walked = models.BigIntegerField(null=True)
    names = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "finding_cursor"

    @override
    def __str__(self) -> str:
        return f"{self.name} at {self.idx}"

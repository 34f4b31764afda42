"""The rows of single cases that the public may see, and how common what they say is."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from typing_extensions import override

from dandang.lifecycle.casework.models import Case


class ShownCase(models.Model):
    """A case with the text that an officer published of it.

    `number` is what the public knows it by, made from its ledger stream; it is no reference.
    `text_event` is the event that holds the published text: when that is erased the row goes with
    it, in the same transaction. `found_by` is what it is found by, `changed_at` when the public
    timeline last got a line. Instants are UTC.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="+")
    number = models.CharField(max_length=16, unique=True)
    text_event = models.BigIntegerField()
    text_name = models.TextField(default="text")
    title = models.CharField(max_length=300)
    text = models.TextField()
    place = models.CharField(max_length=300, blank=True)
    area = models.CharField(max_length=64, blank=True)
    category = models.CharField(max_length=64, blank=True)
    unit = models.CharField(max_length=64)
    state = models.CharField(max_length=20)
    is_open = models.BooleanField()
    sent_at = models.DateTimeField()
    requests = models.IntegerField()
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    found_by = SearchVectorField()

    class Meta:
        db_table = "publication_case"
        indexes = [
            models.Index(fields=["-sent_at", "-case"], name="shown_newest"),
            models.Index(fields=["area", "-sent_at", "-case"], name="shown_area"),
            models.Index(fields=["category", "-sent_at", "-case"], name="shown_category"),
            models.Index(fields=["state", "-sent_at", "-case"], name="shown_state"),
            models.Index(fields=["-changed_at", "-case"], name="shown_feed"),
            models.Index(fields=["area", "-changed_at", "-case"], name="shown_area_feed"),
            models.Index(fields=["category", "-changed_at", "-case"], name="shown_category_feed"),
            models.Index(
                fields=["area", "category", "-sent_at"],
                condition=Q(is_open=True),
                name="shown_open_near",
            ),
            models.Index(fields=["text_event", "text_name"], name="shown_text"),
            GinIndex(fields=["found_by"], name="shown_found_by", fastupdate=False),
            GinIndex(
                fields=["found_by"],
                condition=Q(is_open=True),
                name="shown_open_found_by",
                fastupdate=False,
            ),
        ]

    @override
    def __str__(self) -> str:
        return self.number


class SearchToken(models.Model):
    """In how many published cases a token of `bigrams` stands; rare ones tell matters apart.

    Counted by the database itself with every change of `ShownCase`.
    """

    token = models.TextField(primary_key=True)
    cases = models.IntegerField()

    class Meta:
        db_table = "publication_token"

    @override
    def __str__(self) -> str:
        return f"{self.token} in {self.cases}"


class CaseCursor(models.Model):
    """The index of the last event of the ledger that was dealt with; -1 before the first."""

    name = models.CharField(max_length=32, primary_key=True)
    idx = models.BigIntegerField(default=-1)

    class Meta:
        db_table = "publication_case_cursor"

    @override
    def __str__(self) -> str:
        return f"{self.name} at {self.idx}"

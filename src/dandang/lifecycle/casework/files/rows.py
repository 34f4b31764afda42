"""How files are kept: rows beside the events, erased with the case. Only actions write them."""

import uuid

from django.db import models
from typing_extensions import override


class KeptFile(models.Model):
    """A file of a case, as it was prepared. Its name and its bytes are personal.

    `event_id` is the ledger event it came with, `place` its place among the files of that event,
    `request` the number of the requester's request it belongs to (None for an officer's). The id
    is random, so that it tells nothing of other files; knowing one opens nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="files")
    event_id = models.BigIntegerField()
    place = models.SmallIntegerField()
    request = models.IntegerField(null=True)
    name = models.CharField(max_length=100)
    media_type = models.CharField(max_length=32)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.IntegerField()
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)

    class Meta:
        db_table = "casework_file"
        constraints = [
            models.UniqueConstraint(fields=["event_id", "place"], name="file_place"),
        ]

    @override
    def __str__(self) -> str:
        return f"file {self.pk}"

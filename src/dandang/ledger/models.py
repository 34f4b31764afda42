"""The ledger's tables. Only `append` and `sequencer` write them, only `queries` reads them.

The guards (refusing triggers, checks, grants) are SQL in the migrations and `grants`.
"""

from django.db import models
from typing_extensions import override

BY_TIME = "stall_explained"
"""The type of event that is looked for by when it was recorded, in whatever stream."""


class EventRow(models.Model):
    """One event, never changed: its entry as hashed, and what may be told of it for ever.

    `stream` is the random tag of a case or of the body, `seq` counts from 0 within it. `at` is
    when it was recorded. `disclosures` holds those that are not personal, joined by "~" (the
    separator of RFC 9901, which base64url never uses), so that replay reads this one table.
    """

    stream = models.BinaryField()
    seq = models.IntegerField()
    type = models.TextField()
    at = models.DateTimeField()
    entry = models.BinaryField()
    leaf_hash = models.BinaryField()
    disclosures = models.TextField()

    class Meta:
        db_table = "ledger_event"
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="ledger_event_stream_seq"),
        ]
        indexes = [
            models.Index(
                fields=["at"], condition=models.Q(type=BY_TIME), name="ledger_event_by_time"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.type} {self.pk}"


class PersonalDisclosure(models.Model):
    """The disclosure of one personal field. These are the only rows of the ledger that can go."""

    pk = models.CompositePrimaryKey("event_id", "name")
    event = models.ForeignKey(
        EventRow, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    name = models.TextField()
    digest = models.BinaryField()
    disclosure = models.TextField()

    class Meta:
        db_table = "ledger_personal"

    @override
    def __str__(self) -> str:
        return f"{self.name} of event {self.event_id}"


class Pending(models.Model):
    """The outbox: an event that has no index in the log yet."""

    event = models.OneToOneField(
        EventRow, on_delete=models.DO_NOTHING, primary_key=True, related_name="+"
    )

    class Meta:
        db_table = "ledger_pending"

    @override
    def __str__(self) -> str:
        return f"event {self.event_id}"


class Leaf(models.Model):
    """The place of an event in the log: 0, 1, 2 … without a gap. Never drawn from a sequence."""

    idx = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(EventRow, on_delete=models.DO_NOTHING, related_name="+")

    class Meta:
        db_table = "ledger_leaf"

    @override
    def __str__(self) -> str:
        return f"leaf {self.idx}"

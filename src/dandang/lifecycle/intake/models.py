"""How a report that is not sent yet is kept: rows that are deleted when it is sent or given up."""

from django.db import models
from typing_extensions import override


class DraftRow(models.Model):
    """A report somebody has begun. It is nobody's case, and nothing of it is in the ledger.

    `key` is the hash of the token that the writer's browser holds, under which the request will be
    kept, too. `typed` is what was typed, by step and field; `done` are the steps that were without
    mistakes, `declined` the public matters the writer says are others. `changed_at` (UTC) is when
    it was last written to.
    """

    key = models.CharField(max_length=64, unique=True)
    typed = models.JSONField(default=dict)
    done = models.JSONField(default=list)
    declined = models.JSONField(default=list)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["changed_at"], name="intake_draft_changed")]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class DraftFileRow(models.Model):
    """A checked and cleaned file of a draft. It goes with the draft."""

    draft = models.ForeignKey(DraftRow, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.IntegerField()
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    had_location = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "sha256"], name="intake_draft_file_once"),
        ]

    @override
    def __str__(self) -> str:
        return str(self.pk)


class NameMark(models.Model):
    """The mark of the name that one request came with: a keyed hash, which many people may share.

    Kept apart from the marks of phone numbers and e-mail addresses, because people of one name are
    not one sender. `request` is as there. The row goes with the contact.
    """

    request = models.CharField(max_length=16)
    mark = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "mark"], name="intake_name_once"),
        ]
        indexes = [models.Index(fields=["mark", "-id"], name="intake_name_same")]

    @override
    def __str__(self) -> str:
        return self.request


class SenderMark(models.Model):
    """One mark of one request: a keyed hash of a way to reach its sender, nothing that tells whom.

    `request` is the reference under which the request came in. The row goes with the contact.
    """

    request = models.CharField(max_length=16)
    mark = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "mark"], name="intake_mark_once"),
        ]
        indexes = [models.Index(fields=["mark", "-id"], name="intake_mark_same")]

    @override
    def __str__(self) -> str:
        return self.request

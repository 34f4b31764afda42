"""How the secret addresses of calendars are kept: never the secret itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from typing_extensions import override


class CalendarAddress(models.Model):
    """An address under which an account's deadlines can be read without signing in.

    `token_hash` is SHA-256 of the secret part. `language` is that of the words in the calendar,
    `asked_on` the last day (UTC) on which somebody read it. A revoked address is kept, so that the
    account sees what it once gave out.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token_hash = models.BinaryField(unique=True)
    language = models.CharField(max_length=10)
    created_at = models.DateTimeField()
    asked_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "id"], condition=Q(revoked_at=None), name="calendar_in_use"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"calendar address {self.pk}"

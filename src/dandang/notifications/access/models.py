"""How one-time codes, links and tries are kept: no code, no link, no address can be read here."""

from django.db import models
from django.db.models import Q
from typing_extensions import override


class OneTimeCode(models.Model):
    """Somebody asked for a code to be sent to the contact of a request, if there are both.

    The code is derived from `nonce` with the server's key, and stands nowhere. `next_try_at` is
    when it is sent, None once that is over; `tries` counts what was typed since.
    """

    reference = models.CharField(max_length=16)
    nonce = models.BinaryField()
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["reference", "created_at"], name="one_time_code_of"),
            models.Index(
                fields=["next_try_at"],
                condition=Q(next_try_at__isnull=False),
                name="one_time_code_due",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"one-time code for {self.reference}"


class MailLink(models.Model):
    """A link in a mail that opens a request once. `token_hash` is SHA-256 of its token.

    `mark` is that of the access code there was (`intake.queries.access_mark`): with another code
    the link opens nothing.
    """

    token_hash = models.BinaryField(unique=True)
    reference = models.CharField(max_length=16)
    mark = models.CharField(max_length=32)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="mail_link_old")]

    @override
    def __str__(self) -> str:
        return f"link to {self.reference}"


class Attempt(models.Model):
    """How often somebody tried something until then. `key` is a keyed hash of both."""

    key = models.BinaryField(primary_key=True)
    tries = models.IntegerField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"], name="attempt_until")]

    @override
    def __str__(self) -> str:
        return f"{self.tries} tries until {self.until}"

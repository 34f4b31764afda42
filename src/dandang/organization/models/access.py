"""How getting in is kept: sessions, what happened at sign-in, invitations, resets of factors.

No key of a session or an invitation stands here, only digests of them, and no network address.
"""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from typing_extensions import override

from dandang.organization.models.account import Account


class KeptSession(AbstractBaseSession):
    """A session of a browser. `session_key` is a digest of the key that the browser has.

    `account`, `started_at` (when somebody signed in), `seen_at` and `device` (a coarse word) are
    empty for residents.
    """

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    device = models.TextField(default="")

    class Meta:
        db_table = "organization_session"

    @override
    def __str__(self) -> str:
        return f"session of {self.account_id}"

    @classmethod
    @override
    def get_session_store_class(cls) -> type:
        from dandang.organization.sessions import SessionStore  # noqa: PLC0415 it needs this class

        return SessionStore


class SignInEvent(models.Model):
    """Something that happened about getting in. The database lets nobody change it.

    `by` is the ledger's word for who did it, empty where it was the person or a stranger. `source`
    is a keyed digest of the network address, `detail` a code. It goes when `keep_until` is over.
    """

    at = models.DateTimeField()
    kind = models.TextField()
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    by = models.TextField(default="")
    device = models.TextField(default="")
    source = models.BinaryField(default=b"")
    detail = models.TextField(default="")
    keep_until = models.DateTimeField()

    class Meta:
        db_table = "organization_sign_in_event"
        indexes = [
            models.Index(fields=["account", "-id"], name="sign_in_event_account"),
            models.Index(fields=["kind", "-id"], name="sign_in_event_kind"),
            models.Index(fields=["keep_until"], name="sign_in_event_until"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class Invitation(models.Model):
    """A one-time link with which a person sets the password of an account."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    digest = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    made_by = models.TextField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "organization_invitation"

    @override
    def __str__(self) -> str:
        return f"invitation of {self.account_id}"


class FactorReset(models.Model):
    """An administrator asks that the factors of an account be taken away; another one decides."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.TextField(default="")
    granted = models.BooleanField(default=False)

    class Meta:
        db_table = "organization_factor_reset"
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(decided_at=None), name="one_open_factor_reset"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"reset of {self.account_id}"

"""Inviting officers: a link that works once, for three days, and sets a password.

The same link serves whoever forgot the password.
"""

import base64
import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import models, transaction
from django.utils import timezone

from dandang.organization.access.kinds import Happened
from dandang.organization.actions.accounts import create_account, set_password
from dandang.organization.actions.administering import (
    enter,
    locked_account,
    revoke_invitations,
)
from dandang.organization.actions.sessions import end_sessions
from dandang.organization.actions.sign_in_events import NONE, Circumstances, write_down
from dandang.organization.models import Account, Invitation
from dandang.terms import Actor, Code, Refusal

VALID = timedelta(hours=72)
_BYTES = 20
"""160 bits, drawn at random: nobody finds one by trying."""


@transaction.atomic
def invite(officer: str, *, by: Actor, now: datetime) -> str:
    """Return the secret of a new link for an officer; links given out before work no more.

    An officer without an account gets one, named like the staff code. Refuses `not_found` for a
    stranger and `not_permitted` for a closed account.
    """
    if not Account.objects.filter(officer_id=officer).exists():
        create_account(officer, by=by, now=timezone.now(), officer=officer)
    account = locked_account(officer)
    if not account.is_active:
        raise Refusal(Code.NOT_PERMITTED)
    revoke_invitations(account)
    secret = base64.b32encode(secrets.token_bytes(_BYTES)).decode("ascii")
    made = timezone.now()
    Invitation.objects.create(
        account=account,
        digest=_digest(secret),
        made_at=made,
        made_by=str(by),
        expires_at=made + VALID,
    )
    enter(Happened.INVITED, account, by=by, now=now)
    return secret


@transaction.atomic
def revoke(officer: str, *, by: Actor, now: datetime) -> None:
    """Let the links given out for an officer work no more. Refuses `not_found`."""
    account = locked_account(officer)
    if revoke_invitations(account):
        enter(Happened.INVITATION_REVOKED, account, by=by, now=now)


def invited(secret: str) -> Account | None:
    """Return whose link this is, while it works."""
    found = _open(secret).select_related("account__officer").first()
    return found.account if found is not None and found.account.is_active else None


@transaction.atomic
def accept(secret: str, password: str, *, seen: Circumstances = NONE) -> Account:
    """Set the password of whoever was invited and use the link up; all sessions are over.

    Refuses `not_found` for a link that does not work (any more), `value_invalid` for a weak
    password, after which the link still works.
    """
    found = _open(secret).select_for_update(of=("self",)).first()
    if found is None or not found.account.is_active:
        raise Refusal(Code.NOT_FOUND)
    validate_password(password, found.account)
    now = timezone.now()
    found.used_at = now
    found.save(update_fields=["used_at"])
    by = Actor.officer(found.account.officer_id) if found.account.officer_id else Actor.system()
    account = set_password(found.account.username, password, by=by, now=now)
    end_sessions(account)
    write_down(Happened.INVITATION_USED, account, now=now, seen=seen)
    return account


def _open(secret: str) -> models.QuerySet[Invitation]:
    kept = Invitation.objects.filter(digest=_digest(secret), used_at=None, revoked_at=None)
    return kept.filter(expires_at__gt=timezone.now())


def _digest(secret: str) -> bytes:
    plain = "".join(sign for sign in secret.upper() if sign.isalnum())
    return hashlib.sha256(plain.encode()).digest()

"""Links in mails: each opens the page of one request once, within two weeks.

A token is made from the id of the message with the server's key: a message that is sent again
has the same link, and nobody can make one up. Its hash alone is kept.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from dandang.lifecycle.contact.queries import last_change
from dandang.lifecycle.intake.queries import access_mark
from dandang.notifications.access.models import MailLink

LASTS = timedelta(days=14)

_TOKEN_BYTES = 24
_CHECK_BYTES = 6
_USE = """
UPDATE access_maillink SET used_at = %s
WHERE token_hash = %s AND used_at IS NULL AND created_at > %s
RETURNING reference, mark, created_at
"""


def token_for(message_id: str, reference: str, *, now: datetime) -> str:
    """Return the token of the link in this message about a request, and keep that there is one."""
    token = _signed(_mac("dandang.link", message_id)[:_TOKEN_BYTES])
    MailLink.objects.get_or_create(
        token_hash=_hash(token),
        defaults={"reference": reference, "mark": access_mark(reference), "created_at": now},
    )
    return token


def is_token(text: str) -> bool:
    """Say whether this server made the token: no table is asked about any other."""
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii"))
    except ValueError:  # not ASCII, or not base64
        return False
    return hmac.compare_digest(_signed(raw[:_TOKEN_BYTES]).encode(), text.encode())


def use(token: str, *, now: datetime) -> str | None:
    """Return the reference that a link opens, this once; None where it opens nothing (any more).

    That is so when it was used, is older than two weeks, or when the access code or the contact
    of the request is another one since.
    """
    if not is_token(token):
        return None
    with connection.cursor() as cursor:
        cursor.execute(_USE, [now, _hash(token), now - LASTS])
        row = cursor.fetchone()
    if row is None:
        return None
    reference, mark, created_at = row
    changed_at = last_change(reference)
    if mark != access_mark(reference) or (changed_at is not None and changed_at > created_at):
        return None
    return str(reference)


def used_for(token: str) -> str | None:
    """Return the reference that a link was made for, used or not; None for an unknown one."""
    if not is_token(token):
        return None
    rows = MailLink.objects.filter(token_hash=_hash(token))
    return rows.values_list("reference", flat=True).first()


def prune(*, now: datetime) -> int:
    """Forget links that open nothing any more; return how many."""
    gone, _ = MailLink.objects.filter(created_at__lt=now - LASTS).delete()
    return gone


def _signed(raw: bytes) -> str:
    check = _mac("dandang.link-check", raw.hex())[:_CHECK_BYTES]
    return base64.urlsafe_b64encode(raw + check).decode()


def _mac(salt: str, value: str) -> bytes:
    return salted_hmac(salt, value, algorithm="sha256").digest()


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

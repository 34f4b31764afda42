"""One-time codes: asked for by reference, sent to the contact left, typed on the web.

Whoever asks learns nothing of whether there is such a request or such a contact: the same is
written for every reference, and a worker finds out (`sending`). The code is derived from a random
nonce with the server's key, so that neither stands in a table or a log.
"""

import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from dandang.lifecycle.contact.queries import last_change
from dandang.notifications.access.models import OneTimeCode
from dandang.notifications.channels import ready_channels

DIGITS = 8
LASTS = timedelta(minutes=15)
MOST_TRIES = 5
MOST_AN_HOUR = 3
MOST_A_DAY = 6
BY = ("mail", "sms")
"""The channels by which codes are sent, in the order of preference."""

KEPT = timedelta(days=1)
_NONCE_BYTES = 16
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_TAKE = """
UPDATE access_onetimecode SET tries = tries + 1
WHERE reference = %s AND created_at > %s AND tries < %s
RETURNING nonce, created_at
"""


def can_be_sent() -> bool:
    """Say whether codes are sent here at all: whether there is a channel for them, and a time."""
    return any(channel.name in BY for channel in ready_channels())


@transaction.atomic
def ask(reference: str, *, now: datetime) -> None:
    """Have a code sent to the contact of this request, if there are both and not too many already.

    The same statements run for every reference. `now` is aware.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"one-time code {reference}"])
    rows = OneTimeCode.objects.filter(reference=reference, created_at__gt=now - KEPT)
    asked = list(rows.values_list("created_at", flat=True))
    in_the_hour = sum(at > now - timedelta(hours=1) for at in asked)
    if in_the_hour < MOST_AN_HOUR and len(asked) < MOST_A_DAY:
        OneTimeCode.objects.create(
            reference=reference,
            nonce=secrets.token_bytes(_NONCE_BYTES),
            created_at=now,
            next_try_at=now,
        )


def take(reference: str, typed: str, *, now: datetime) -> bool:
    """Say whether this is a code sent for the request within the last 15 minutes; it ends then.

    Every try counts against the codes that could be meant, and the fifth is the last. Nothing
    opens by a code that went to a contact which is another one by now.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [reference, now - LASTS, MOST_TRIES])
        rows = [(bytes(nonce), asked_at) for nonce, asked_at in cursor.fetchall()]
    given = "".join(one for one in typed if one.isdecimal())
    same = [
        asked_at
        for nonce, asked_at in rows or [(bytes(_NONCE_BYTES), None)]
        if hmac.compare_digest(code_of(reference, nonce).encode(), given.encode())
    ]
    if not rows or not same:
        return False
    changed_at = last_change(reference)
    OneTimeCode.objects.filter(reference=reference).update(tries=MOST_TRIES, next_try_at=None)
    return changed_at is None or changed_at <= max(at for at in same if at)


def code_of(reference: str, nonce: bytes) -> str:
    """Return the code of 8 digits that belongs to a nonce."""
    value = f"{reference} {nonce.hex()}"
    digest = salted_hmac(
        "dandang.one-time-code", value, secret=settings.SECRET_KEY, algorithm="sha256"
    ).digest()
    return f"{int.from_bytes(digest) % 10**DIGITS:0{DIGITS}}"


def prune(*, now: datetime) -> int:
    """Forget codes that count for nothing any more; return how many."""
    gone, _ = OneTimeCode.objects.filter(created_at__lt=now - KEPT).delete()
    return gone

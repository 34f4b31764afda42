"""Signing what is sent, so that a receiver knows that it is from us and not an old one; pure.

`Dandang-Signature: t=1791766800,v1=6f…` holds the time of sending in seconds since 1970 and the
HMAC-SHA256, in hexadecimal, of that number, a full stop and the body. While a secret is being
changed there is one `v1` for each of the two. A receiver refuses times that are too far from its
own clock, which is what makes a caught message useless afterwards.
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta

HEADER = "Dandang-Signature"
TOLERANCE = timedelta(minutes=5)
"""How far the time of a signature may be from the receiver's clock, either way."""

_MOST_DIGITS = 12


def sign(body: bytes, secrets: Iterable[str], at: datetime) -> str:
    """Return the value of the header for a body sent at this instant (aware)."""
    moment = str(int(at.timestamp()))
    return ",".join([f"t={moment}", *(f"v1={_digest(moment, body, one)}" for one in secrets)])


def is_genuine(header: str, body: bytes, secret: str, now: datetime) -> bool:
    """Say whether a body with this header was signed with the secret, and lately.

    This is what a receiver does, and how our own tests read what they receive.
    """
    parts = [part.strip().partition("=") for part in header.split(",")]
    moments = [value for name, _, value in parts if name == "t"]
    if len(moments) != 1 or not _is_number(moments[0]):
        return False
    if abs(now.timestamp() - int(moments[0])) > TOLERANCE.total_seconds():
        return False
    wanted = _digest(moments[0], body, secret).encode()
    given = [value.encode() for name, _, value in parts if name == "v1"]
    return any([hmac.compare_digest(wanted, one) for one in given])  # noqa: C419 all, always


def _digest(moment: str, body: bytes, secret: str) -> str:
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS

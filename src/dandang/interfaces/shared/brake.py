"""A brake on guessing: wrong tries are counted by source, and for one minute no more is taken.

Counts stand in the cache; a source is a hash under a key that this process draws at its start and
never writes down, so no address is kept. Each process counts for itself: the brake is the second
line, after codes and passwords that cannot be guessed in time.
"""

import hashlib
import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

_MOST_WRONG = 10
_WINDOW_SECONDS = 60
_SALT = secrets.token_bytes(32)


@dataclass(frozen=True, slots=True)
class Brake:
    """Counts wrong tries of one kind."""

    kind: str

    def count(self, request: HttpRequest) -> None:
        """Count a wrong try against its source."""
        key = self._key(request)
        if not cache.add(key, 1, _WINDOW_SECONDS):
            with suppress(ValueError):  # the minute was over in this very moment
                cache.incr(key)

    def holds(self, request: HttpRequest) -> bool:
        """Say whether this source made too many wrong tries within the last minute."""
        return int(cache.get(self._key(request), 0)) >= _MOST_WRONG

    def _key(self, request: HttpRequest) -> str:
        return (
            f"{self.kind}:{hmac.new(_SALT, _address(request).encode(), hashlib.sha256).hexdigest()}"
        )


def _address(request: HttpRequest) -> str:
    address = str(request.META.get("REMOTE_ADDR", ""))
    hops: int = settings.PROXY_HOPS
    if hops:
        # Each trusted proxy adds the address it was called from at the end; earlier ones can lie.
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        address = forwarded[-hops].strip() if len(forwarded) >= hops else address
    return address

"""Who may see which request: grants in the session, and a brake on guessing codes.

A grant is given for the right access code and ends one to two hours after the last look, so that a
computer in a library does not stay open. Wrong codes are counted by source for one minute in the
cache; a source is a hash under a key that this process draws at its start and never writes down,
so no address is kept. Each process counts for itself: the brake is the second line, after the 128
bits of the code.
"""

import hashlib
import hmac
import secrets
import time
from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

_KEY = "grants"
_SECONDS = 2 * 60 * 60
_MOST_GRANTS = 20
_MOST_WRONG = 10
_WINDOW_SECONDS = 60
_SALT = secrets.token_bytes(32)


def grant(request: HttpRequest, reference: str) -> None:
    """Let this session see a request. Nothing known of the session before stays valid."""
    request.session.cycle_key()
    _keep(request, {**_grants(request), reference: time.time() + _SECONDS})


def granted(request: HttpRequest, reference: str) -> bool:
    """Say whether this session may see the request; who looks again keeps the grant alive."""
    grants = _grants(request)
    left = grants.get(reference, 0) - time.time()
    if 0 < left < _SECONDS / 2:
        _keep(request, {**grants, reference: time.time() + _SECONDS})
    return left > 0


def leave(request: HttpRequest) -> None:
    """Take all grants back."""
    request.session.pop(_KEY, None)


def wrong_code(request: HttpRequest) -> None:
    """Count a wrong code against its source."""
    key = _source(request)
    if not cache.add(key, 1, _WINDOW_SECONDS):
        with suppress(ValueError):  # the minute was over in this very moment
            cache.incr(key)


def braked(request: HttpRequest) -> bool:
    """Say whether this source gave too many wrong codes within the last minute."""
    return int(cache.get(_source(request), 0)) >= _MOST_WRONG


def _grants(request: HttpRequest) -> dict[str, float]:
    now = time.time()
    kept: dict[str, float] = request.session.get(_KEY, {})
    return {reference: until for reference, until in kept.items() if until > now}


def _keep(request: HttpRequest, grants: dict[str, float]) -> None:
    request.session[_KEY] = dict(list(grants.items())[-_MOST_GRANTS:])


def _source(request: HttpRequest) -> str:
    address = str(request.META.get("REMOTE_ADDR", ""))
    hops: int = settings.PROXY_HOPS
    if hops:
        # Each trusted proxy adds the address it was called from at the end; earlier ones can lie.
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        address = forwarded[-hops].strip() if len(forwarded) >= hops else address
    return "wrong-codes:" + hmac.new(_SALT, address.encode(), hashlib.sha256).hexdigest()

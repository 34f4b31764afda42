"""Who may see which request: grants in the session, and a brake on guessing codes.

A grant is given for the right access code and ends one to two hours after the last look, so that a
computer in a library does not stay open.
"""

import time

from django.http import HttpRequest

from dandang.interfaces.shared.brake import Brake

_KEY = "grants"
_SECONDS = 2 * 60 * 60
_MOST_GRANTS = 20

WRONG_CODES = Brake("wrong-codes")


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


def _grants(request: HttpRequest) -> dict[str, float]:
    now = time.time()
    kept: dict[str, float] = request.session.get(_KEY, {})
    return {reference: until for reference, until in kept.items() if until > now}


def _keep(request: HttpRequest, grants: dict[str, float]) -> None:
    request.session[_KEY] = dict(list(grants.items())[-_MOST_GRANTS:])

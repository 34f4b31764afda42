"""Who may see which request: grants in the session, and a brake on guessing codes.

A grant is given for the right access code, a one-time code or a link in a mail. It ends one to two
hours after the last look, so that a computer in a library does not stay open, and at once when the
access code of the request is replaced.
"""

import time
from typing import TypedDict

from django.http import HttpRequest

from dandang.interfaces.shared.brake import Brake
from dandang.lifecycle.contact.queries import last_change
from dandang.lifecycle.intake.queries import access_mark

_KEY = "opened"
_SECONDS = 2 * 60 * 60
_MOST_GRANTS = 20
_PROVEN_SECONDS = 15 * 60

WRONG_CODES = Brake("wrong-codes")


class _Grant(TypedDict):
    """Until when (seconds since 1970), with which code; until when a code was just proven.

    `contact` marks the contact that it was sent to.
    """

    until: float
    mark: str
    proven: float
    contact: str


def grant(request: HttpRequest, reference: str, *, proven: bool = False) -> None:
    """Let this session see a request. Nothing known of the session before stays valid.

    `proven`: a one-time code was typed, so that for 15 minutes the access code can be replaced.
    """
    request.session.cycle_key()
    now = time.time()
    given = _Grant(
        until=now + _SECONDS,
        mark=access_mark(reference),
        proven=now + _PROVEN_SECONDS if proven else 0,
        contact=_contact_mark(reference) if proven else "",
    )
    _keep(request, {**_grants(request), reference: given})


def granted(request: HttpRequest, reference: str) -> bool:
    """Say whether this session may see the request; who looks again keeps the grant alive."""
    grants = _grants(request)
    given = grants.get(reference)
    if given is None or given["mark"] != access_mark(reference):
        return False
    now = time.time()
    if given["until"] - now < _SECONDS / 2:
        _keep(request, {**grants, reference: {**given, "until": now + _SECONDS}})
    return True


def proven(request: HttpRequest, reference: str) -> bool:
    """Say whether this session proved a moment ago, by a one-time code, whose request it is.

    A code that went to a contact which is another one by now proves nothing.
    """
    if not granted(request, reference):
        return False
    given = _grants(request)[reference]
    return given["proven"] > time.time() and given.get("contact", "") == _contact_mark(reference)


def _contact_mark(reference: str) -> str:
    """Return a mark of the contact there is now; "" for the one left at first."""
    return str(last_change(reference) or "")


def leave(request: HttpRequest) -> None:
    """Take all grants back."""
    request.session.pop(_KEY, None)


def _grants(request: HttpRequest) -> dict[str, _Grant]:
    now = time.time()
    kept: dict[str, _Grant] = request.session.get(_KEY, {})
    return {reference: given for reference, given in kept.items() if given["until"] > now}


def _keep(request: HttpRequest, grants: dict[str, _Grant]) -> None:
    request.session[_KEY] = dict(list(grants.items())[-_MOST_GRANTS:])

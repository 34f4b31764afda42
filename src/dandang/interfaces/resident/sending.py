"""Sending a form once, however often it arrives: tokens, derived access codes, the receipt cookie.

A form carries a secret token. The access code is derived from it with the server's key, and the
request is kept under the token's hash, so that the same form sent again (a double click, a retry
after a lost answer) leads to the same receipt. The code itself is kept by nobody but the
requester: it travels to the receipt page in a cookie of the requester's own browser.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from dandang.terms import access_code_from

_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_TOKEN_BYTES = 24
_COOKIE = "receipt"
_COOKIE_PATH = "/c/"
_COOKIE_SECONDS = 30 * 60
_GROUP = 4


def new_token() -> str:
    """Return a fresh token for a form: 192 random bits in 32 characters."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def is_token(text: str) -> bool:
    """Say whether the text has the shape of a token."""
    return bool(_TOKEN.fullmatch(text))


def submission_of(token: str) -> str:
    """Return the name under which a sending is kept; the token cannot be had back from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_of(token: str) -> str:
    """Return the access code that belongs to a token: always the same one."""
    return access_code_from(salted_hmac("dandang.access-code", token, algorithm="sha256").digest())


def grouped(code: str) -> str:
    """Return an access code in groups of four, as people read and type it."""
    return " ".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A receipt just handed out: the access code in groups, and whether it is the same again."""

    access_code: str
    is_again: bool


def hand_out(response: HttpResponse, reference: str, code: str, *, again: bool) -> None:
    """Let the browser keep the access code for the receipt page, for half an hour.

    `again` marks the receipt of a form that was sent before.
    """
    response.set_signed_cookie(
        _COOKIE,
        f"{reference} {code} {int(again)}",
        salt=_COOKIE,
        max_age=_COOKIE_SECONDS,
        path=_COOKIE_PATH,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def handed_out(request: HttpRequest, reference: str) -> HandedOut | None:
    """Return the receipt this browser was just given for this request, or None."""
    kept = request.get_signed_cookie(_COOKIE, default="", salt=_COOKIE, max_age=_COOKIE_SECONDS)
    parts = (kept or "").split()
    if parts[:1] != [reference]:
        return None
    return HandedOut(grouped(parts[1]), is_again=parts[2] == "1")


def take_back(response: HttpResponse) -> None:
    """Make the browser forget the access code."""
    response.delete_cookie(_COOKIE, path=_COOKIE_PATH, samesite="Lax")

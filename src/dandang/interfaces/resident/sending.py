"""Handing out receipts: the access code goes to the requester's browser, and nowhere else.

It travels to the receipt page in a cookie of the requester's own browser, for half an hour.
"""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dandang.interfaces.shared.tokens import grouped
from dandang.lifecycle.intake.queries import opened_by

_COOKIE = "receipt"
_COOKIE_PATH = "/c/"
_COOKIE_SECONDS = 30 * 60


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
    """Return the receipt this browser was just given for this request, or None.

    None, too, where the code on it was replaced since.
    """
    kept = request.get_signed_cookie(_COOKIE, default="", salt=_COOKIE, max_age=_COOKIE_SECONDS)
    parts = (kept or "").split()
    if parts[:1] != [reference] or opened_by(reference, parts[1]) is None:
        return None
    return HandedOut(grouped(parts[1]), is_again=parts[2] == "1")


def take_back(response: HttpResponse) -> None:
    """Make the browser forget the access code."""
    response.delete_cookie(_COOKIE, path=_COOKIE_PATH, samesite="Lax")

"""A button pressed twice: what opened a page a moment ago opens it once more in the same browser.

A browser gives up the first answer, with its cookies, when the button is pressed again: without
this, a link or a code that opens once would be used up, and its owner would stand outside. The
browser is told by the secret that its forms carry; a keyed hash of it is kept for a minute.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest

from dandang.lifecycle.intake.queries import access_mark
from dandang.notifications.access import attempts

_KIND, _LEFT = "opened", "left"
_WINDOW = timedelta(minutes=1)


def note_opening(request: HttpRequest, reference: str, key: str) -> None:
    """Keep for a minute that this browser opened the page of a request with this key.

    In the transaction that uses the key up, so that the second press waits for it.
    """
    attempts.count(_KIND, _who(request, reference, key), window=_WINDOW)


def opened_just_now(request: HttpRequest, reference: str, key: str) -> bool:
    """Say whether this browser did so within the last minute, and the access code is the same."""
    opened = attempts.tries(_KIND, _who(request, reference, key)) > 0
    left = attempts.tries(_LEFT, _secret(request)) > 0
    return opened and not left and bool(_secret(request))


def note_leaving(request: HttpRequest) -> None:
    """Keep for as long that this browser closed its pages: going back opens none of them."""
    if _secret(request):
        attempts.count(_LEFT, _secret(request), window=_WINDOW)


def _who(request: HttpRequest, reference: str, key: str) -> str:
    return f"{_secret(request)} {reference} {access_mark(reference)} {key}"


def _secret(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")

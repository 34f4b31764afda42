"""Links in mails: looking at one changes nothing and shows nothing, a button opens the page.

Programs that check mails follow links and press no buttons.
"""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dandang.interfaces.resident import access
from dandang.interfaces.resident.twice import note_opening, opened_just_now
from dandang.interfaces.shared import clock
from dandang.notifications.access import links

_COOKIE = "link"
_SECONDS = 15 * 60
_GONE = 410


@require_safe
def come_by_link(_request: HttpRequest, token: str) -> HttpResponse:
    """Put the token out of sight, into a cookie of this browser, and go on without it."""
    address = reverse("link")
    response = redirect(address)
    if links.is_token(token):
        response.set_cookie(
            _COOKIE,
            token,
            max_age=_SECONDS,
            path=address,
            httponly=True,
            samesite="Lax",
            secure=settings.HTTPS,
        )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """Offer to open the page; the button uses the link up and opens it."""
    token = request.COOKIES.get(_COOKIE, "")
    if request.method != "POST":
        return render(request, "resident/link.html", {"here": "follow", "has_link": bool(token)})
    reference = _opened(request, token)
    if reference is None:
        context = {"here": "follow", "is_over": True}
        return _forget(render(request, "resident/link.html", context, status=_GONE))
    response = redirect("follow", reference=reference)
    assert isinstance(response, HttpResponseRedirect)
    return _forget(response)


def _opened(request: HttpRequest, token: str) -> str | None:
    """Return the reference that the link opens, this once or for a second press of the button."""
    with transaction.atomic():
        reference = links.use(token, now=clock.now())
        if reference is not None:
            note_opening(request, reference, token)
    before = links.used_for(token) if reference is None else None
    if before and access.granted(request, before):
        return before
    if before and opened_just_now(request, before, token):
        reference = before
    if reference is not None:
        access.grant(request, reference)
    return reference


def _forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(_COOKIE, path=reverse("link"), samesite="Lax")
    return response

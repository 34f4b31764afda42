"""Subscribing to one's deadlines: the page that makes the secret addresses, and what they show."""

import hashlib
from collections.abc import Iterable
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dandang.interfaces.desk.access import Officer, for_officers, officer_now
from dandang.interfaces.shared import clock
from dandang.interfaces.shared.brake import Brake
from dandang.interfaces.shared.errors import error_page
from dandang.interfaces.shared.whole_numbers import whole_number
from dandang.interfaces.shared.words.cases import CLOCKS, word
from dandang.interfaces.shared.words.names import name
from dandang.notifications.calendar import addresses
from dandang.notifications.calendar.deadlines import Deadline, deadlines_of
from dandang.notifications.calendar.rendering import Entry, write_calendar
from dandang.terms import Refusal

WRONG_ADDRESSES = Brake("wrong-calendar-addresses")

_TYPE = "text/calendar; charset=utf-8"
_MOST_DIGITS = 18


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def manage_addresses(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the addresses in use; make one, shown on this answer alone; revoke one."""
    assert request.user.is_authenticated  # the guard lets nobody else in
    account = request.user.pk
    if request.method != "POST":
        return _page(request, account)
    if "revoke" not in request.POST:
        return _make(request, account, officer)
    number = whole_number(request.POST["revoke"], digits=_MOST_DIGITS)
    if number is not None and addresses.revoke_address(account, number, now=officer.now):
        messages.success(request, _("Revoked. Programs that use this address get nothing more."))
    else:
        messages.info(request, _("This address was not in use any more."))
    return redirect("desk:calendar")


@require_safe
def send_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Send the deadlines that this secret shows. Nobody signs in: who has the address may read.

    Unknown and revoked addresses get the answer of a page that does not exist.
    """
    if WRONG_ADDRESSES.holds(request):
        return error_page(request, HTTPStatus.TOO_MANY_REQUESTS)
    reader = addresses.reader_of(secret, now=clock.now())
    if reader is None:
        WRONG_ADDRESSES.count(request)
        raise Http404
    officer = officer_now(reader.officer)
    with override(reader.language):
        return _feed(request, officer)


def _make(request: HttpRequest, account: int, officer: Officer) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    try:
        secret = addresses.make_address(account, language=language, now=officer.now)
    except Refusal:
        return _page(request, account, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    address = request.build_absolute_uri(reverse("desk:calendar-feed", args=[secret]))
    return _page(request, account, address)


def _page(
    request: HttpRequest, account: int, address: str = "", *, status: int = HTTPStatus.OK
) -> HttpResponse:
    in_use = addresses.addresses_of(account)
    context = {
        "here": "calendar",
        "addresses": in_use,
        "is_full": len(in_use) >= addresses.MOST,
        "most": addresses.MOST,
        "new": address,
    }
    return render(request, "desk/calendar.html", context, status=status)


def _feed(request: HttpRequest, officer: Officer) -> HttpResponse:
    deadlines = deadlines_of(officer.code, officer.posts, officer.directory, now=officer.now)
    title = _("%(body)s: deadlines") % {"body": name(officer.directory.body)}
    entries = [_entry(request, deadline) for deadline in deadlines]
    response = HttpResponse(write_calendar(title, entries, now=officer.now), content_type=_TYPE)
    response.headers["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    # A program may keep it for its reader, and asks each time whether it has changed.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["ETag"] = _mark_of(title, entries)
    unchanged = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return unchanged or response


def _mark_of(title: str, entries: Iterable[Entry]) -> str:
    """Return the entity tag: weak, for the time of writing in each entry is left out of it."""
    return f'W/"{hashlib.sha256(repr((title, list(entries))).encode()).hexdigest()[:32]}"'


def _entry(request: HttpRequest, deadline: Deadline) -> Entry:
    """Return one deadline in words: the reference and what it is for, nothing of the matter."""
    reference = deadline.reference
    what = word(CLOCKS, deadline.clock)
    lines = [_("By then: %(what)s.") % {"what": what}]
    if deadline.is_provisional:
        lines.append(_("Provisional: the working calendar of that year is not published yet."))
    return Entry(
        uid=f"{reference}-{deadline.clock}@{settings.LEDGER_ORIGIN}",
        summary=f"{reference} · {what}",
        due_at=deadline.due_at,
        description="\n".join(lines),
        address=request.build_absolute_uri(reverse("desk:case", args=[reference])),
    )

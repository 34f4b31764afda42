"""The inbox of an officer: what happened to cases that concern the officer, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.shared.whole_numbers import whole_number
from dandang.interfaces.shared.words.times import moment
from dandang.notifications.queries import PAGE, Listed, inbox
from dandang.notifications.upkeep import mark_read

_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Line:
    """One message in words."""

    reference: str
    what: str
    at: datetime
    when: str
    is_new: bool
    is_urgent: bool


@require_safe
@for_officers
def show_messages(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show what the officer was told; nothing counts as read by being shown."""
    unread_only = request.GET.get("unread") == "1"
    found = inbox(
        officer.code,
        limit=PAGE + 1,
        unread_only=unread_only,
        before=whole_number(request.GET.get("before", ""), digits=_MOST_DIGITS),
        hidden_from=officer.kept_out,
    )
    shown = found[:PAGE]
    context = {
        "here": "messages",
        "lines": [_line(one, officer.now) for one in shown],
        "newest": shown[0].id if shown else 0,
        "has_new": any(one.read_at is None for one in shown),
        "unread_only": unread_only,
        "older": shown[-1].id if len(found) > PAGE else 0,
    }
    return render(request, "desk/messages.html", context)


@require_POST
@for_officers
def read_messages(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Mark the officer's messages up to the newest one shown as read; go back to the list."""
    newest = whole_number(request.POST.get("newest", ""), digits=_MOST_DIGITS)
    if newest is not None:
        mark_read(officer.code, up_to=newest, now=officer.now)
    return redirect("desk:messages")


def _line(one: Listed, now: datetime) -> Line:
    return Line(
        reference=one.reference,
        what=one.headline,
        at=one.happened_at,
        when=moment(one.happened_at, now),
        is_new=one.read_at is None,
        is_urgent=one.urgent,
    )

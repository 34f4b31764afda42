"""The numbers beside the links and the tabs, asked for again while a page is open."""

from http import HTTPStatus
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.waiting import DeskRequest, signature
from dandang.interfaces.desk.worklist.queues import queues_of
from dandang.interfaces.shared.by_itself import asked_by_itself
from dandang.lifecycle.casework.tallies import MOST_COUNTED, tallies


@asked_by_itself
@require_safe
@for_officers
def show_counts(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Send the numbers that a page shows where they changed since; 204 where none did.

    `seen` and `queues` say in one word each what the page shows now.
    """
    desk = cast("DeskRequest", request).desk
    shown, on_worklist = request.GET.get("seen", ""), request.GET.get("queues", "")
    queues = tallies(queues_of(officer), officer.now) if on_worklist else {}
    tabs = signature(queues)
    if desk.seen == shown and tabs == on_worklist:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    context = {
        "numbers": desk.numbers,
        "queues": queues,
        "tabs": tabs,
        "most": MOST_COUNTED,
    }
    return render(request, "desk/counts.html", context)

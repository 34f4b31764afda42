"""Home: the two things most people come for, how the last week went, whom to call."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dandang.interfaces.public import asking, words
from dandang.interfaces.shared import clock
from dandang.organization.queries import directory
from dandang.terms import Refusal


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show where to report and where to follow, and the numbers of the last seven days."""
    try:
        found = asking.week(clock.now())
        phone = directory().intake_post().phone
    except Refusal:  # nobody has set the body up yet
        return render(request, "public/home.html")
    week = {
        "received": words.count(found.received),
        "ended": words.count(found.ended),
        "solved": words.count(found.solved),
        "open": words.count(found.open),
    }
    return render(request, "public/home.html", {"week": week, "phone": phone})

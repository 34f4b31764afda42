"""Home and the public board."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dandang.interfaces.public.figures import figures
from dandang.interfaces.shared import clock
from dandang.interfaces.shared.words.cases import STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.organization.queries import current_policy, directory


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the two things most people come for, and how last week went."""
    return render(request, "public/home.html", {"figures": figures(clock.now())})


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show the counts with their definitions. Units stand in the order of the register."""
    found = figures(clock.now())
    names = Names(directory(), current_policy())
    context = {
        "figures": found,
        "ends": [(word(STATES, end), number) for end, number in found.ends],
        "units": [(names.unit(row.unit), row.open, row.overdue) for row in found.units],
        "published": [
            (names.unit(one.unit), one.sent_at, one.due_at, (found.at - one.due_at).days)
            for one in found.published
        ],
        "here": "open",
    }
    return render(request, "public/board.html", context)

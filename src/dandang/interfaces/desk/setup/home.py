"""The first page of set-up: what there is, and what needs attention."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.setup.access import for_administrators
from dandang.interfaces.desk.setup.attention import matters
from dandang.interfaces.desk.setup.tables import SHOWN
from dandang.interfaces.desk.setup.words import TITLES
from dandang.interfaces.shared.words.names import name
from dandang.organization.lists import WantedEntries, count_entries
from dandang.organization.queries import adopted_notices, current_policy


@dataclass(frozen=True, slots=True)
class Part:
    """A table of the register and how much is in force in it."""

    title: str
    number: int
    href: str


@require_safe
@for_administrators
def show_home(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show how much there is of everything, and what needs attention."""
    policy = current_policy()
    body = officer.directory.body
    context = {
        "here": "setup",
        "parts": list(_parts(officer)),
        "matters": matters(officer, policy),
        "body": name(body),
        "fallback": body.fallback_post,
        "policy": policy,
        "horizon": officer.calendar.horizon,
        "notices": len(adopted_notices()),
    }
    return render(request, "setup/home.html", context)


def _parts(officer: Officer) -> Iterator[Part]:
    today = officer.directory.local_day(officer.now)
    for table in SHOWN:
        wanted = WantedEntries(table, today=today, now=officer.now)
        yield Part(str(TITLES[table]), count_entries(wanted), reverse("setup:table", args=[table]))

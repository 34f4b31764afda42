"""Matters whose requesters agreed to be shown, and about which no officer has decided yet."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.overviews.paging import paging
from dandang.interfaces.desk.overviews.reach import oversees
from dandang.interfaces.desk.overviews.rows import CaseLine, Reader
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.queries import counted, facts_for_all, whole
from dandang.lifecycle.casework.rules.agreement import Publishing
from dandang.lifecycle.casework.rules.permit import acting_post
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.verbs import VERBS
from dandang.organization.queries import current_policy


@dataclass(frozen=True, slots=True)
class Row:
    """A case to read. `may_decide`: this officer may publish its text, or decide not to."""

    case: CaseLine
    may_decide: bool


@require_safe
@for_officers
def show_to_publish(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show what waits to be read before the public may see it, the oldest first."""
    names = Names(officer.directory, current_policy())
    wanted = Wanted(publishing=Publishing.TO_DECIDE.value, hidden_from=officer.kept_out)
    number = counted(wanted) if oversees(officer) else 0
    pages = paging(number, request.GET.get("page", ""), {})
    cases = whole(wanted, offset=pages.offset, oldest_first=True) if pages.count else []
    known = facts_for_all([one.state for one in cases], by=officer.actor, now=officer.now)
    reader = Reader(officer, names)
    context = {
        "here": "to-publish",
        "rows": [
            Row(reader.case(one), acting_post(facts, VERBS["publish-text"]) is not None)
            for one, facts in zip(cases, known, strict=True)
        ],
        "paging": pages,
        "oversees": oversees(officer),
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "desk/overviews/to_publish.html", context)

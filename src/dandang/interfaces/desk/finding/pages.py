"""The search page: words and filters, what was found, page by page.

Words are sent by POST and led on to an address that can be shared and gone back to; never words
that name a person by number or e-mail, which therefore stand in no history and in no log. The
contact of requesters is not in the index at all.
"""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dandang.finding.finder import TooSlow
from dandang.finding.following import late_since
from dandang.finding.queries import Found, by_reference, search
from dandang.finding.rules.people import may_search_people
from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.finding.asking import FindForm, page_after, place_of
from dandang.interfaces.desk.finding.lines import Shown, lines_of
from dandang.interfaces.shared.words.names import Names
from dandang.organization.queries import current_policy
from dandang.terms import check_reference

_STATUS = {
    "is_too_slow": HTTPStatus.SERVICE_UNAVAILABLE,
    "is_misunderstood": HTTPStatus.UNPROCESSABLE_ENTITY,
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def find_cases(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the cases with the words that were typed, of those that the officer may read."""
    typed = request.POST if request.method == "POST" else request.GET
    form = FindForm(typed, officer, current_policy())
    if form.names_somebody:
        return _page(request, officer, form, {"names_somebody": True})
    asked = form.address
    if request.method == "POST":
        if form.errors:
            return _page(request, officer, form, {"is_misunderstood": True})
        return _leads_on(officer, asked)
    if not asked:
        return _page(request, officer, form, {})
    return _page(request, officer, form, _results(request, officer, form))


def _leads_on(officer: Officer, asked: dict[str, str]) -> HttpResponse:
    """Lead to the one case whose number was typed, else to the address of what was asked.

    Filters do not matter to whoever typed a reference; a number of another system may be a word.
    """
    typed = asked.get("q", "")
    if typed and (set(asked) <= {"q", "sort"} or check_reference(typed)):
        found = by_reference(typed, by=officer.actor, now=officer.now)
        if len(found) == 1:
            return redirect("desk:case", found[0].reference)
    query = f"?{urlencode(asked)}" if asked else ""
    return redirect(f"{reverse('search:cases')}{query}")


def _results(request: HttpRequest, officer: Officer, form: FindForm) -> dict[str, Any]:
    sought = form.sought()
    after = place_of(request.GET.get("after", ""))
    try:
        found = search(sought, by=officer.actor, now=officer.now, after=after)
    except TooSlow:
        return {"is_too_slow": True}
    if not found.cases and after is None and sought.text:
        numbered = by_reference(sought.text, by=officer.actor, now=officer.now)
        found = Found(tuple(numbered), None, len(numbered))
    late = late_since()
    names = Names(officer.directory, current_policy())
    shown = Shown(sought.asked.words, internal=sought.internal)
    return {
        "is_answered": True,
        "is_hopeless": sought.is_hopeless,
        "is_late": late is not None,
        "late_since": late if late and late.year > 1 else None,
        "lines": lines_of(found.cases, officer, names, shown),
        "total": found.total,
        "most": found.most,
        "is_first": after is None,
        "first": urlencode(form.address),
        "older": page_after(form.address, found.older) if found.older else "",
    }


def _page(
    request: HttpRequest, officer: Officer, form: FindForm, found: dict[str, Any]
) -> HttpResponse:
    status = next((status for name, status in _STATUS.items() if found.get(name)), HTTPStatus.OK)
    meets = may_search_people(officer.posts)
    context = {"here": "search", "form": form, "meets_requesters": meets, **found}
    return render(request, "finding/cases.html", context, status=status)

"""The list of published cases with its search, and the page of one."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from dandang.interfaces.public.cases.asking import (
    LONGEST,
    Asked,
    areas,
    asked_for,
    categories,
    place_in,
    states,
)
from dandang.interfaces.public.cases.lines import Line, public_lines
from dandang.interfaces.shared import clock
from dandang.interfaces.shared.words.cases import CLOCK_PURPOSES, STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.ledger.queries import events_of
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.organization.queries import current_policy, directory
from dandang.policy import ClockName
from dandang.publication.cases.queries import Shown, listed, shown
from dandang.terms import Due

NOT_KEPT = "noindex, noarchive"
"""Search engines keep no copy: what is taken back has to be gone."""


@dataclass(frozen=True, slots=True)
class Card:
    """A published case in words. `people` says how many asked for it."""

    reference: str
    title: str
    text: str
    place: str
    category: str
    unit: str
    state: str
    is_open: bool
    can_join: bool
    sent: str
    sent_at: datetime
    people: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands: who holds it, by when it is due for what, how many hands it had."""

    holder: str
    total: str
    is_overdue: bool
    hands: int


@require_safe
def show_cases(request: HttpRequest) -> HttpResponse:
    """Show published cases, the newest first, those that were searched for."""
    known, policy = directory(), current_policy()
    asked = asked_for(request.GET, known, policy)
    names, now = Names(known, policy), clock.now()
    place = place_in(request.GET)
    page = listed(asked.sought, after=place)
    context = {
        "here": "cases",
        "asked": asked,
        "longest": LONGEST,
        "areas": areas(known, asked.area),
        "categories": categories(policy, asked.category),
        "states": states(asked.state),
        "cards": [card(one, names, now) for one in page.cases],
        "next": asked.query(page.after) if page.after else "",
        "first": asked.query() if place is not None else None,
        "is_hopeless": asked.sought.is_hopeless,
        "feeds": _feeds(asked, names),
    }
    return _not_kept(render(request, "public/cases/list.html", context))


@require_safe
def show_case(request: HttpRequest, number: str) -> HttpResponse:
    """Show one published case; what is not shown, or not any more, is not found."""
    found = shown(number)
    if found is None:
        raise Http404
    if found.reference != number:
        return redirect("public-case", number=found.reference)
    names, now = Names(directory(), current_policy()), clock.now()
    context = {
        "here": "cases",
        "case": card(found, names, now),
        "standing": _standing(find(found.case_reference).state, names, now),
        "lines": _lines(found, names, now),
        "feeds": _feeds(Asked(area=found.area, category=found.category), names),
    }
    return _not_kept(render(request, "public/cases/one.html", context))


def card(one: Shown, names: Names, now: datetime) -> Card:
    """Return a published case in words."""
    others = ngettext("%(n)s person reported it", "%(n)s people reported it", one.requests)
    place = (names.area(one.area), one.place)
    return Card(
        reference=one.reference,
        title=one.title,
        text=one.text,
        place=" · ".join(part for part in place if part),
        category=names.category(one.category),
        unit=names.unit(one.unit),
        state=word(STATES, one.state),
        is_open=one.is_open,
        can_join=one.can_join,
        sent=moment(one.sent_at, now),
        sent_at=one.sent_at,
        people=others % {"n": one.requests} if one.requests else "",
    )


def _standing(case: CaseState, names: Names, now: datetime) -> Standing:
    due: Due | None = case.clocks.get(ClockName.TOTAL)
    at = due.at if due else None
    words = f"{moment(at, now)} · {word(CLOCK_PURPOSES, ClockName.TOTAL)}" if at else ""
    return Standing(
        holder=names.post_with_unit(case.holder),
        total=words,
        is_overdue=at is not None and at < now,
        hands=case.hand_overs,
    )


def _lines(one: Shown, names: Names, now: datetime) -> list[Line]:
    return public_lines(events_of(one.stream), names, now)


def _feeds(asked: Asked, names: Names) -> list[tuple[str, str, str]]:
    """Return the feeds beside a page: kind, code, and what is in it."""
    found = []
    if asked.area:
        what = _("Public cases in %(area)s") % {"area": names.area(asked.area)}
        found.append(("area", asked.area, what))
    if asked.category:
        what = _("Public cases: %(category)s") % {"category": names.category(asked.category)}
        found.append(("category", asked.category, what))
    return found


def _not_kept(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = NOT_KEPT
    return response

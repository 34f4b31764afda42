"""Long-standing cases: on the leader's list, with a named sponsor, or waiting for one."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.overviews.filters import Filter, Filters
from dandang.interfaces.desk.overviews.paging import paging
from dandang.interfaces.desk.overviews.reach import below, heads, reach, unit_choices
from dandang.interfaces.desk.overviews.rows import CallLine, CaseLine, Reader
from dandang.interfaces.desk.supervision.access import tabs
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.by_unit import loads_of_sponsors
from dandang.lifecycle.casework.queries import HeldCase, counted, facts_for_all, whole
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import acting_post
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.verbs import VERBS
from dandang.organization.directory import SUPERVISING
from dandang.organization.queries import current_policy
from dandang.policy import Policy

_SPONSORS = frozenset(SUPERVISING)


@dataclass(frozen=True, slots=True)
class Row:
    """A long-standing case. `sponsor` is "" where nobody was named.

    `wants_sponsor`: somebody was called to name one. `listed` and `published` say since when, or
    are "". `can_name`: the officer may name a sponsor.
    """

    case: CaseLine
    calls: tuple[CallLine, ...]
    sponsor: str
    wants_sponsor: bool
    listed: str
    published: str
    can_name: bool


@require_safe
@for_officers
def show_long_standing(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the long-standing cases of the units below the officer, the oldest first."""
    policy = current_policy()
    filters = Filters(request.GET, _filters(officer))
    wanted = _wanted(officer, policy, filters.chosen)
    number = counted(wanted) if wanted.units and wanted.long_standing else 0
    pages = paging(number, request.GET.get("page", ""), filters.chosen)
    cases = whole(wanted, offset=pages.offset, oldest_first=True) if pages.count else []
    known = facts_for_all([one.state for one in cases], by=officer.actor, now=officer.now)
    reader = Reader(officer, Names(officer.directory, policy))
    context = {
        "here": "long-standing",
        "tabs": tabs(officer, "desk:long-standing"),
        "filters": filters,
        "rows": [_row(one, facts, reader) for one, facts in zip(cases, known, strict=True)],
        "paging": pages,
        "sponsors": _loads(officer, reader.names),
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "desk/overviews/long_standing.html", context)


def answers_of_sponsors(policy: Policy) -> tuple[str, ...]:
    """Return the acts that answer a call for a sponsor, as calls keep them."""
    found = (
        ",".join(answer.value for answer in step.answered_by)
        for ladder in policy.ladders.values()
        for step in ladder.steps
        if step.sponsor
    )
    return tuple(dict.fromkeys(found))


def _wanted(officer: Officer, policy: Policy, chosen: Mapping[str, str]) -> Wanted:
    units = reach(officer)
    if chosen.get("unit") in units:
        units = below(chosen["unit"], officer.directory)
    return Wanted(
        units=units,
        long_standing=answers_of_sponsors(policy) or ("named_sponsor",),
        hidden_from=officer.kept_out,
    )


def _filters(officer: Officer) -> dict[str, Filter]:
    units = unit_choices(reach(officer), officer.directory)
    return {"unit": Filter(_("Unit of the holder"), units)}


def _row(one: HeldCase, facts: Facts, reader: Reader) -> Row:
    case, now = one.state, reader.officer.now
    return Row(
        case=reader.case(one),
        calls=reader.calls(case),
        sponsor=reader.names.post_with_unit(case.sponsor) if case.sponsor else "",
        wants_sponsor=not case.sponsor and any(call.kind for call in case.calls),
        listed=moment(case.listed_at, now) if case.listed_at else "",
        published=moment(case.published_at, now) if case.published_at else "",
        can_name=acting_post(facts, VERBS["name-sponsor"]) is not None,
    )


def _loads(officer: Officer, names: Names) -> list[tuple[str, int]]:
    """Return who could sponsor and how many cases each sponsors, in the order of the register.

    For choosing, so only to those who look after units. One query.
    """
    if not heads(officer):
        return []
    directory = officer.directory
    posts = [
        post.code for post in directory.posts.values() if post.kinds & _SPONSORS and not post.ended
    ]
    loads = loads_of_sponsors(posts, officer.kept_out)
    return [(names.post_with_unit(code), loads.get(code, 0)) for code in posts]

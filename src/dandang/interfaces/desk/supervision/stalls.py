"""Why cases stood still: what holders said, by unit and reason, each number with its cases."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.overviews.filters import Filter, Filters
from dandang.interfaces.desk.overviews.reach import below, reach, unit_choices
from dandang.interfaces.desk.supervision.access import for_heads, tabs
from dandang.interfaces.desk.supervision.cases import Row as CaseRow
from dandang.interfaces.desk.supervision.cases import case_row
from dandang.interfaces.desk.supervision.units import Number
from dandang.interfaces.desk.urgency import soon_until
from dandang.interfaces.shared.whole_numbers import whole_number
from dandang.interfaces.shared.words.cases import OBSTACLES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.queries import PAGE
from dandang.lifecycle.casework.stalls import Stall, cases_of, stalls_since
from dandang.lifecycle.states import Obstacle
from dandang.organization.queries import current_policy

_DAYS = 90
_OTHER_DAYS = (30, 180, 365)
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Row:
    """A unit with its numbers, which hold those of the units below it: all reasons, then each."""

    unit: str
    depth: int
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A case, and what was said of it last, of what is looked for."""

    case: CaseRow
    reason: str
    unit: str
    when: str


@require_safe
@for_heads
def show_stalls(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show how many cases stood still for which reason, in the units below the officer."""
    filters = Filters(request.GET, {"days": _period()})
    stalls = _stalls(filters.chosen, reach(officer), officer)
    query = filters.chosen
    context = {
        "here": "supervision",
        "tabs": tabs(officer, "supervision:stalls"),
        "filters": filters,
        "columns": [_("All reasons"), *(word(OBSTACLES, one) for one in Obstacle)],
        "rows": list(_rows(stalls, officer, query)),
        "totals": _numbers(stalls, "", query),
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "supervision/stalls.html", context)


@require_safe
@for_heads
def show_stalled(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the cases behind a number, the one of which something was said last in front."""
    filters = Filters(
        request.GET,
        {
            "unit": Filter(_("Unit that said so"), unit_choices(reach(officer), officer.directory)),
            "reason": Filter(
                _("What was missing"), [(one, word(OBSTACLES, one)) for one in Obstacle]
            ),
            "days": _period(),
        },
    )
    found = _last_of_each(_asked(filters.chosen, officer))
    begin = whole_number(request.GET.get("after", ""), digits=_MOST_DIGITS)
    rest = [one for one in found if begin is None or one.number < begin]
    page = rest[:PAGE]
    chosen = dict(filters.chosen)
    context = {
        "here": "supervision",
        "tabs": tabs(officer, "supervision:stalls"),
        "filters": filters,
        "count": len(found),
        "rows": _said(page, officer),
        "next": urlencode({**chosen, "after": page[-1].number}) if len(rest) > PAGE else "",
        "first": urlencode(chosen) if begin is not None else None,
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "supervision/stalled.html", context)


def _period() -> Filter:
    def last(days: int) -> str:
        return ngettext("the last %(n)s day", "the last %(n)s days", days) % {"n": days}

    others = [(str(days), last(days)) for days in _OTHER_DAYS]
    return Filter(pgettext("of time", "Period"), others, everything=last(_DAYS))


def _asked(chosen: Mapping[str, str], officer: Officer) -> list[Stall]:
    units = below(chosen["unit"], officer.directory) if "unit" in chosen else reach(officer)
    stalls = _stalls(chosen, units, officer)
    return [one for one in stalls if chosen.get("reason", one.obstacle) == one.obstacle]


def _stalls(chosen: Mapping[str, str], units: Sequence[str], officer: Officer) -> list[Stall]:
    return stalls_since(_since(chosen, officer), units, officer.directory, officer.kept_out)


def _since(chosen: Mapping[str, str], officer: Officer) -> datetime:
    """Return when the first day of the period begins, in the time zone of the body."""
    today = officer.calendar.local_date(officer.now)
    first = today - timedelta(days=int(chosen.get("days", _DAYS)))
    return datetime.combine(first, time(), officer.calendar.time_zone)


def _rows(stalls: Sequence[Stall], officer: Officer, query: Mapping[str, str]) -> Iterator[Row]:
    """Yield the units of which something was said, in the order of the register."""
    names = Names(officer.directory, current_policy())
    units = reach(officer)
    said: dict[str, list[Stall]] = {}
    for one in stalls:
        for unit in (one.unit, *officer.directory.units_above(one.unit)):
            said.setdefault(unit, []).append(one)
    for unit, _words in unit_choices(units, officer.directory):
        if unit in said:
            above = [code for code in officer.directory.units_above(unit) if code in units]
            numbers = tuple(_numbers(said[unit], unit, query))
            yield Row(names.unit(unit), min(len(above), 4), numbers)


def _numbers(stalls: Sequence[Stall], unit: str, query: Mapping[str, str]) -> list[Number]:
    """Return how many cases: a case of which the same was said twice is one."""
    all_cases = {one.stream for one in stalls}
    by_reason: dict[str, set[bytes]] = {one.value: set() for one in Obstacle}
    for one in stalls:
        by_reason[one.obstacle].add(one.stream)
    return [
        _number(len(all_cases), _("All reasons"), {**query, "unit": unit}),
        *(
            _number(len(found), word(OBSTACLES, reason), {**query, "unit": unit, "reason": reason})
            for reason, found in by_reason.items()
        ),
    ]


def _number(number: int, words: str, asked: Mapping[str, str]) -> Number:
    query = urlencode({name: value for name, value in asked.items() if value})
    path = reverse("supervision:stalled") + (f"?{query}" if query else "")
    return Number(number, words, path if number else "")


def _last_of_each(stalls: Sequence[Stall]) -> list[Stall]:
    """Return what was said last of each case; they stand with the last in front."""
    found: dict[bytes, Stall] = {}
    for one in stalls:
        found.setdefault(one.stream, one)
    return list(found.values())


def _said(page: Sequence[Stall], officer: Officer) -> list[Said]:
    names = Names(officer.directory, current_policy())
    soon = soon_until(officer.now, officer.calendar)
    return [
        Said(
            case=case_row(case, names, officer.now, soon),
            reason=word(OBSTACLES, stall.obstacle),
            unit=names.unit(stall.unit),
            when=moment(stall.at, officer.now),
        )
        for stall, case in zip(page, cases_of(page), strict=True)
    ]

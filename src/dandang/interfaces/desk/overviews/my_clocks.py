"""The page of an officer's clocks: what is due, what for, whose turn, how much time is left."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.clocks import ClockLine, ClockReader
from dandang.interfaces.desk.overviews.filters import Filter, Filters
from dandang.interfaces.desk.overviews.paging import Paging, paging
from dandang.interfaces.desk.overviews.reach import below, heads, reach, unit_choices
from dandang.interfaces.shared.words.cases import CLOCKS, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.clock_list import (
    ClockTally,
    ListedClock,
    WantedClocks,
    clock_tallies,
    clocks,
)
from dandang.lifecycle.deadlines.clocks import RIGHTS, SYSTEMS_OWN
from dandang.organization.queries import current_policy, policy_by_hash
from dandang.policy import ClockName

_OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Row:
    """One clock of one case in words."""

    clock: ClockLine
    reference: str
    title: str
    where: str


@require_safe
@for_officers
def show_clocks(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the running clocks of the officer's posts, or of a unit below, by due time."""
    names = Names(officer.directory, current_policy())
    held_by = Filters(request.GET, _by_unit(officer)).chosen
    everything = _wanted(officer, held_by)
    tallies = clock_tallies(everything, officer.now) if officer.posts else []
    filters = Filters(request.GET, _filters(officer, tallies))
    wanted = _wanted(officer, filters.chosen)
    pages = paging(_number(tallies, filters.chosen), request.GET.get("page", ""), filters.chosen)
    context = {
        "here": "clocks",
        "filters": filters,
        "rows": _rows(wanted, pages, officer, names) if pages.count else (),
        "paging": pages,
        "overdue": sum(one.overdue for one in tallies),
        "running": sum(one.number for one in tallies),
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "desk/overviews/clocks.html", context)


def _wanted(officer: Officer, chosen: Mapping[str, str]) -> WantedClocks:
    unit = chosen.get("unit")
    return WantedClocks(
        posts=() if unit else tuple(post.code for post in officer.posts),
        units=below(unit, officer.directory) if unit else (),
        only=(chosen["clock"],) if "clock" in chosen else (),
        never=tuple(SYSTEMS_OWN),
        rights=tuple(RIGHTS),
        overdue_at=officer.now if chosen.get("when") == _OVERDUE else None,
        hidden_from=officer.kept_out,
    )


def _by_unit(officer: Officer) -> dict[str, Filter]:
    if not heads(officer):
        return {}
    choices = unit_choices(reach(officer), officer.directory)
    return {"unit": Filter(_("Whose cases"), choices, everything=_("My posts"))}


def _filters(officer: Officer, tallies: list[ClockTally]) -> dict[str, Filter]:
    counted = {one.clock: one.number for one in tallies}
    names = [
        (clock.value, f"{word(CLOCKS, clock)} ({counted[clock]})")
        for clock in ClockName
        if counted.get(clock)
    ]
    late = sum(one.overdue for one in tallies)
    return {
        "clock": Filter(_("What for"), names),
        "when": Filter(_("Due"), [(_OVERDUE, f"{_('overdue')} ({late})")]),
        **_by_unit(officer),
    }


def _number(tallies: list[ClockTally], chosen: Mapping[str, str]) -> int:
    """Return how many clocks were asked for."""
    is_late = chosen.get("when") == _OVERDUE
    asked = [one for one in tallies if chosen.get("clock") in (None, one.clock)]
    return sum(one.overdue if is_late else one.number for one in asked)


def _rows(wanted: WantedClocks, pages: Paging, officer: Officer, names: Names) -> tuple[Row, ...]:
    reader = ClockReader(names, officer.calendar, officer.now)
    found = clocks(wanted, officer.now, offset=pages.offset)
    return tuple(_row(one, reader, names) for one in found)


def _row(one: ListedClock, reader: ClockReader, names: Names) -> Row:
    where = [names.category(one.case.category), names.area(one.case.area)]
    return Row(
        clock=reader.line(one.due, one.case, policy_by_hash(one.case.policy)),
        reference=one.reference,
        title=one.title,
        where=" · ".join(part for part in where if part),
    )

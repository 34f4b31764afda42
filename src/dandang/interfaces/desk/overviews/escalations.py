"""What went up: open calls in the units below an officer, how old, who is called, who is silent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.overviews.filters import Filter, Filters
from dandang.interfaces.desk.overviews.paging import paging
from dandang.interfaces.desk.overviews.reach import below, reach, unit_choices
from dandang.interfaces.desk.overviews.rows import CallLine, CaseLine, Reader
from dandang.interfaces.desk.supervision.access import tabs
from dandang.interfaces.shared.comma_separated import csv_lines
from dandang.interfaces.shared.words.cases import CALL_TARGETS, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment, stamp
from dandang.lifecycle.casework.queries import HeldCase, counts_by_unit, whole
from dandang.lifecycle.casework.wanted import Wanted
from dandang.organization.queries import current_policy
from dandang.policy import CallTarget

_ALL = tuple(target.value for target in CallTarget)
_MOST_CASES = 20_000
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A case with its open calls. `listed` is since when it is on the leader's list, or ""."""

    case: CaseLine
    calls: tuple[CallLine, ...]
    listed: str


@require_safe
@for_officers
def show_escalations(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the cases with open calls in the units below the officer, the oldest first."""
    names = Names(officer.directory, current_policy())
    everything = _wanted(officer, {})
    by_unit = counts_by_unit(everything) if everything.units else {}
    filters = Filters(request.GET, _filters(officer, by_unit))
    wanted = _wanted(officer, filters.chosen)
    number = sum(counts_by_unit(wanted).values()) if by_unit else 0
    pages = paging(number, request.GET.get("page", ""), filters.chosen)
    reader = Reader(officer, names)
    cases = whole(wanted, offset=pages.offset, oldest_first=True) if pages.count else []
    context = {
        "here": "escalations",
        "tabs": tabs(officer, "desk:escalations"),
        "filters": filters,
        "rows": [_row(one, reader) for one in cases],
        "paging": pages,
        "by_unit": [(names.unit(unit), number) for unit, number in by_unit.items()],
        "query": request.GET.urlencode(),
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "desk/overviews/escalations.html", context)


@require_safe
@for_officers
def send_escalations(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Send the same list as CSV: a line for every call, without titles and without names."""
    names = Names(officer.directory, current_policy())
    filters = Filters(request.GET, _filters(officer, {}))
    lines = csv_lines(_header(), _records(_wanted(officer, filters.chosen), names))
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="escalations.csv"'
    return response


def _wanted(officer: Officer, chosen: Mapping[str, str]) -> Wanted:
    units = reach(officer)
    if chosen.get("unit") in units:
        units = below(chosen["unit"], officer.directory)
    targets = (chosen["level"],) if "level" in chosen else _ALL
    return Wanted(units=units, targets=targets, hidden_from=officer.kept_out)


def _filters(officer: Officer, by_unit: Mapping[str, int]) -> dict[str, Filter]:
    levels = [(target.value, word(CALL_TARGETS, target)) for target in CallTarget]
    units = [
        (code, f"{words} ({by_unit[code]})" if by_unit.get(code) else words)
        for code, words in unit_choices(reach(officer), officer.directory)
    ]
    return {
        "unit": Filter(_("Unit of the holder"), units),
        "level": Filter(_("Who was called"), levels),
    }


def _row(one: HeldCase, reader: Reader) -> Row:
    listed = one.state.listed_at
    return Row(
        case=reader.case(one),
        calls=reader.calls(one.state),
        listed=moment(listed, reader.officer.now) if listed else "",
    )


def _header() -> tuple[str, ...]:
    return (
        *("reference", "unit", "holder", "sent_at", "step", "level", "called_post"),
        *("called_at", "due_at", "silent", "listed_at"),
    )


def _records(wanted: Wanted, names: Names) -> Iterator[tuple[str, ...]]:
    """Yield a line for every open call, page by page."""
    for offset in range(0, _MOST_CASES, _AT_ONCE):
        cases = whole(wanted, limit=_AT_ONCE, offset=offset, oldest_first=True)
        for one in cases:
            yield from _lines_of(one, names)
        if len(cases) < _AT_ONCE:
            return


def _lines_of(one: HeldCase, names: Names) -> Iterator[tuple[str, ...]]:
    case = one.state
    for call in case.calls:
        yield (
            *(one.reference, names.unit(case.holder_unit), names.post(case.holder)),
            *(stamp(case.sent_at), call.step, call.target, names.post_with_unit(call.post)),
            *(stamp(call.called_at), stamp(call.due_at), "yes" if call.missed else "no"),
            stamp(case.listed_at) if case.listed_at else "",
        )

"""The cases behind a number of the overview, page by page, and the same as CSV."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.overviews.filters import Filter, Filters
from dandang.interfaces.desk.overviews.reach import below, reach, unit_choices
from dandang.interfaces.desk.supervision.access import for_heads, tabs
from dandang.interfaces.desk.supervision.counted import COLUMNS, COUNTED, borders
from dandang.interfaces.desk.urgency import soon_until, urgency
from dandang.interfaces.shared.comma_separated import csv_lines
from dandang.interfaces.shared.words.cases import CLOCKS, state_and_proposal, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment, stamp
from dandang.lifecycle.casework.by_unit import What, unit_cases
from dandang.lifecycle.casework.queries import ListedCase
from dandang.lifecycle.states import Outcome
from dandang.organization.queries import current_policy

_AT_ONCE = 500
_MOST_CASES = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """A case in words. `title` is "" where it was erased; `urgency` is late, soon or ""."""

    reference: str
    title: str
    where: str
    state: str
    holder: str
    due_at: datetime | None
    due_for: str
    urgency: str
    sent: str


@require_safe
@for_heads
def show_cases(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the cases behind a number, by due time, 50 at a time."""
    filters = _filters(request, officer)
    what, units = _asked(filters.chosen, officer)
    page = unit_cases(
        units, what, borders(officer), officer.kept_out, after=request.GET.get("after", "")
    )
    names = Names(officer.directory, current_policy())
    soon = soon_until(officer.now, officer.calendar)
    chosen = dict(filters.chosen)
    context = {
        "here": "supervision",
        "tabs": tabs(officer, "supervision:units"),
        "filters": filters,
        "what": str(COLUMNS[what]),
        "counted": str(COUNTED[what]),
        "rows": [case_row(case, names, officer.now, soon) for case in page.cases],
        "next": urlencode({**chosen, "after": page.next}) if page.next else "",
        "first": urlencode(chosen) if request.GET.get("after") else "",
        "query": urlencode(chosen),
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "supervision/cases.html", context)


@require_safe
@for_heads
def send_cases(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Send the same cases as CSV, without titles and without names, at most 20,000."""
    what, units = _asked(_filters(request, officer).chosen, officer)
    lines = csv_lines(_HEADER, _records(officer, what, units))
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return response


def _filters(request: HttpRequest, officer: Officer) -> Filters:
    return Filters(
        request.GET,
        {
            "unit": Filter(
                _("Unit of the holder"), unit_choices(reach(officer), officer.directory)
            ),
            "what": Filter(
                _("Which cases"),
                [(what.value, str(COLUMNS[what])) for what in What if what is not What.OPEN],
                everything=_("All that are open"),
            ),
        },
    )


def _asked(chosen: Mapping[str, str], officer: Officer) -> tuple[What, tuple[str, ...]]:
    units = reach(officer)
    if "unit" in chosen:
        units = below(chosen["unit"], officer.directory)
    return What(chosen.get("what", What.OPEN)), units


def case_row(case: ListedCase, names: Names, now: datetime, soon: datetime) -> Row:
    """Return a case in words; it is due soon before `soon`."""
    where = [names.category(case.category), names.area(case.area)]
    return Row(
        reference=case.reference,
        title=case.title,
        where=" · ".join(part for part in where if part),
        state=state_and_proposal(case.state, Outcome(case.outcome) if case.outcome else None),
        holder=names.post_with_unit(case.holder),
        due_at=case.due_at,
        due_for=word(CLOCKS, case.due_clock) if case.due_clock else "",
        urgency=urgency(case.due_at, now, soon),
        sent=stamp(case.sent_at),
    )


_HEADER = (
    *("reference", "unit", "holder", "state", "proposal", "category", "area"),
    *("sent_at", "due_at", "due_for", "hand_overs"),
)


def _records(officer: Officer, what: What, units: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    after, sent = "", 0
    while sent < _MOST_CASES:
        page = unit_cases(
            units, what, borders(officer), officer.kept_out, after=after, limit=_AT_ONCE
        )
        yield from map(_record, page.cases)
        after, sent = page.next, sent + len(page.cases)
        if not after:
            return


def _record(case: ListedCase) -> tuple[str, ...]:
    return (
        *(case.reference, case.holder_unit, case.holder, case.state.value, case.outcome),
        *(case.category or "", case.area or "", case.sent_at.isoformat()),
        *(case.due_at.isoformat() if case.due_at else "", case.due_clock, str(case.hand_overs)),
    )

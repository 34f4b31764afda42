"""Lists of the register: searched, narrowed, page by page, and as CSV."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.overviews.filters import Filter, Filters
from dandang.interfaces.desk.setup.access import for_administrators
from dandang.interfaces.desk.setup.choices import choices_of
from dandang.interfaces.desk.setup.tables import Line, Table, line_of, table_of, title_of
from dandang.interfaces.desk.setup.words import ADD, COLUMNS, EMPTY, TITLES
from dandang.interfaces.shared.comma_separated import csv_lines
from dandang.interfaces.shared.words.names import Names
from dandang.organization.directory import Area, Unit
from dandang.organization.files.schema import TABLES
from dandang.organization.files.writing import cells_of
from dandang.organization.lists import (
    PAGE,
    ListedEntry,
    WantedEntries,
    count_entries,
    every_entry,
    list_entries,
)
from dandang.organization.queries import current_policy

_OVER = "over"
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Branch:
    """Where in a tree the list is: the entries above, and whether all are shown at once."""

    above: tuple[tuple[str, str], ...] = ()
    is_whole: bool = False


@require_safe
@for_administrators
def show_table(request: HttpRequest, officer: Officer, table: str) -> HttpResponse:
    """Show a table of the register: what is in force, or what is over."""
    shown = table_of(table)
    names = Names(officer.directory, current_policy())
    filters = Filters(request.GET, _filters(shown, request.GET, officer, names))
    text = _typed(request)
    wanted = _wanted(shown, officer, filters, request)
    found = list_entries(wanted, after=request.GET.get("after", ""), limit=PAGE + 1)
    context = {
        "here": "setup",
        "table": table,
        "title": TITLES[table],
        "add": ADD[table],
        "empty": EMPTY[table],
        "columns": [COLUMNS[column] for column in shown.columns],
        "filters": filters,
        "text": text,
        "is_narrowed": bool(text or filters.chosen),
        "rows": [_line(shown, one, officer, names) for one in found[:PAGE]],
        "count": count_entries(wanted),
        "next": _next(request, found),
        "query": _query(request),
        "branch": _branch(shown, wanted, request, officer, names),
        "below": _below(shown, found[:PAGE], officer),
    }
    return render(request, "setup/table.html", context)


@require_safe
@for_administrators
def send_table(request: HttpRequest, officer: Officer, table: str) -> HttpResponse:
    """Send the same list as CSV, with the columns of the files."""
    shown = table_of(table)
    names = Names(officer.directory, current_policy())
    filters = Filters(request.GET, _filters(shown, request.GET, officer, names))
    wanted = _wanted(shown, officer, filters, request)
    header = [column.name for column in TABLES[table]]
    zone = officer.calendar.time_zone
    rows = (_record(table, header, one, zone) for one in every_entry(wanted))
    response = HttpResponse(
        "".join(csv_lines([*header, "ended"], rows)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{table}.csv"'
    return response


def _record(table: str, header: list[str], one: ListedEntry, zone: ZoneInfo) -> list[str]:
    cells = cells_of(table, one.entry, zone)
    return [*(cells.get(name, "") for name in header), one.ended.isoformat() if one.ended else ""]


def _typed(request: HttpRequest) -> str:
    return request.GET.get("text", "").strip()[:_LONGEST]


def _wanted(
    table: Table, officer: Officer, filters: Filters, request: HttpRequest
) -> WantedEntries:
    chosen = dict(filters.chosen)
    ended = chosen.pop("when", "") == _OVER
    text = _typed(request)
    narrowed = text or chosen or ended or "all" in request.GET
    if table.is_tree and not narrowed:
        chosen["parent"] = request.GET.get("parent", "")
    return WantedEntries(
        table.name,
        today=officer.directory.local_day(officer.now),
        now=officer.now,
        text=text,
        columns=chosen,
        ended=ended,
    )


def _filters(
    table: Table, query: Mapping[str, str], officer: Officer, names: Names
) -> dict[str, Filter]:
    columns = {
        column: choices_of(table.name, column, officer.directory, names)
        or _asked_for(column, query, names)
        for column in table.filters
    }
    return {
        **{
            column: Filter(str(COLUMNS[column]), choices)
            for column, choices in columns.items()
            if choices is not None
        },
        "when": Filter(
            _("Which"), [(_OVER, _("over or ended"))], everything=_("in force or coming")
        ),
    }


def _asked_for(column: str, query: Mapping[str, str], names: Names) -> list[tuple[str, str]] | None:
    """Return the one choice of a list that is too long to offer: what the address asks for."""
    makers = {
        "unit": names.unit,
        "post": names.post_with_unit,
        "officer": names.officer,
        "area": names.area,
    }
    code = query.get(column, "")
    return [(code, makers[column](code))] if code and column in makers else None


def _line(table: Table, one: ListedEntry, officer: Officer, names: Names) -> Line:
    today = officer.directory.local_day(officer.now)
    coming = one.ended is None and not one.has_begun(today, officer.now)
    return line_of(table, one, names, is_coming=coming)


def _next(request: HttpRequest, found: list[ListedEntry]) -> str:
    if len(found) <= PAGE:
        return ""
    given = {name: value for name, value in request.GET.items() if name != "after"}
    return urlencode({**given, "after": found[PAGE - 1].key})


def _query(request: HttpRequest) -> str:
    return urlencode({name: value for name, value in request.GET.items() if name != "after"})


def _branch(
    table: Table, wanted: WantedEntries, request: HttpRequest, officer: Officer, names: Names
) -> Branch | None:
    """Return where in the tree the list is, None for tables that are none and for searches."""
    if not table.is_tree or ("parent" not in wanted.columns and "all" not in request.GET):
        return None
    known = _tree(table, officer)
    code = wanted.columns.get("parent", "")
    above: list[tuple[str, str]] = []
    while code in known:
        above.insert(0, (code, title_of(table.name, known[code], names)))
        code = known[code].parent or ""
    return Branch(tuple(above), "all" in request.GET)


def _tree(table: Table, officer: Officer) -> Mapping[str, Unit] | Mapping[str, Area]:
    return officer.directory.units if table.name == "units" else officer.directory.areas


def _below(table: Table, found: list[ListedEntry], officer: Officer) -> dict[str, int]:
    """Return how many entries are right below each of these, by address."""
    if not table.is_tree:
        return {}
    shown = {one.key for one in found}
    counted: dict[str, int] = {}
    for entry in _tree(table, officer).values():
        if entry.ended is None and entry.parent in shown:
            counted[entry.parent] = counted.get(entry.parent, 0) + 1
    return {reverse("setup:entry", args=[table.name, key]): n for key, n in counted.items()}

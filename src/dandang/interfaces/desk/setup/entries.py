"""One entry of the register: adding it, changing it, ending it, each with a look ahead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.setup.access import for_administrators
from dandang.interfaces.desk.setup.acting import do, planned
from dandang.interfaces.desk.setup.consequences import consequences
from dandang.interfaces.desk.setup.forms import EntryForm
from dandang.interfaces.desk.setup.tables import table_of, title_of
from dandang.interfaces.desk.setup.words import ADD, CHANGE, COLUMNS, END, TITLES
from dandang.interfaces.shared.words.cases import word
from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.casework.taking_over import Telling, tellings
from dandang.organization.edits import Edit
from dandang.organization.files.schema import TABLES
from dandang.organization.files.writing import BODY_TABLE, KEYS, cells_of, code_of
from dandang.organization.lists import CODED, ListedEntry, find_entry
from dandang.organization.queries import current_policy
from dandang.terms import Code, InputError, Refusal

_METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class Told:
    """How far the open cases of a post know whose they are now; `who` in words."""

    who: str
    telling: Telling


@require_http_methods(_METHODS)
@for_administrators
def add_entry(request: HttpRequest, officer: Officer, table: str) -> HttpResponse:
    """Add an entry; what stands in the address is filled in already."""
    table_of(table)
    names = Names(officer.directory, current_policy())
    columns = {column.name for column in TABLES[table]}
    start = {name: str(value) for name, value in request.GET.items() if name in columns}
    form = EntryForm(_typed(request), table, officer.directory, names, initial=start)
    context = {
        "table": table,
        "title": ADD[table],
        "back": TITLES[table],
        "form": form,
        "names": names,
    }
    return _answer(request, officer, context, lambda: [Edit(table, None, form.cells)])


@require_http_methods(_METHODS)
@for_administrators
def change_entry(request: HttpRequest, officer: Officer, table: str, item: str) -> HttpResponse:
    """Show an entry and change it. What ended is only shown."""
    table_of(table)
    names = Names(officer.directory, current_policy())
    listed = find_entry(table, item)
    zone = officer.calendar.time_zone
    seen = cells_of(table, listed.entry, zone)
    fixed = {"code": item} if table in CODED else {}
    stays = table == "appointments" and has_begun(listed, officer)
    if stays:
        # Somebody else in their place would have held it since the first day, and inherit nothing.
        fixed = {name: seen[name] for name in KEYS[table]}
    form = EntryForm(_typed(request), table, officer.directory, names, seen=seen, fixed=fixed)
    context = {
        "table": table,
        "key": item,
        "code": item if table in CODED else "",
        "title": CHANGE[table],
        "entry": title_of(table, listed.entry, names),
        "back": TITLES[table],
        "form": None if listed.ended else form,
        "end": END[table],
        "is_coming": not has_begun(listed, officer),
        "stays": stays,
        "ended": listed.ended,
        "beside": _beside(table, item),
        "telling": _telling(item, names) if table == "posts" else None,
        "now": seen,
        "names": names,
    }
    if listed.ended and request.method == "POST":
        raise Refusal(Code.NOT_FOUND, table=table)
    return _answer(
        request, officer, context, lambda: [Edit(table, listed.code, form.cells, form.seen)]
    )


@require_http_methods(_METHODS)
@for_administrators
def change_body(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Change what holds for the body as a whole: its names, its fallback post."""
    names = Names(officer.directory, current_policy())
    body = officer.directory.body
    seen = cells_of(BODY_TABLE, body, officer.calendar.time_zone)
    changing = ("name_zh", "name_en", "fallback_post")
    fixed = {name: cell for name, cell in seen.items() if name not in changing}
    form = EntryForm(_typed(request), BODY_TABLE, officer.directory, names, seen=seen, fixed=fixed)
    context = {
        "table": BODY_TABLE,
        "title": CHANGE[BODY_TABLE],
        "back": _("Set-up"),
        "form": form,
        "now": seen,
        "names": names,
    }
    code = code_of(BODY_TABLE, body)
    return _answer(
        request, officer, context, lambda: [Edit(BODY_TABLE, code, form.cells, form.seen)]
    )


def _telling(post: str, names: Names) -> Told | None:
    """Return how far the open cases of a post know that it changed hands, None where they do."""
    found = tellings([post])
    if not found:
        return None
    (one,) = found
    who = one.heir or one.substitute
    return Told(names.officer(who) if who else "", one)


def has_begun(listed: ListedEntry, officer: Officer) -> bool:
    """Say whether an entry is in force, or was."""
    return listed.has_begun(officer.directory.local_day(officer.now), officer.now)


def _typed(request: HttpRequest) -> Any:  # noqa: ANN401 a query dict or nothing
    return request.POST if request.method == "POST" else None


def _beside(table: str, key: str) -> list[tuple[str, str, str]]:
    """Return what else there is about an entry: table, column and title of a list."""
    return [
        (other, f"{column.name}={key}", str(TITLES[other]))
        for other, columns in TABLES.items()
        for column in columns
        if column.refers == table and column.name in table_of(other).filters
    ]


def _answer(
    request: HttpRequest,
    officer: Officer,
    context: dict[str, Any],
    edits: Callable[[], Sequence[Edit]],
) -> HttpResponse:
    """Show the form, look ahead, or do it; every problem is shown with what was typed."""
    context = {"here": "setup", **context}
    form = context["form"]
    if request.method != "POST" or form.look_up(request, officer.directory, context["names"]):
        return render(request, "setup/entry.html", context)
    try:
        if "preview" in request.POST:
            outcome = planned(edits(), officer)
            context["ahead"] = consequences(outcome, current_policy(), officer.now)
            return render(request, "setup/entry.html", context)
        do(request, edits(), officer)
    except InputError as error:
        form.tell(error.problems)
        return render(request, "setup/entry.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Refusal as refused:
        if refused.code is not Code.CHANGED_MEANWHILE:
            raise
        context["meanwhile"] = _meanwhile(form.seen, context["now"])
        # Whoever sends it once more has seen what changed.
        form.data = form.data.copy()
        form.data["seen"] = form.seen_now
        return render(request, "setup/entry.html", context, status=HTTPStatus.CONFLICT)
    if context["table"] == BODY_TABLE:
        return redirect("setup:home")
    return redirect("setup:table", table=context["table"])


def _meanwhile(seen: dict[str, str], now: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return column, what it said and what it says now, where that differs."""
    return [
        (word(COLUMNS, name), seen.get(name, "--"), now.get(name, "--"))
        for name in dict.fromkeys((*seen, *now))
        if seen.get(name) != now.get(name)
    ]

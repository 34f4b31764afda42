"""The worklist as a page, as JSON and as a table to take away."""

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from django.http import (
    HttpRequest,
    HttpResponse,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.documents.offered import sheets_of
from dandang.interfaces.desk.worklist.asked import AskedFor, Narrowing
from dandang.interfaces.desk.worklist.bulk import offered
from dandang.interfaces.desk.worklist.markup import body
from dandang.interfaces.desk.worklist.page import Worklist, shown_of, worklist
from dandang.interfaces.desk.worklist.queues import queues_of
from dandang.interfaces.shared.comma_separated import csv_lines
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment, stamp
from dandang.lifecycle.casework.listing import Line, lines, page
from dandang.organization.queries import first_view, saved_views
from dandang.terms import check_reference, normalise_reference

MOST_LINES = 20_000
_AT_ONCE = 500
_HEADER = (
    *("reference", "due_at", "due_for", "next_step", "turn", "state", "outcome", "unit", "post"),
    *("hand_overs", "category", "area", "class", "channel", "sent_at"),
)


@require_safe
@for_officers
def show_worklist(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show a queue of the officer, or lead to the case whose reference was typed.

    An address that asks for nothing shows the saved worklist that the officer wants first.
    """
    typed = request.GET.get("reference", "").strip()
    if check_reference(typed):
        return redirect("desk:case", reference=normalise_reference(typed))
    account = request.user.pk or 0
    begins_with = "" if request.GET else first_view(account)
    if begins_with:
        return redirect(f"{request.path}?{begins_with}")
    policy = officer.policy
    names = Names(officer.directory, policy)
    narrowing = Narrowing(officer, policy, names)
    asked = narrowing.asked(request.GET)
    shown = worklist(officer, asked, names) if asked else Worklist()
    context = {
        "here": "worklist",
        "list": shown,
        "controls": narrowing.controls(asked.chosen) if asked else [],
        "chips": narrowing.chips(asked) if asked else [],
        "body": body(shown.rows, all_ticked="all" in request.GET),
        "bulk": offered(officer),
        "views": saved_views(account),
        "typed": typed,
        "as_of": moment(officer.now, officer.now),
        "most_lines": MOST_LINES,
        "posts": [names.post_with_unit(post.code) for post in officer.posts],
        "sheets": sheets_of(officer, names),
    }
    return render(request, "desk/worklist.html", context)


@require_safe
@for_officers
def send_json(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Send the same page for programs: what the rows say in codes, and where the others are."""
    policy = officer.policy
    asked = Narrowing(officer, policy, Names(officer.directory, policy)).asked(request.GET)
    if asked is None:
        return JsonResponse({"as_of": officer.now, "queue": None, "cases": []})
    part = shown_of(asked, officer.now)
    later, earlier = part.has_later, part.has_earlier
    return JsonResponse(
        {
            "as_of": officer.now,
            "queue": asked.queue,
            "filters": dict(asked.chosen),
            "cases": [_codes(line) for line in part.rows],
            "next": asked.query(after=str(part.rows[-1].place)) if later else None,
            "previous": asked.query(before=str(part.rows[0].place)) if earlier else None,
        },
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
@for_officers
def send_file(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Send the same list as CSV, line by line as it is read: codes and names, no words of people.

    At most `MOST_LINES`, the next due first.
    """
    policy = officer.policy
    names = Names(officer.directory, policy)
    asked = Narrowing(officer, policy, names).asked(request.GET)
    return table(_records(asked, officer, names))


def table(records: Iterator[tuple[str, ...]]) -> HttpResponse:
    """Return a worklist as a file to take away."""
    response = StreamingHttpResponse(
        csv_lines(_HEADER, records), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="worklist.csv"'
    # The guard hands on whatever is answered, also what is written while it is sent.
    return cast("HttpResponse", response)


def record(line: Line, officer: Officer, names: Names) -> tuple[str, ...]:
    """Return the line of a case in a file: no title, no name of anybody, no contact."""
    post = officer.directory.posts.get(line.holder)
    return (
        *(line.reference, stamp(line.due_at) if line.due_at else "", line.due_clock),
        *(line.next_step.value, line.turn.value, line.state.value),
        *(line.outcome.value if line.outcome else "", names.unit(post.unit) if post else ""),
        *(names.post(line.holder), str(line.hand_overs), names.category(line.category)),
        *(names.area(line.area), line.case_class, line.channel, stamp(line.sent_at)),
    )


def _records(asked: AskedFor | None, officer: Officer, names: Names) -> Iterator[tuple[str, ...]]:
    if asked is None:
        return
    for line in lines(asked.wanted, officer.now, at_once=_AT_ONCE, most=MOST_LINES):
        yield record(line, officer, names)


def send_chosen(officer: Officer, references: list[str]) -> HttpResponse:
    """Send the open cases of these references that stand in a queue of the officer, as CSV."""
    names = Names(officer.directory, officer.policy)
    found: dict[str, Line] = {}
    for queue in queues_of(officer).values():
        left = tuple(one for one in references if one not in found)
        if left:
            chosen = replace(queue, references=left)
            part = page(chosen, officer.now, limit=len(left), titled=False)
            found |= {line.reference: line for line in part.rows}
    return table(record(found[one], officer, names) for one in references if one in found)


def _codes(line: Line) -> dict[str, object]:
    due = line.due_at
    return {
        "reference": line.reference,
        "title": line.title or None,
        "state": line.state,
        "outcome": line.outcome,
        "turn": line.turn,
        "next_step": line.next_step,
        "holder": line.holder,
        "category": line.category,
        "area": line.area,
        "class": line.case_class,
        # In words already: the encoder asks back for each time, which costs more than all the rest.
        "due_at": due.isoformat().replace("+00:00", "Z") if due else None,
        "due_for": line.due_clock or None,
        "hand_overs": line.hand_overs,
    }

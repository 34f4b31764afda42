"""The pages of the desk that show a case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers, open_case
from dandang.interfaces.desk.acts import offers
from dandang.interfaces.desk.case import case_page
from dandang.interfaces.desk.case_around import around_of
from dandang.interfaces.desk.case_course import course_of
from dandang.interfaces.desk.documents.offered import documents_of
from dandang.interfaces.shared.by_itself import asked_by_itself
from dandang.interfaces.shared.files import file_answer
from dandang.interfaces.shared.whole_numbers import whole_number
from dandang.lifecycle.casework.files.queries import content_of
from dandang.lifecycle.casework.queries import history
from dandang.terms import Code, Refusal

_MOST_DIGITS = 6


@require_safe
@for_officers
def show_case(request: HttpRequest, officer: Officer, reference: str) -> HttpResponse:
    """Show a case with everything the officer may do to it now.

    With `own` it is the case that the reference came in with, even where it was merged since.
    """
    opened = open_case(officer, reference, follow="own" not in request.GET)
    events = history(opened.view.stream)
    case = case_page(opened, events)
    offered = offers(opened.facts)
    context = {
        "here": "case",
        "case": case,
        "course": course_of(case.lines, request.GET),
        "around": around_of(opened, events, case.lines, can_merge=offered.has("merge")),
        "offers": offered,
        "documents": documents_of(officer, opened),
    }
    return render(request, "desk/case.html", context)


@asked_by_itself
@require_safe
@for_officers
def show_moved_on(request: HttpRequest, officer: Officer, reference: str) -> HttpResponse:
    """Say whether a case went on since the entry `seen`: a part of its page, asked for quietly.

    One that was joined into another one says that; the numbers of entries are not the same there.
    """
    opened = open_case(officer, reference, follow="own" not in request.GET)
    seen = whole_number(request.GET.get("seen", ""), digits=_MOST_DIGITS)
    number = 0 if seen is None else opened.view.state.seq - seen
    context = {
        "new_entries": max(number, 0),
        "reference": opened.view.case_reference,
        "went_on": opened.view.case_reference != reference,
    }
    return render(request, "desk/moved_on_words.html", context)


@require_safe
@for_officers
def send_file(_request: HttpRequest, officer: Officer, reference: str, key: str) -> HttpResponse:
    """Send a file that stands on the page of a case this officer may read, also a merged one."""
    for follow in (True, False):
        opened = open_case(officer, reference, follow=follow)
        if key in case_page(opened, history(opened.view.stream)).file_ids:
            file = content_of(key)
            if file is not None:
                return file_answer(file)
    raise Refusal(Code.NOT_FOUND)

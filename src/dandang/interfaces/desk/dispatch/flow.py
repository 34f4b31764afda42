"""Going through the queue: the next request after this one, and acts that lead on to it."""

import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.acting import act
from dandang.interfaces.desk.dispatch.access import need, places, reads_cases
from dandang.interfaces.desk.kept_typing import keeps_typed
from dandang.lifecycle.casework.received import Place, next_received, place_of
from dandang.terms import Code, Refusal

_KEY = re.compile(r"(\d{1,17}|none)-(\d{1,18})", re.ASCII)
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_IN_THE_QUEUE = frozenset(
    {"decline", "merge", "change-category", "name-subject", "link-external", "contacted", "note"}
)
_LEADS_TO = {"decide-dispute": "dispatch:disputes", "unmerge": "dispatch:duplicates"}
FROM_DUPLICATES = "duplicates"


def key(place: Place) -> str:
    """Return a place in the queue as it stands in an address: microseconds and row."""
    if place.due_at is None:
        return f"none-{place.row}"
    return f"{(place.due_at - _BEGINNING) // _MICROSECOND}-{place.row}"


def place(typed: str) -> Place | None:
    """Return the place of a key; None, which is the beginning, for anything else."""
    found = _KEY.fullmatch(typed)
    if found is None:
        return None
    due = None if found[1] == "none" else _BEGINNING + int(found[1]) * _MICROSECOND
    return Place(due, int(found[2]))


@require_safe
@for_officers
def show_next(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Lead to the first request behind a place in the queue, or back to the list at its end."""
    need(places(officer))
    return to_next(request, officer, place(request.GET.get("after", "")))


def to_next(request: HttpRequest, officer: Officer, after: Place | None) -> HttpResponse:
    """Lead on; the fragment puts the focus on the heading of the next request."""
    reference = next_received(officer.kept_out, after)
    if reference:
        return redirect(f"{reverse('dispatch:request', args=[reference])}#case")
    messages.info(request, _("That was the last one of the queue."))
    return redirect("dispatch:new")


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@for_officers
def act_in_flow(request: HttpRequest, officer: Officer, reference: str, verb: str) -> HttpResponse:
    """Do one of the dispatcher's acts with its usual form, and go on where it was begun.

    Refuses `not_permitted`, `unknown_verb`, and what the form of the verb refuses.
    """
    need(places(officer) or reads_cases(officer))
    if verb not in _IN_THE_QUEUE and verb not in _LEADS_TO:
        raise Refusal(Code.UNKNOWN_VERB, verb=verb)
    stood = place_of(reference)
    answer = act(request, reference, verb)
    if answer.status_code != HTTPStatus.FOUND:
        return answer
    if verb in _LEADS_TO or request.GET.get("from") == FROM_DUPLICATES:
        return redirect(_LEADS_TO.get(verb, "dispatch:duplicates"))
    if verb in ("decline", "merge") and places(officer):
        return to_next(request, officer, stood)
    return redirect("dispatch:request", reference)

"""Doing an act for several cases: a preview, a transaction for each, then what came of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from http import HTTPStatus

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dandang.interfaces.desk.access import Officer, for_officers, open_case
from dandang.interfaces.desk.worklist.bulk import (
    MOST,
    BulkForm,
    Item,
    Ticked,
    imagined,
    offered,
    said_of,
    ticked,
)
from dandang.interfaces.desk.worklist.pages import send_chosen
from dandang.interfaces.shared.tokens import is_token, new_token
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.verbs import VERB_WORDS
from dandang.lifecycle.perform import perform
from dandang.terms import Code, Refusal

_KEPT = "bulk"
_MOST_KEPT = 5


@require_POST
@for_officers
def act_on_chosen(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask what an act needs, show what would come of it for each case, or do it.

    What was sent once is not done again: whoever sends it again is led to what came of it.
    """
    chosen, verb = ticked(request.POST.getlist("case")), request.POST.get("act", "")
    if not chosen or len(chosen) > MOST:
        return _nothing(request, len(chosen))
    if verb == "export":
        return send_chosen(officer, [one.reference for one in chosen])
    if verb not in {one.verb for one in offered(officer)}:
        raise Refusal(Code.UNKNOWN_VERB)
    return _answer(request, officer, BulkForm.opened(officer, verb, chosen, request.POST), chosen)


def _answer(
    request: HttpRequest, officer: Officer, form: BulkForm, chosen: list[Ticked]
) -> HttpResponse:
    """Show the form, what it would do, or what it did."""
    if not form.is_bound:
        return _page(request, form, chosen)
    if not form.is_valid():
        return _page(request, form, chosen, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.POST.get("step") != "send":
        items = imagined(officer, form.verb, form.values(), chosen)
        return _page(request, form, chosen, items=items, can_read=_readable(officer, items))
    token = request.POST.get("token", "")
    if not is_token(token):
        raise Refusal(Code.VALUE_INVALID, field="token")
    _do_once(request.session, token, officer, form, chosen)
    return redirect("desk:bulk-result", token=token)


@require_safe
@for_officers
def show_result(request: HttpRequest, officer: Officer, token: str) -> HttpResponse:
    """Show what came of an act for several cases, as long as the session remembers it."""
    kept = request.session.get(_KEPT, {}).get(token)
    if kept is None:
        raise Refusal(Code.NOT_FOUND)
    items = [Item(**one) for one in kept["items"]]
    done = sum(one.is_done for one in items)
    context = {
        "here": "worklist",
        "words": VERB_WORDS[kept["verb"]],
        "items": items,
        "done": done,
        "refused": len(items) - done,
        "can_read": _readable(officer, items),
        "is_over": True,
        "back": kept["back"],
    }
    return render(request, "desk/bulk_result.html", context)


def _do_once(
    session: SessionBase, token: str, officer: Officer, form: BulkForm, chosen: list[Ticked]
) -> None:
    with _alone(token):
        # Somebody may have sent the same while we waited.
        kept = type(session)(session.session_key).get(_KEPT, {})
        if token in kept:
            return
        items = [_do(officer, form.verb, form.values(), one) for one in chosen]
        entry = {
            "verb": form.verb,
            "items": [asdict(one) for one in items],
            "back": form.data.get("back", ""),
        }
        latest = [*kept.items(), (token, entry)][-_MOST_KEPT:]
        session[_KEPT] = dict(latest)
        session.save()


def _do(officer: Officer, verb: str, values: Mapping[str, object], one: Ticked) -> Item:
    """Do the act for one case, in a transaction of its own."""
    try:
        opened = open_case(officer, one.reference)
        performed = perform(
            verb, one.reference, values, by=officer.actor, now=officer.now, seen_seq=one.seen
        )
    except Refusal as refused:
        return Item(one.reference, refusal(refused), is_done=False)
    done = performed.done
    return Item(one.reference, said_of(opened, done.state, done.holder), is_done=True)


@contextmanager
def _alone(token: str) -> Iterator[None]:
    """Let nobody else send what has this token, until this is done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [token])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [token])


def _readable(officer: Officer, items: list[Item]) -> set[str]:
    """Return which of the cases the officer may still open: what was given away may be gone."""
    found = set()
    for one in items:
        try:
            open_case(officer, one.reference)
        except Refusal:
            continue
        found.add(one.reference)
    return found


def _page(
    request: HttpRequest,
    form: BulkForm,
    chosen: list[Ticked],
    *,
    items: list[Item] | None = None,
    can_read: set[str] | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    token = request.POST.get("token", "")
    context = {
        "here": "worklist",
        "form": form,
        "verb": form.verb,
        "words": VERB_WORDS[form.verb],
        "chosen": chosen,
        "items": items,
        "can_read": can_read,
        "possible": sum(one.is_done for one in items or ()),
        "token": token if is_token(token) else new_token(),
        "back": request.POST.get("back", ""),
    }
    return render(request, "desk/bulk.html", context, status=status)


def _nothing(request: HttpRequest, number: int) -> HttpResponse:
    too_many = _("At most %(most)s cases at once. Please choose fewer.") % {"most": MOST}
    context = {
        "here": "worklist",
        "why": too_many if number else _("Please choose at least one case."),
        "back": request.POST.get("back", ""),
    }
    return render(
        request, "desk/bulk_nothing.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY
    )

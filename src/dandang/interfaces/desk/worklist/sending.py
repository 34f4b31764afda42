"""Doing an act for several cases: a preview, a transaction for each, then what came of it."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dandang.interfaces.desk.access import Officer, for_officers, open_case
from dandang.interfaces.desk.done_once import Item, came_of, do_once
from dandang.interfaces.desk.kept_typing import keeps_typed, typed_before
from dandang.interfaces.desk.worklist.bulk import (
    MOST,
    BulkForm,
    Ticked,
    imagined,
    offered,
    opened_as_ticked,
    said_of,
    ticked,
)
from dandang.interfaces.desk.worklist.pages import send_chosen
from dandang.interfaces.shared.tokens import is_token, new_token
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.verbs import VERB_WORDS
from dandang.lifecycle.perform import perform
from dandang.terms import Code, Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@for_officers
def act_on_chosen(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Ask what an act needs, show what would come of it for each case, or do it.

    What was sent once is not done again: whoever sends it again is led to what came of it. Who
    only looks at the address has chosen nothing: that is done on the worklist.
    """
    if request.method != "POST" and not typed_before(request):
        return redirect("desk:worklist")
    chosen, verb = ticked(request.POST.getlist("case")), request.POST.get("act", "")
    if not chosen or len(chosen) > MOST:
        return _nothing(request, len(chosen))
    if verb == "export":
        return send_chosen(officer, [one.reference for one in chosen])
    if verb not in {one.verb for one in offered(officer)}:
        raise Refusal(Code.UNKNOWN_VERB)
    if request.method != "POST":
        form = BulkForm.once_more(officer, verb, chosen, typed_before(request))
        return _page(request, form, chosen)
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
    if not is_token(request.POST.get("token", "")):
        raise Refusal(Code.VALUE_INVALID, field="token")
    values, back = form.values(), request.POST.get("back", "")

    def do() -> Sequence[Item]:
        return [_do(officer, form.verb, values, one) for one in chosen]

    key = do_once(request.session, request.POST, do, verb=form.verb, back=back)
    return redirect("desk:bulk-result", token=key)


@require_safe
@for_officers
def show_result(request: HttpRequest, officer: Officer, token: str) -> HttpResponse:
    """Show what came of an act for several cases, as long as the session remembers it."""
    came = came_of(request.session, token)
    if came is None or came.told.get("verb") not in VERB_WORDS or "back" not in came.told:
        raise Refusal(Code.NOT_FOUND)
    items = list(came.items)
    done = sum(one.is_done for one in items)
    context = {
        "here": "worklist",
        "words": VERB_WORDS[came.told["verb"]],
        "items": items,
        "done": done,
        "refused": len(items) - done,
        "can_read": _readable(officer, items),
        "is_over": True,
        "back": came.told["back"],
    }
    return render(request, "desk/bulk_result.html", context)


def _do(officer: Officer, verb: str, values: Mapping[str, object], one: Ticked) -> Item:
    """Do the act for one case, in a transaction of its own."""
    try:
        opened = opened_as_ticked(officer, one, verb)
        performed = perform(
            verb, one.reference, values, by=officer.actor, now=officer.now, seen_seq=one.seen
        )
    except Refusal as refused:
        return Item(one.reference, refusal(refused), is_done=False)
    done = performed.done
    return Item(one.reference, said_of(opened, done.state, done.holder), is_done=True)


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

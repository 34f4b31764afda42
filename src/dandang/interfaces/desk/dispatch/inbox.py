"""The list of new requests, and acts on several of them with a result for each."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.dispatch.access import NEW, need, places, tabs
from dandang.interfaces.desk.dispatch.flow import key, place
from dandang.interfaces.desk.dispatch.incidents import incidents
from dandang.interfaces.desk.dispatch.posts import receiving
from dandang.interfaces.desk.dispatch.rows import rows_of
from dandang.interfaces.desk.dispatch.suggesting import weigh
from dandang.interfaces.desk.done_once import Item, came_of, do_once
from dandang.interfaces.desk.kept_typing import keeps_typed, typed_before
from dandang.interfaces.desk.overviews.reach import oversees
from dandang.interfaces.desk.worklist.bulk import Ticked, opened_as_ticked, ticked
from dandang.interfaces.shared.tokens import new_token
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.queries import PAGE
from dandang.lifecycle.casework.received import received
from dandang.lifecycle.perform import perform
from dandang.organization.queries import current_policy
from dandang.terms import Refusal, check_reference, normalise_reference

ASSIGN, JOIN = "assign", "join"
_KEPT = ("to_post", "into", "text")


@require_safe
@for_officers
def show_new(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the requests that wait to be assigned; who only decides disputes is led to these."""
    if not places(officer) and oversees(officer):
        return redirect("dispatch:disputes")
    need(places(officer))
    return _page(request, officer)


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@for_officers
def act_on_several(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Assign or join what was ticked, each by itself, and lead to what came of each.

    What was sent once is not done again. Refuses `not_permitted`.
    """
    need(places(officer))
    if request.method != "POST":
        is_kept = bool(typed_before(request))
        return _page(request, officer) if is_kept else redirect("dispatch:new")
    typed = request.POST
    items = ticked(typed.getlist("item"))[:PAGE]
    if not items:
        return _page(request, officer, wrong=_("Please tick at least one request."))
    act = JOIN if typed.get("act") == JOIN else ASSIGN
    if act == ASSIGN and not typed.get("to_post"):
        return _page(request, officer, wrong=_("Please choose a post."))
    if act == JOIN and typed.get("into") and not check_reference(typed["into"]):
        return _page(request, officer, wrong=_("Please check the reference to join them into."))
    done = do_once(request.session, typed, lambda: _do(act, items, typed, officer), act=act)
    return redirect(f"{reverse('dispatch:new')}?{urlencode({'done': done})}#results")


def _do(act: str, items: Sequence[Ticked], typed: QueryDict, officer: Officer) -> list[Item]:
    if act == JOIN:
        return _join(items, typed, officer)
    return [_assign(one, typed, officer) for one in items]


def _page(request: HttpRequest, officer: Officer, *, wrong: str = "") -> HttpResponse:
    """Return the list; what was ticked and typed stays so while there is something wrong."""
    policy, typed = current_policy(), request.POST
    after = place(request.GET.get("after", ""))
    found = received(officer.kept_out, limit=PAGE + 1, after=after)
    weighed = weigh(found[:PAGE], officer)
    rows = rows_of(weighed, officer, policy)
    context = {
        "here": "dispatch",
        "tabs": tabs(officer, NEW),
        "rows": rows,
        "groups": incidents(weighed, officer, policy) if after is None else (),
        "posts": receiving(officer.directory, policy) if rows else (),
        "may_act": any(row.is_mine for row in rows),
        "later": urlencode({"after": key(found[PAGE - 1].place)}) if len(found) > PAGE else "",
        "is_first": after is None,
        "wrong": wrong,
        "came": came_of(request.session, request.GET.get("done", "")),
        "token": new_token(),
        "ticked": {one.reference for one in ticked(typed.getlist("item"))},
        "typed": {name: typed.get(name, "") for name in _KEPT},
        "as_of": moment(officer.now, officer.now),
    }
    status = 422 if wrong else 200
    return render(request, "dispatch/new.html", context, status=status)


def _assign(item: Ticked, typed: QueryDict, officer: Officer) -> Item:
    values = {name: typed[name] for name in ("to_post", "category", "text") if typed.get(name)}
    try:
        opened_as_ticked(officer, item, ASSIGN)
        done = perform(
            ASSIGN,
            item.reference,
            values,
            by=officer.actor,
            now=officer.now,
            seen_seq=item.seen,
        ).done
    except Refusal as refused:
        return Item(item.reference, refusal(refused), is_done=False)
    names = Names(officer.directory, current_policy())
    words = _("Assigned to %(post)s") % {"post": names.post_with_unit(done.holder)}
    return Item(item.reference, words, is_done=True)


def _join(items: Sequence[Ticked], typed: QueryDict, officer: Officer) -> list[Item]:
    """Join all of them into the one that was named, else into the first of them."""
    named = typed.get("into", "")
    into = normalise_reference(named) if named else items[0].reference
    text = typed.get("text", "") or _("Reports of one incident")
    return [_joined(one, into, text, officer) for one in items if one.reference != into] or [
        Item(into, _("There is nothing to join it with."), is_done=False)
    ]


def _joined(item: Ticked, into: str, text: str, officer: Officer) -> Item:
    try:
        opened_as_ticked(officer, item, "merge")
        perform(
            "merge",
            item.reference,
            {"into": into, "text": text},
            by=officer.actor,
            now=officer.now,
            seen_seq=item.seen,
        )
    except Refusal as refused:
        return Item(item.reference, refusal(refused), is_done=False)
    words = _("Joined into %(reference)s") % {"reference": into}
    return Item(item.reference, words, is_done=True)

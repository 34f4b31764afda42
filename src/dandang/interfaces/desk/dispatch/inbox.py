"""The list of new requests, and acts on several of them with a result for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.dispatch.access import NEW, need, places, tabs
from dandang.interfaces.desk.dispatch.flow import key, place
from dandang.interfaces.desk.dispatch.posts import receiving
from dandang.interfaces.desk.dispatch.rows import groups_of, rows_of
from dandang.interfaces.desk.dispatch.suggesting import weigh
from dandang.interfaces.desk.overviews.reach import oversees
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.queries import PAGE
from dandang.lifecycle.casework.received import received
from dandang.lifecycle.perform import perform
from dandang.organization.queries import current_policy
from dandang.terms import Refusal, check_reference

_MOST_DIGITS = 9
ASSIGN, JOIN = "assign", "join"


@dataclass(frozen=True, slots=True)
class Item:
    """A case that was ticked, and the number of the last event its reader saw."""

    reference: str
    seen: int


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one item: what was done, or why it was refused."""

    reference: str
    words: str
    is_done: bool


@require_safe
@for_officers
def show_new(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show the requests that wait to be assigned; who only decides disputes is led to these."""
    if not places(officer) and oversees(officer):
        return redirect("dispatch:disputes")
    need(places(officer))
    return _page(request, officer)


@require_POST
@for_officers
def act_on_several(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Assign or join what was ticked, each by itself; show what came of each.

    Refuses `not_permitted`.
    """
    need(places(officer))
    typed = request.POST
    items = list(_items(typed.getlist("item")))
    if not items:
        return _page(request, officer, wrong=_("Please tick at least one request."))
    if typed.get("act") == JOIN:
        return _page(request, officer, results=_join(items, typed, officer))
    if not typed.get("to_post"):
        return _page(request, officer, wrong=_("Please choose a post."))
    return _page(request, officer, results=[_assign(one, typed, officer) for one in items])


def _page(
    request: HttpRequest, officer: Officer, *, wrong: str = "", results: Sequence[Result] = ()
) -> HttpResponse:
    policy = current_policy()
    after = place(request.GET.get("after", ""))
    found = received(officer.kept_out, limit=PAGE + 1, after=after)
    weighed = weigh(found[:PAGE], officer)
    rows = rows_of(weighed, officer, policy)
    context = {
        "here": "dispatch",
        "tabs": tabs(officer, NEW),
        "rows": rows,
        "groups": groups_of(weighed, rows, policy),
        "posts": receiving(officer.directory, policy) if rows else (),
        "may_act": any(row.is_mine for row in rows),
        "later": urlencode({"after": key(found[PAGE - 1].place)}) if len(found) > PAGE else "",
        "is_first": after is None,
        "wrong": wrong,
        "results": results,
        "as_of": moment(officer.now, officer.now),
    }
    status = 422 if wrong else 200
    return render(request, "dispatch/new.html", context, status=status)


def _assign(item: Item, typed: QueryDict, officer: Officer) -> Result:
    values = {name: typed[name] for name in ("to_post", "category", "text") if typed.get(name)}
    try:
        done = perform(
            "assign",
            item.reference,
            values,
            by=officer.actor,
            now=officer.now,
            seen_seq=item.seen,
        ).done
    except Refusal as refused:
        return Result(item.reference, refusal(refused), is_done=False)
    names = Names(officer.directory, current_policy())
    words = _("Assigned to %(post)s") % {"post": names.post_with_unit(done.holder)}
    return Result(item.reference, words, is_done=True)


def _join(items: Sequence[Item], typed: QueryDict, officer: Officer) -> list[Result]:
    """Join all of them into the one that was named, else into the first of them."""
    into = typed.get("into", "")
    into = into if check_reference(into) else items[0].reference
    text = typed.get("text", "") or _("Reports of one incident")
    return [_joined(one, into, text, officer) for one in items if one.reference != into] or [
        Result(into, _("There is nothing to join it with."), is_done=False)
    ]


def _joined(item: Item, into: str, text: str, officer: Officer) -> Result:
    try:
        perform(
            "merge",
            item.reference,
            {"into": into, "text": text},
            by=officer.actor,
            now=officer.now,
            seen_seq=item.seen,
        )
    except Refusal as refused:
        return Result(item.reference, refusal(refused), is_done=False)
    words = _("Joined into %(reference)s") % {"reference": into}
    return Result(item.reference, words, is_done=True)


def _items(typed: Iterable[str]) -> Iterable[Item]:
    """Yield what was ticked, at most a page of it; what was tampered with is left out."""
    for one in list(typed)[:PAGE]:
        reference, _colon, seen = one.partition(":")
        if check_reference(reference) and _is_number(seen):
            yield Item(reference, int(seen))


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS

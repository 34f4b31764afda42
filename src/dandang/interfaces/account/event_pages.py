"""What happened about getting in: one's own, and all for those who watch over it."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from dandang.interfaces.account.access import Person, for_accounts, only_for
from dandang.interfaces.account.event_words import WORDS, line_of
from dandang.interfaces.shared.comma_separated import csv_lines
from dandang.interfaces.shared.whole_numbers import whole_number
from dandang.organization.access.asking import SignInEvent, events, events_of
from dandang.organization.access.kinds import Happened
from dandang.organization.entries import PostKind

ROWS = 50
_MOST_IN_FILE = 10_000
_MOST_DIGITS = 17
_HEADER = ("at", "kind", "account", "by", "device", "detail", "source")


@require_safe
@for_accounts
def mine(request: HttpRequest, person: Person) -> HttpResponse:
    """List what happened to one's own account."""
    found = events_of(person.account, before=_after(request), limit=ROWS + 1)
    context = {**_listed(request, found), "here": "events"}
    return render(request, "account/events.html", context)


@require_safe
@only_for(PostKind.ADMINISTRATION, PostKind.AUDIT)
def everybody(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 who it is was checked
    """List what happened to all accounts, of one kind or of one name."""
    asked = _asked(request)
    found = events(asked["kind"], asked["account"], before=_after(request), limit=ROWS + 1)
    context = {
        **_listed(request, found),
        **asked,
        "kinds": WORDS.items(),
        "here": "all-events",
    }
    return render(request, "account/all_events.html", context)


@require_safe
@only_for(PostKind.ADMINISTRATION, PostKind.AUDIT)
def everybody_csv(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001 see above
    """Give the same as a file, the newest ten thousand."""
    asked = _asked(request)
    found = events(asked["kind"], asked["account"], limit=_MOST_IN_FILE)
    response = HttpResponse("".join(csv_lines(_HEADER, map(_record, found))))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="sign-in-events.csv"'
    return response


def _record(one: SignInEvent) -> tuple[str, ...]:
    account = one.account.username if one.account else ""
    at = timezone.localtime(one.at).isoformat(timespec="seconds")
    # The beginning of the digest tells whether two came from one place, and nothing else.
    source = bytes(one.source).hex()[:8]
    return (at, one.kind, account, one.by, one.device, one.detail, source)


def _asked(request: HttpRequest) -> dict[str, str]:
    kind = request.GET.get("kind", "")
    known = kind if kind in {one.value for one in Happened} else ""
    return {"kind": known, "account": request.GET.get("account", "").strip()[:150]}


def _after(request: HttpRequest) -> int | None:
    return whole_number(request.GET.get("after", ""), digits=_MOST_DIGITS)


def _listed(request: HttpRequest, found: list[SignInEvent]) -> dict[str, object]:
    lines = [line_of(event) for event in found[:ROWS]]
    more = ""
    if len(found) > ROWS:
        more = urlencode({**_asked(request), "after": lines[-1].pk})
    return {"lines": lines, "more": more, "is_first": _after(request) is None}

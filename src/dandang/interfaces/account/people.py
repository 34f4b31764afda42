"""Officers and their accounts, for administrators: invite, close, lift a lock, reset factors."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from dandang.interfaces.account.access import Person, only_for
from dandang.interfaces.account.event_words import line_of
from dandang.interfaces.shared import clock
from dandang.interfaces.shared.signing_in import now
from dandang.interfaces.shared.words.refusals import refusal_words
from dandang.organization.access.asking import events_of
from dandang.organization.access.people import Listed, listed, one, standing
from dandang.organization.actions import administering, factors, identities, invitations
from dandang.organization.entries import PostKind
from dandang.terms import Code, Refusal

ROWS = 50
_EVENTS = 20
_INVITE, _LINK = "invite", "link"
Act = Callable[[str, Person], None]


def _revoke(officer: str, person: Person) -> None:
    invitations.revoke(officer, by=person.actor, now=clock.now())


def _close(officer: str, person: Person) -> None:
    administering.close_account(officer, by=person.actor, now=clock.now())


def _reopen(officer: str, person: Person) -> None:
    administering.reopen_account(officer, by=person.actor, now=clock.now())


def _end_sessions(officer: str, person: Person) -> None:
    administering.end_all_sessions(officer, by=person.actor, now=clock.now())


def _lift(officer: str, person: Person) -> None:
    administering.lift_lock(officer, by=person.actor, now=clock.now())


def _ask_reset(officer: str, person: Person) -> None:
    factors.ask_reset(officer, by=person.actor, now=clock.now())


def _grant_reset(officer: str, person: Person) -> None:
    factors.decide_reset(officer, grant=True, by=person.actor, now=clock.now())


def _refuse_reset(officer: str, person: Person) -> None:
    factors.decide_reset(officer, grant=False, by=person.actor, now=clock.now())


ACTS: dict[str, tuple[Act, str | Promise]] = {
    "revoke": (_revoke, _("The invitation works no more.")),
    "close": (_close, _("The account is closed, and its sessions are over.")),
    "reopen": (_reopen, _("The account is open again.")),
    "end-sessions": (_end_sessions, _("The officer is signed out everywhere.")),
    "lift": (_lift, _("The officer need not wait any longer.")),
    "ask-reset": (_ask_reset, _("Another administrator has to confirm this.")),
    "grant-reset": (_grant_reset, _("The second factors were taken away. Tell the officer.")),
    "refuse-reset": (_refuse_reset, _("The second factors stay.")),
}


@require_safe
@only_for(PostKind.ADMINISTRATION)
def people(request: HttpRequest, person: Person) -> HttpResponse:
    """List officers by staff code, with what concerns signing in."""
    search = request.GET.get("search", "").strip()[:100]
    after = request.GET.get("after", "")[:200]
    found = listed(search, after=after, limit=ROWS + 1, now=now())
    rows = found[:ROWS]
    more = urlencode({"search": search, "after": rows[-1].code}) if len(found) > ROWS else ""
    context = {
        "rows": rows,
        "search": search,
        "more": more,
        "is_first": not after,
        "person": person,
        "here": "people",
    }
    return render(request, "account/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only_for(PostKind.ADMINISTRATION)
def person(request: HttpRequest, person: Person, officer: str) -> HttpResponse:
    """Show what concerns one officer; a POST does one act about the account."""
    found = one(officer, now=now())
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, person, found)
    act = request.POST.get("act", "")
    try:
        if act == _INVITE:
            secret = invitations.invite(officer, by=person.actor, now=clock.now())
            return _page(request, person, _again(officer), link=_link_of(request, secret))
        if act == _LINK:
            _link(officer, request.POST.get("subject", "").strip(), person)
            messages.success(request, _("Saved."))
        else:
            _do(request, act, officer, person)
    except Refusal as refused:
        if refused.code is Code.NOT_FOUND:
            raise Http404 from None
        words = refusal_words(refused.code, refused.details)
        return _page(request, person, found, refused=words)
    return redirect("account:person", officer)


def _do(request: HttpRequest, act: str, officer: str, person: Person) -> None:
    if act not in ACTS:
        raise Http404
    do, words = ACTS[act]
    do(officer, person)
    messages.success(request, str(words))


def _link(officer: str, subject: str, person: Person) -> None:
    found = one(officer, now=now())
    if found is None or found.account is None:
        raise Refusal(Code.NOT_FOUND)
    if not subject.isprintable():
        raise Refusal(Code.VALUE_INVALID, field="subject", reason="unusable")
    if subject:
        identities.link(found.account, subject[:191], by=person.actor, now=clock.now())
    else:
        identities.unlink(found.account, by=person.actor, now=clock.now())


def _again(officer: str) -> Listed:
    found = one(officer, now=now())
    if found is None:
        raise Http404
    return found


def _link_of(request: HttpRequest, secret: str) -> str:
    """Return the link with the secret behind `#`, which browsers do not send to any server."""
    place = reverse("account:invitation")
    site = settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
    return f"{site}{place}#{secret}"


def _page(
    request: HttpRequest, person: Person, found: Listed, *, link: str = "", refused: str = ""
) -> HttpResponse:
    stands = standing(found.account, now())
    recent = events_of(found.account, limit=_EVENTS) if found.account else []
    context = {
        "found": found,
        "stands": stands,
        "link": link,
        "refused": refused,
        "asked_it_oneself": stands.reset_asked_by == person.account.officer_id,
        "is_oneself": found.code == person.account.officer_id,
        "lines": [line_of(event) for event in recent],
        "posts": _posts(person, found),
        "has_oidc": bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]),
        "person": person,
        "here": "people",
    }
    status = HTTPStatus.CONFLICT if refused else HTTPStatus.OK
    return render(request, "account/person.html", context, status=status)


def _posts(person: Person, found: Listed) -> list[object]:
    if person.directory is None:
        return []
    held = person.directory.posts_of(found.code, person.now)
    return [(person.directory.unit_of(post.code), post) for post in held]

"""Who may come to the desk: officers who are signed in; each sees only what concerns them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from dandang.interfaces.desk.waiting import DeskRequest, Waiting
from dandang.interfaces.shared import clock, second_factor
from dandang.interfaces.shared.words.fields import field
from dandang.lifecycle.casework.keeping_out import KeptOut, kept_out
from dandang.lifecycle.casework.queries import CaseView, facts_of, find
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import may_read
from dandang.organization.directory import Directory, Post
from dandang.organization.queries import policy_in_force
from dandang.organization.version import Version
from dandang.policy import Policy
from dandang.terms import Actor, Code, Refusal, check_reference
from dandang.workdays import WorkCalendar

_WRITTEN = (
    *("title", "text", "missing", "basis", "alternative", "contacted_by", "name", "phone", "email"),
    *("wrong", "condition", "body", "article", "acceptance_number", "review_number"),
    "external_ref",
)

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]


@dataclass(frozen=True, slots=True)
class Officer:
    """The officer of this request, and the posts held at `now`."""

    code: str
    posts: tuple[Post, ...]
    directory: Directory
    calendar: WorkCalendar
    now: datetime
    policy_hash: str | None = None

    @property
    def policy(self) -> Policy:
        """The policy in force. Refuses `no_policy`."""
        return policy_in_force(self.policy_hash)

    @property
    def actor(self) -> Actor:
        """The officer as the ledger names them."""
        return Actor.officer(self.code)

    @property
    def kept_out(self) -> KeptOut:
        """What keeps the officer out of cases."""
        return kept_out(self.code, self.posts, self.directory)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that the officer may read, with what the rules know of it."""

    view: CaseView
    facts: Facts


def for_officers(
    page: Callable[Concatenate[HttpRequest, Officer, P], HttpResponse],
) -> Page[P]:
    """Let only officers come to a page: others sign in first, accounts of no officer get 403.

    Whoever is in no post at the moment sees their own account alone, and whoever is in one that
    needs a second factor shows it first.

    What the page refuses as not found gets one answer, so that a case that may not be read looks
    like one that does not exist.
    """

    @wraps(page)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(_way_back(request))
        code = request.user.officer_id
        if code is None:
            return render(request, "desk/no_officer.html", status=HTTPStatus.FORBIDDEN)
        try:
            # Nothing was done yet, so what was read with the session still holds.
            officer = officer_now(code, getattr(request.session, "version", None))
            if not officer.posts:
                return redirect("account:overview")
            if second_factor.missing(request, officer.posts):
                return second_factor.lead_to(request)
            cast("DeskRequest", request).desk = Waiting(
                officer.posts, officer.directory, officer.kept_out, request.user.pk
            )
            return page(request, officer, *args, **kwargs)
        except Refusal as refused:
            if refused.code not in (Code.NOT_FOUND, Code.UNKNOWN_VERB):
                raise
            context = {"typed": typed_texts(request.POST)}
            return render(request, "desk/not_found.html", context, status=HTTPStatus.NOT_FOUND)

    return guarded


def _way_back(request: HttpRequest) -> str:
    """Return where to go on after signing in: here, or where a form was sent from.

    What only takes forms cannot be looked at.
    """
    came = urlsplit(request.headers.get("referer", ""))
    if request.method in ("GET", "HEAD") or came.netloc != request.get_host():
        return request.get_full_path()
    return urlunsplit(("", "", came.path, came.query, ""))


def officer_now(code: str, version: Version | None = None) -> Officer:
    """Return the officer with this staff code at this instant; a stranger holds no post.

    `version` is that which was read at the beginning of this very request, if it was.
    """
    known, now = clock.present_now(version)
    posts = known.directory.posts_of(code, now)
    return Officer(code, posts, known.directory, known.calendar, now, known.policy_hash)


def typed_texts(typed: QueryDict) -> list[tuple[str, str]]:
    """Return label and text of what was written into a form that cannot be shown again."""
    return [(field(name), str(typed[name])) for name in _WRITTEN if typed.get(name)]


def open_case(officer: Officer, reference: str, *, follow: bool = True) -> OpenCase:
    """Return a case the officer may read. Refuses `not_found`, whether there is one or not.

    A request that went on in another case is followed there, unless `follow` is False.
    """
    if not check_reference(reference):
        raise Refusal(Code.NOT_FOUND)
    view = find(reference, follow=follow)
    facts = facts_of(view, by=officer.actor, now=officer.now)
    if not may_read(facts):
        raise Refusal(Code.NOT_FOUND)
    return OpenCase(view, facts)

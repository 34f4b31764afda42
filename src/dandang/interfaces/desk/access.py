"""Who may come to the desk: officers who are signed in; each sees only what concerns them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from dandang.interfaces.shared import clock
from dandang.lifecycle.casework.queries import CaseView, facts_for, find
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import may_read
from dandang.organization.directory import Directory, Post
from dandang.organization.queries import directory
from dandang.terms import Actor

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Officer:
    """The officer of this request and the posts held now."""

    code: str
    posts: tuple[Post, ...]
    directory: Directory

    @property
    def actor(self) -> Actor:
        """The officer as the ledger names them."""
        return Actor.officer(self.code)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that the officer may read, with what the rules know of it."""

    view: CaseView
    facts: Facts


def for_officers(
    page: Callable[Concatenate[HttpRequest, Officer, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let only officers come to a page: others sign in first, accounts of no officer get 403."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        code = request.user.officer_id
        if code is None:
            raise PermissionDenied
        known = directory()
        officer = Officer(code, known.posts_of(code, clock.now()), known)
        return page(request, officer, *args, **kwargs)

    return guarded


def open_case(officer: Officer, reference: str) -> OpenCase:
    """Return a case the officer may read. Refuses `not_found`; raises PermissionDenied."""
    view = find(reference)
    facts = facts_for(view.state, by=officer.actor, now=clock.now())
    if not may_read(facts):
        raise PermissionDenied
    return OpenCase(view, facts)

"""Who may come to the pages of accounts: everybody to their own, administrators to others'."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from dandang.interfaces.shared import clock, second_factor
from dandang.organization.access.asking import Account
from dandang.organization.directory import Directory, Post
from dandang.organization.entries import PostKind
from dandang.organization.queries import directory
from dandang.terms import Actor, Code, Refusal

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, with the posts held now. `directory` is None before there is a body."""

    account: Account
    posts: tuple[Post, ...]
    directory: Directory | None
    now: datetime

    @property
    def actor(self) -> Actor:
        """Who the ledger names: the officer. Refuses `not_permitted` for accounts of nobody."""
        if self.account.officer_id is None:
            raise Refusal(Code.NOT_PERMITTED)
        return Actor.officer(self.account.officer_id)

    def is_in(self, kinds: Collection[PostKind]) -> bool:
        """Say whether one of the posts is of one of these kinds."""
        return any(post.kinds & frozenset(kinds) for post in self.posts)

    @property
    def administers(self) -> bool:
        """Whether the person looks after accounts."""
        return self.is_in({PostKind.ADMINISTRATION})

    @property
    def reads_events(self) -> bool:
        """Whether the person may read what happened to all accounts."""
        return self.is_in({PostKind.ADMINISTRATION, PostKind.AUDIT})


def person_of(request: HttpRequest) -> Person:
    """Return who is signed in."""
    account, now = request.user, clock.now()
    assert account.is_authenticated
    try:
        known = directory()
    except Refusal:  # there is no body yet
        return Person(account, (), None, now)
    posts = () if account.officer_id is None else known.posts_of(account.officer_id, now)
    return Person(account, posts, known, now)


def for_accounts(
    page: Callable[Concatenate[HttpRequest, Person, P], HttpResponse],
) -> Page[P]:
    """Let everybody who is signed in come to a page about their own account."""

    @wraps(page)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return page(request, person_of(request), *args, **kwargs)

    return guarded


def only_for(
    *kinds: PostKind,
) -> Callable[[Callable[Concatenate[HttpRequest, Person, P], HttpResponse]], Page[P]]:
    """Let only officers in posts of these kinds come, who have shown a second factor."""

    def decorate(
        page: Callable[Concatenate[HttpRequest, Person, P], HttpResponse],
    ) -> Page[P]:
        @wraps(page)
        def guarded(
            request: HttpRequest, person: Person, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            if not person.is_in(kinds):
                raise PermissionDenied
            if second_factor.missing(request, person.posts):
                return second_factor.lead_to(request)
            return page(request, person, *args, **kwargs)

        return for_accounts(guarded)

    return decorate

"""Who may come to set-up: officers whose post administers, now; they read no case."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

from dandang.interfaces.desk.access import Officer, Page, for_officers
from dandang.organization.directory import PostKind
from dandang.terms import Code, Refusal

P = ParamSpec("P")


def administers(officer: Officer) -> bool:
    """Say whether the officer is in a post that administers."""
    return any(PostKind.ADMINISTRATION in post.kinds for post in officer.posts)


def for_administrators(
    page: Callable[Concatenate[HttpRequest, Officer, P], HttpResponse],
) -> Page[P]:
    """Let only administrators come to a page: other officers get 403, strangers sign in first."""

    @wraps(page)
    def guarded(
        request: HttpRequest, officer: Officer, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if not administers(officer):
            raise Refusal(Code.NOT_PERMITTED)
        return page(request, officer, *args, **kwargs)

    return for_officers(guarded)

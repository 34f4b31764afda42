"""Parts of pages that ask again by themselves: nobody uses a session by leaving a page open."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse

from dandang.organization.sessions import SessionStore

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]


def asked_by_itself(page: Page[P]) -> Page[P]:
    """Mark a page that browsers ask for on their own. It goes first: before a session is read."""

    @wraps(page)
    def quiet(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        cast("SessionStore", request.session).is_used_by_itself = True
        return page(request, *args, **kwargs)

    return quiet

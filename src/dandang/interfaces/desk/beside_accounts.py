"""The navigation of the desk above the pages of accounts, which are an interface of their own."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from dandang.interfaces.desk.access import officer_now
from dandang.interfaces.desk.waiting import DeskRequest, Waiting
from dandang.interfaces.shared import second_factor
from dandang.terms import Refusal

_ACCOUNTS = "/account/"


def with_navigation(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let pages of accounts show officers the way back to their work; nothing is asked before."""

    def answered(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(_ACCOUNTS):
            lazy = SimpleLazyObject(lambda: _waiting(request))
            cast("DeskRequest", request).desk = cast("Waiting", lazy)
        return answer(request)

    return answered


def _waiting(request: HttpRequest) -> Waiting | None:
    """Return what waits for whoever may come to the desk now."""
    if not request.user.is_authenticated or request.user.officer_id is None:
        return None
    try:
        officer = officer_now(request.user.officer_id)
    except Refusal:  # there is no body yet
        return None
    if not officer.posts or second_factor.missing(request, officer.posts):
        return None
    return Waiting(officer.posts, officer.directory, officer.kept_out, request.user.pk)

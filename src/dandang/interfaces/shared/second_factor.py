"""Whether somebody who is signed in has shown a second factor in this session."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from dandang.organization.access.second_factor import needs_second_factor
from dandang.organization.directory import Post

_METHOD = "mfa"


def mark(request: HttpRequest, kind: str) -> None:
    """Remember in the session that its person has shown a second factor of this kind."""
    mark_for(request, request.user, kind)


def mark_for(request: HttpRequest, account: Any, kind: str) -> None:  # noqa: ANN401 allauth's user
    """Do as `mark` for somebody who is just signing in."""
    record_authentication(request, account, _METHOD, type=kind)


def shown(request: HttpRequest) -> bool:
    """Say whether the person of this session has shown a second factor."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == _METHOD for record in records)


def missing(request: HttpRequest, posts: tuple[Post, ...]) -> bool:
    """Say whether these posts need a second factor that this session has not seen."""
    return needs_second_factor(posts, settings.SECOND_FACTOR) and not shown(request)


def lead_to(request: HttpRequest) -> HttpResponse:
    """Lead to the page where a second factor is shown or set up, and back afterwards."""
    where = request.get_full_path() if request.method == "GET" else reverse("account:overview")
    return redirect(f"{reverse('mfa_index')}?{urlencode({'next': where})}")

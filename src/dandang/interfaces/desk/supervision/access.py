"""Who comes to the pages of supervision, and which of them each officer has."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.overviews.reach import heads
from dandang.lifecycle.sampling.rules import READING

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of supervision. `is_current`: it is the one that is shown."""

    words: str
    path: str
    is_current: bool


def for_heads(
    page: Callable[Concatenate[HttpRequest, Officer, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let only those come who answer for units: their heads, and the posts that oversee the body.

    Other officers get 403, and are told whose page it is.
    """

    @for_officers
    def guarded(
        request: HttpRequest, officer: Officer, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if not heads(officer):
            return _closed(request)
        return page(request, officer, *args, **kwargs)

    return guarded


def for_readers(
    page: Callable[Concatenate[HttpRequest, Officer, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let only those come who read samples: supervision and auditors. Others get 403."""

    @for_officers
    def guarded(
        request: HttpRequest, officer: Officer, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        if not reads_samples(officer):
            return _closed(request)
        return page(request, officer, *args, **kwargs)

    return guarded


def reads_samples(officer: Officer) -> bool:
    """Say whether one of the officer's posts draws samples and reads them."""
    return any(post.kinds & READING for post in officer.posts)


def tabs(officer: Officer, current: str) -> list[Tab]:
    """Return the pages of supervision that this officer has; none for those who have only one."""
    found = [Tab(words, reverse(name), name == current) for name, words in _pages(officer)]
    return found if len(found) > 1 else []


def _pages(officer: Officer) -> Iterator[tuple[str, str]]:
    if heads(officer):
        yield "supervision:units", _("Units")
        yield "supervision:decisions", _("To decide")
        yield "supervision:proposals", _("Proposed closings")
        yield "supervision:stalls", _("Why cases stood still")
        yield "desk:calls", _("Calls upon me")
        yield "desk:escalations", _("Open calls below")
        yield "desk:long-standing", _("Long-standing")
    if reads_samples(officer):
        yield "supervision:samples", _("Samples")


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "supervision/closed.html", status=HTTPStatus.FORBIDDEN)

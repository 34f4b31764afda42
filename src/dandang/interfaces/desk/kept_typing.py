"""What was typed into a form of the desk is not lost when the session ends or begins anew."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dandang.interfaces.shared.errors import SHOWS_TYPED

_NOT_TYPED = frozenset(
    {
        *("csrfmiddlewaretoken", "seen_seq", "seen_case", "token", "preview", "similar"),
        *("act", "step", "back", "then"),
    }
)

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponse]


def keeps_typed(page: Page[P]) -> Page[P]:
    """Show what was typed to who sends a form signed out, and how to go on with it.

    The typed values travel through the officer's own browser alone: nothing of them is kept. How
    people sign in makes no difference, because they do it in a window of its own. Whoever has
    signed in anew beside an open form gets it back filled in. The page itself shows its form with
    what `typed_before` returns when it is only looked at.
    """

    @wraps(page)
    def keeping(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated and _has_typed(request):
            return _ask_to_sign_in(request)
        return page(request, *args, **kwargs)

    def shows(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        typed = request.POST
        request.method = "GET"  # whatever the page is, it does nothing
        request.POST = typed
        return page(request, *args, **kwargs)

    setattr(keeping, SHOWS_TYPED, shows)
    return keeping


def typed_before(request: HttpRequest) -> QueryDict:
    """Return what was typed into a form that is opened once more; empty when it is the first."""
    return QueryDict() if request.method == "POST" else request.POST


@csrf_exempt  # it only shows a form that is filled in: sending it asks for a fresh token
@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request: HttpRequest) -> HttpResponse:
    """Show the form at the address `to` with all that was typed before the session was over."""
    to = request.GET.get("to", "")
    path, _, query = to.partition("?")
    try:
        found = resolve(path)
    except Resolver404 as error:
        raise Http404 from error
    shows = getattr(found.func, SHOWS_TYPED, None)
    if shows is None:
        raise Http404
    if request.method != "POST":
        return redirect(to)
    request.path = request.path_info = path
    request.META["QUERY_STRING"] = query
    request.GET = QueryDict(query)
    answer: HttpResponse = shows(request, *found.args, **found.kwargs)
    return answer


def _has_typed(request: HttpRequest) -> bool:
    return any(value for name, value in request.POST.items() if name not in _NOT_TYPED)


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    after = urlencode({"next": reverse("desk:worklist")})
    context = {
        "typed": typed,
        "has_files": bool(request.FILES),
        "go_on": f"{reverse('desk:go-on')}?{urlencode({'to': request.get_full_path()})}",
        "sign_in": f"{resolve_url(settings.LOGIN_URL)}?{after}",
    }
    return render(request, "desk/session_over.html", context, status=HTTPStatus.FORBIDDEN)

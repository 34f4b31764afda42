"""What was typed into the form of a verb stays on the page when the session is over."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.sheets import sheet_for

_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "seen_seq", "token", "preview", "similar"})

Page = Callable[[HttpRequest, str, str], HttpResponse]


def keeps_typed(page: Page) -> Page:
    """Show what was typed to who sends a form of a verb signed out, and how to go on with it.

    The typed values travel through the officer's own browser alone: nothing of them is kept. How
    people sign in makes no difference, because they do it in a window of its own.
    """

    @wraps(page)
    def keeping(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated and _has_typed(request):
            return _ask_to_sign_in(request, reference, verb)
        return page(request, reference, verb)

    return keeping


@csrf_exempt  # it only shows a form that is filled in: sending it asks for a fresh token
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@for_officers
def go_on(request: HttpRequest, officer: Officer, reference: str, verb: str) -> HttpResponse:
    """Show the form of a verb with all that was typed before the session was over."""
    sheet = sheet_for(request, officer, reference, verb)
    return sheet.opened_page()


def _has_typed(request: HttpRequest) -> bool:
    return any(value for name, value in request.POST.items() if name not in _NOT_TYPED)


def _ask_to_sign_in(request: HttpRequest, reference: str, verb: str) -> HttpResponse:
    here = {"reference": reference, "verb": verb}
    back = urlencode({"next": reverse("desk:case", args=[reference])})
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    context = {
        "typed": typed,
        "has_files": bool(request.FILES),
        "go_on": reverse("desk:go-on", kwargs=here),
        "sign_in": f"{resolve_url(settings.LOGIN_URL)}?{back}",
    }
    return render(request, "desk/session_over.html", context, status=HTTPStatus.FORBIDDEN)

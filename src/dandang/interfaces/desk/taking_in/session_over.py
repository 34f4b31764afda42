"""Signing in again on the spot: what was typed stays on the page when the session is over."""

from http import HTTPStatus

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dandang.interfaces.desk.sign_in import WRONG_PASSWORDS, SignInForm
from dandang.interfaces.desk.taking_in.form import TakingInForm

_OURS = ("username", "password", "csrfmiddlewaretoken", "step", "join")
_AGAIN = "edit"


def sign_in_again(request: HttpRequest) -> HttpResponse | None:
    """Ask for the password, with all that was typed; None once the officer is signed in.

    The typed values travel through the officer's own browser alone: nothing of them is kept.
    """
    if "password" not in request.POST:
        return _page(request, SignInForm(request))
    if WRONG_PASSWORDS.holds(request):
        words = _("Too many wrong passwords. Please wait a minute.")
        return _page(request, SignInForm(request), words, HTTPStatus.TOO_MANY_REQUESTS)
    form = SignInForm(request, request.POST)
    if not form.is_valid():
        WRONG_PASSWORDS.count(request)
        return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    login(request, form.get_user())
    typed = request.POST.copy()
    typed["step"] = _AGAIN
    request.POST = typed  # type: ignore[assignment]  # the officer goes on where the form stood
    return None


def _page(
    request: HttpRequest,
    form: SignInForm,
    refused: str = "",
    status: HTTPStatus = HTTPStatus.FORBIDDEN,
) -> HttpResponse:
    typed = [
        (name, value)
        for name in TakingInForm.base_fields
        if name not in _OURS
        for value in request.POST.getlist(name)
    ]
    context = {"form": form, "typed": typed, "refused": refused}
    return render(request, "desk/taking_in/session_over.html", context, status=status)

"""Signing in again on the spot: what was typed stays on the page when the session is over."""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dandang.interfaces.desk.taking_in.form import TakingInForm
from dandang.interfaces.shared import second_factor
from dandang.interfaces.shared.signing_in import (
    SignInForm,
    circumstances,
    count_wrong_code,
    now,
)
from dandang.organization.access.asking import factors_of
from dandang.organization.access.codes import accept_code
from dandang.organization.access.kinds import Happened
from dandang.organization.actions.sign_in_events import write_down

_OURS = ("username", "password", "code", "csrfmiddlewaretoken", "step", "join")
_AGAIN = "edit"


class SignInAgainForm(SignInForm):
    """Staff code, password, and the code of whoever has a second factor, on one page."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.kind = ""
        self.fields["code"] = forms.CharField(
            label=_("Code from your app, or a recovery code, if you have set one up"),
            required=False,
            max_length=40,
            widget=forms.TextInput({"autocomplete": "one-time-code", "autocapitalize": "none"}),
        )

    @override
    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean()
        if not self.errors and factors_of(self.user).has_second:
            factor = accept_code(self.user, str(cleaned.get("code", "")))
            if factor is None:
                count_wrong_code(self.request, self.user.username)
                seen = circumstances(self.request)
                write_down(Happened.FAILED, self.user, now=now(), detail="code", seen=seen)
                self.add_error(
                    "code", _("This code is not right, has run out, or was used before.")
                )
            else:
                self.kind = factor.type
        return cleaned


def sign_in_again(request: HttpRequest) -> HttpResponse | None:
    """Ask for the password, with all that was typed; None once the officer is signed in.

    The typed values travel through the officer's own browser alone: nothing of them is kept.
    """
    if "password" not in request.POST:
        return _page(request, SignInAgainForm(request=request), HTTPStatus.FORBIDDEN)
    form = SignInAgainForm(request.POST, request=request)
    if not form.is_valid():
        wait = HTTPStatus.TOO_MANY_REQUESTS
        return _page(request, form, wait if form.must_wait else HTTPStatus.UNPROCESSABLE_ENTITY)
    adapter = get_adapter(request)
    adapter.login(request, form.user)
    record_authentication(request, form.user, "password")
    if form.kind:
        second_factor.mark_for(request, form.user, form.kind)
    adapter.post_login(request, form.user, redirect_url=None)
    typed = request.POST.copy()
    typed["step"] = _AGAIN
    request.POST = typed  # type: ignore[assignment]  # the officer goes on where the form stood
    return None


def _page(request: HttpRequest, form: SignInAgainForm, status: HTTPStatus) -> HttpResponse:
    typed = [
        (name, value)
        for name in TakingInForm.base_fields
        if name not in _OURS
        for value in request.POST.getlist(name)
    ]
    context = {"form": form, "typed": typed}
    return render(request, "desk/taking_in/session_over.html", context, status=status)

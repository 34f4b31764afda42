"""Confirming who one is, before changing how one signs in; and changing the password."""

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ByCode
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from typing_extensions import override

from dandang.interfaces.account.access import Person, for_accounts, person_of
from dandang.interfaces.account.password_forms import NewPasswordForm
from dandang.interfaces.shared.signing_in import circumstances, now
from dandang.organization.access.kinds import Happened
from dandang.organization.access.passwords import LONGEST
from dandang.organization.actions.accounts import set_password
from dandang.organization.actions.sessions import end_sessions
from dandang.organization.actions.sign_in_events import write_down
from dandang.terms import Actor


class _Confirm:
    """What all three ways to confirm share."""

    template_name = "account/confirm.html"

    def form_invalid(self, form: Any) -> HttpResponse:  # noqa: ANN401 allauth's
        """Say that it was wrong."""
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # of a view
        if response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    def form_valid(self, form: Any) -> HttpResponse:  # noqa: ANN401 allauth's
        """Write down that a factor was shown, and go on with what was interrupted."""
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # of a view
        request: HttpRequest = self.request  # type: ignore[attr-defined]  # of a view
        seen = circumstances(request)
        request.session.cycle_key()
        write_down(
            Happened.FACTOR_SHOWN, person_of(request).account, now=now(), detail=self.way, seen=seen
        )
        return response

    way = "password"

    def get_context_data(self, **more: Any) -> dict[str, Any]:  # noqa: ANN401 allauth's
        """Say which way this is."""
        context: dict[str, Any] = super().get_context_data(**more)  # type: ignore[misc]  # a view
        return {**context, "way": self.way}


class ConfirmByPassword(_Confirm, ReauthenticateView):  # type: ignore[misc]  # no types
    """Confirming with the password."""


class ConfirmByCode(_Confirm, ByCode):  # type: ignore[misc]  # allauth carries no types
    """Confirming with a code."""

    way = "code"


class ConfirmByPasskey(_Confirm, ReauthenticateWebAuthnView):  # type: ignore[misc]  # no types
    """Confirming with a passkey."""

    way = "passkey"

    @override
    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, _("This passkey was not accepted. Please try another way."))
        return redirect(self.request.get_full_path())


class ChangePasswordForm(NewPasswordForm):
    """The password one has, and the one one wants."""

    old = forms.CharField(
        label=gettext_lazy("Present password"),
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput({"autocomplete": "current-password", "data-show": ""}),
    )
    field_order = ("old", "password")

    def clean_old(self) -> str:
        """Check the present password; tries are counted as at sign-in."""
        old: str = self.cleaned_data["old"]
        if self.account is None or not get_adapter().reauthenticate(self.account, old):
            raise forms.ValidationError(_("This password is not right. Please try again."))
        return old


@sensitive_post_parameters("old", "password")
@require_http_methods(["GET", "HEAD", "POST"])
@for_accounts
def change_password(request: HttpRequest, person: Person) -> HttpResponse:
    """Change one's own password, which ends one's other sessions."""
    account = person.account
    if not account.has_usable_password():
        return redirect("account:overview")
    if request.method != "POST":
        return render(request, "account/password.html", {"form": ChangePasswordForm(account)})
    form = ChangePasswordForm(account, request.POST)
    if form.is_valid():
        return _change(request, person, form)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "account/password.html", {"form": form}, status=status)


@transaction.atomic
def _change(request: HttpRequest, person: Person, form: ChangePasswordForm) -> HttpResponse:
    account, seen = person.account, circumstances(request)
    by = Actor.system() if account.officer_id is None else Actor.officer(account.officer_id)
    changed = set_password(account.username, form.cleaned_data["password"], by=by, now=now())
    # The session goes on under a new key; all others are over.
    update_session_auth_hash(request, changed)
    end_sessions(account, besides=request.session.session_key)
    write_down(Happened.PASSWORD_CHANGED, account, now=now(), seen=seen)
    messages.success(request, _("Your password was changed. Your other sessions are over."))
    return redirect("account:overview")

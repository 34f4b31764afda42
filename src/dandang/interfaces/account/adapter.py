"""How allauth signs people in here: nobody signs up, and what matters is written down."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import get_login_redirect_url
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dandang.interfaces.account.noticing import say_what_changed
from dandang.interfaces.shared.signing_in import (
    WAIT,
    WRONG,
    circumstances,
    is_out_of_date,
    locked_until,
    now,
)
from dandang.organization.access.asking import account_named
from dandang.organization.access.kinds import Happened
from dandang.organization.actions.sign_in_events import write_down
from dandang.organization.sessions import DEVICE, STARTED

_WRONG_CODE = _("This code is not right, has run out, or was used before.")
_WAYS = {
    "mfa_reauthenticate": _("Use a code instead"),
    "mfa_reauthenticate:webauthn": _("Use a passkey instead"),
}
_METHODS = "account_authentication_methods"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Hooks of allauth around accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "incorrect_password": _("This password is not right. Please try again."),
        "incorrect_code": _WRONG_CODE,
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
    }

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @override
    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        if locked_until(request, str(credentials.get("username", ""))):
            return None
        return super().authenticate(request, **credentials)

    @override
    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down that somebody failed, and that they have to wait now if so."""
        name = str(credentials.get("username", ""))
        account, seen = account_named(name), circumstances(request)
        write_down(Happened.FAILED, account, now=now(), detail="password", seen=seen)
        if locked_until(request, name):
            write_down(Happened.LOCKED, account, now=now(), seen=seen)

    @override
    def respond_user_inactive(self, request: HttpRequest, user: object) -> HttpResponse:
        messages.error(request, str(WRONG))
        return HttpResponseRedirect(settings.LOGIN_URL)

    @override
    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in with a new key of the session, and note since when and with what.

        Whoever began with a password that counts no more, or whose account was closed, begins anew.
        """
        if is_out_of_date(request, user):
            clear_login(request)
            messages.error(request, str(WRONG))
            raise ImmediateHttpResponse(HttpResponseRedirect(settings.LOGIN_URL))
        super().login(request, user)
        request.session[STARTED] = now().isoformat()
        request.session[DEVICE] = circumstances(request).device

    @override
    def post_login(
        self, request: HttpRequest, user: Any, *, redirect_url: str | None, **more: object
    ) -> HttpResponse:
        """Write down who came in and how, and go on in the language of the account."""
        shown = get_authentication_records(request, user)
        how = "+".join(dict.fromkeys(str(one.get("type") or one["method"]) for one in shown))
        # Who has just signed in need not confirm it again at once.
        request.session[_METHODS] = [{**one, "reauthenticated": True} for one in shown]
        seen = circumstances(request)
        say_what_changed(request, user, seen)
        write_down(Happened.SIGNED_IN, user, now=now(), detail=how, seen=seen)
        if "recovery_codes" in how:
            write_down(Happened.RECOVERY_USED, user, now=now(), seen=seen)
        response = HttpResponseRedirect(get_login_redirect_url(request, redirect_url))
        return speak(response, user.language)

    @override
    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            write_down(Happened.SIGNED_OUT, request.user, now=now(), seen=circumstances(request))
        clear_login(request)
        super().logout(request)

    @override
    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing of allauth's own: our pages say what happened."""

    @override
    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: accounts have no mail. The pages write down what changed."""

    @override
    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ask whoever has a second factor for it, and only the others for their password."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        factors = [one for one in methods if one["id"] != "reauthenticate"]
        for one in factors:
            one["description"] = _WAYS[one["id"]]
        return factors or methods

    @override
    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Let whoever has neither password nor factor here, but a provider, sign in anew."""
        request = context.request
        if request.user.is_authenticated and not self.get_reauthentication_methods(request.user):
            last = max(
                (one["at"] for one in get_authentication_records(request, request.user)), default=0
            )
            if time.time() - last >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
                self.logout(request)
                messages.info(request, _("Please sign in again to change how you sign in."))
                raise ImmediateHttpResponse(redirect_to_login(request.path))
        return bool(super().is_reauthentication_required(app=app, **more))


def speak(response: HttpResponse, language: str) -> HttpResponse:
    """Let the browser go on in this language, if it is one."""
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response

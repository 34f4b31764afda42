"""The way in that all pages share: the form of name and password, and how somebody came."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.models import Login
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dandang.organization.access.asking import Account
from dandang.organization.access.devices import device_of
from dandang.organization.access.locks import Locks
from dandang.organization.access.passwords import LONGEST
from dandang.organization.access.sealing import fingerprint
from dandang.organization.access.sources import source_of
from dandang.organization.actions.sign_in_events import Circumstances

LOCKED = "locked"
_PASSWORD = "password_shown"  # noqa: S105 a name in the session
WAIT = _("Too many wrong tries. Please wait and try again later.")
WRONG = _("Staff code or password is not right. Please try again.")


def circumstances(request: HttpRequest) -> Circumstances:
    """Return what is kept of how somebody came."""
    return Circumstances(
        device=device_of(request.META.get("HTTP_USER_AGENT", "")),
        source=fingerprint("sign-in-source", source_of(request)),
    )


def locked_until(request: HttpRequest, username: str) -> datetime | None:
    """Return until when no password or code for this name is taken from here, if so."""
    return Locks().locked_until(request, {"username": username})


def password_shown(request: HttpRequest, account: Account) -> None:
    """Remember of which password this is, for a sign-in that goes on on another page."""
    request.session[_PASSWORD] = [account.pk, account.get_session_auth_hash()]


def is_out_of_date(request: HttpRequest, account: Account) -> bool:
    """Say whether the account was closed or got another password since the sign-in began."""
    key, of_password = request.session.pop(_PASSWORD, (0, ""))
    is_other = not constant_time_compare(of_password, account.get_session_auth_hash())
    return not account.is_active or (key == account.pk and is_other)


def count_wrong_code(request: HttpRequest, username: str) -> None:
    """Count a wrong second factor like a wrong password."""
    AxesProxyHandler.user_login_failed(None, {"username": username}, request)


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth carries no types
    """Staff code and password. The answer to a wrong one does not say which of them was wrong.

    Closed accounts get the same answer. Whoever tried too often is told to wait (`locked`), for
    names that exist and others alike.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's
        super().__init__(*args, **kwargs)
        name = forms.CharField(
            label=_("Staff code"),
            max_length=150,
            widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
        )
        password = forms.CharField(
            label=_("Password"),
            strip=False,
            max_length=LONGEST,
            widget=forms.PasswordInput({"autocomplete": "current-password", "data-show": ""}),
        )
        self.fields = {"username": name, "password": password}

    @override
    def user_credentials(self) -> dict[str, str]:
        name = get_user_model().normalize_username(self.cleaned_data["username"].strip())
        return {"username": name, "password": self.cleaned_data["password"]}

    @override
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = forms.Form.clean(self) or {}
        if self.errors:
            return cleaned
        credentials = self.user_credentials()
        if locked_until(self.request, credentials["username"]):
            raise ValidationError(WAIT, LOCKED)
        user = get_adapter(self.request).authenticate(self.request, **credentials)
        if user is None or not user.is_active:
            raise ValidationError(WRONG, "invalid_login")
        password_shown(self.request, user)
        self.user = user
        self._login = Login(user=user)
        return cleaned

    @property
    def must_wait(self) -> bool:
        """Whether nothing was checked, because there were too many wrong tries."""
        return bool(self.has_error(NON_FIELD_ERRORS, LOCKED))


def now() -> datetime:
    """Return the real time: sessions and codes run with it, also where a demonstration holds it."""
    return timezone.now()

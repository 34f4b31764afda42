"""Forms of second factors: codes of an app, recovery codes."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dandang.interfaces.shared.signing_in import (
    LOCKED,
    WAIT,
    circumstances,
    count_wrong_code,
    locked_until,
    now,
)
from dandang.organization.access.asking import Account
from dandang.organization.access.codes import accept_code, matching
from dandang.organization.access.kinds import Happened
from dandang.organization.access.sealing import seal, unseal
from dandang.organization.actions.sign_in_events import write_down

_WRONG = _("This code is not right, has run out, or was used before.")


def code_field(label: Any, *, digits: bool = False) -> forms.CharField:  # noqa: ANN401 words
    """Return a field for a code that phones offer to fill in."""
    attributes = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
    if digits:
        attributes["inputmode"] = "numeric"
    return forms.CharField(label=label, max_length=40, widget=forms.TextInput(attributes))


def checked_code(user: Account, typed: str) -> Authenticator:
    """Return what the code belongs to. Raises ValidationError; wrong ones are counted."""
    request = context.request
    if locked_until(request, user.username):
        raise ValidationError(WAIT, LOCKED)
    factor = accept_code(user, typed)
    if factor is None:
        count_wrong_code(request, user.username)
        seen = circumstances(request)
        write_down(Happened.FAILED, user, now=now(), detail="code", seen=seen)
        raise ValidationError(_WRONG, "incorrect_code")
    factor.user = user
    return factor


class SecondFactorForm(AuthenticateForm):  # type: ignore[misc]  # allauth carries no types
    """The code asked for at sign-in."""

    code = code_field(_("Code from your app, or a recovery code"))

    @override
    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        self.authenticator = checked_code(self.user, code)
        return code


class ConfirmByCodeForm(ReauthenticateForm):  # type: ignore[misc]  # allauth carries no types
    """The code asked for before somebody changes how they sign in."""

    code = code_field(_("Code from your app, or a recovery code"))
    clean_code = SecondFactorForm.clean_code


class SetUpAppForm(forms.Form):
    """The first code of an app shows that it knows the secret."""

    code = code_field(_("Code that the app shows"), digits=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's
        self.user: Account = kwargs.pop("user")
        super().__init__(*args, **kwargs)
        session = context.request.session
        if not self.is_bound or SECRET_SESSION_KEY not in session:
            session[SECRET_SESSION_KEY] = seal(generate_totp_secret())
        self.secret = unseal(session[SECRET_SESSION_KEY])
        self.counter = -1

    def clean_code(self) -> str:
        """Take a code of the secret that was shown."""
        code = "".join(sign for sign in self.cleaned_data["code"] if sign.isdigit())
        counter = matching(self.secret, code)
        if counter is None:
            raise ValidationError(_WRONG, "incorrect_code")
        self.counter = counter
        return code

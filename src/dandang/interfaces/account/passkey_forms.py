"""Forms of passkeys. What is sent as one is read by a library, and anybody can send anything."""

import struct
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as allauth_forms
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

_NAME_LENGTH = 60
_UNREADABLE = (
    *(ValueError, TypeError, LookupError, AttributeError, RecursionError),
    *(struct.error, InvalidSignature),
)
_WRONG = _("This passkey was not accepted. Please try another way.")

T = TypeVar("T")


def _read(how: Callable[[], T]) -> T:
    """Read what was sent. Raises ValidationError where it is no passkey at all."""
    try:
        return how()
    except _UNREADABLE:
        raise ValidationError(_WRONG, "incorrect_code") from None


class SignedField(forms.JSONField):
    """What a passkey signed, as the script of the page puts it there."""

    widget = forms.HiddenInput

    @override
    def to_python(self, value: Any) -> Any:
        return _read(lambda: super(SignedField, self).to_python(value))


class _Shown:
    """A passkey that is shown."""

    def clean_credential(self) -> Authenticator:
        """Return which one it is."""
        return _read(super().clean_credential)  # type: ignore[misc]  # of a form


class PasskeySignInForm(_Shown, allauth_forms.LoginWebAuthnForm):  # type: ignore[misc]  # no types
    """Signing in with a passkey alone."""

    credential = SignedField()


class PasskeyStepForm(_Shown, allauth_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]  # no types
    """A passkey after the password."""

    credential = SignedField()


class ConfirmByPasskeyForm(_Shown, allauth_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # no types
    """A passkey before somebody changes how they sign in."""

    credential = SignedField()


class AddPasskeyForm(allauth_forms.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A new passkey, with a name to know it by. It is always one to sign in with alone."""

    passwordless = None
    name = forms.CharField(label=_("Name of this passkey"), required=False, max_length=_NAME_LENGTH)
    credential = SignedField()

    @override
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = _read(super().clean)
        return cleaned


class RenamePasskeyForm(allauth_forms.EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Another name of a passkey."""

    name = forms.CharField(label=_("Name of this passkey"), max_length=_NAME_LENGTH)

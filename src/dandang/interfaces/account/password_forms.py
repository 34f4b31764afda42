"""A field for a new password: it may be pasted and shown, and is checked as it will be used."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dandang.organization.access.asking import Account
from dandang.organization.access.passwords import LONGEST

_HINT = _(
    "At least 12 characters, as many as you like up to 256. A sentence of several words is good. "
    "Stolen passwords and names that others know are refused."
)


class NewPasswordForm(forms.Form):
    """A new password for an account, or for one that is found out only from the form."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=LONGEST,
        help_text=_HINT,
        widget=forms.PasswordInput({"autocomplete": "new-password", "data-show": ""}),
    )

    def __init__(self, account: Account | None = None, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        """Refuse weak ones, in words."""
        password: str = self.cleaned_data["password"]
        try:
            validate_password(password, self.account)
        except ValidationError as weak:
            raise ValidationError(weak.messages) from None
        return password

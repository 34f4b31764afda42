"""Fields for how somebody is reached, checked alike wherever they are asked for."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dandang.interfaces.shared.forms import TextField

LINE = 300
"""The most characters of a name, a number or a place."""

_NUMBER = RegexValidator(r"^[0-9+()\-. ]{5,30}$", _("Please give a phone number in digits."))
_MOST = 254  # RFC 5321, as Django's own field has it


class NameField(TextField):
    """Somebody's name, which may stay empty. With `own` browsers offer that of who types."""

    def __init__(self, label: Any, *, own: bool = False) -> None:  # noqa: ANN401 lazy words
        super().__init__(
            label=label, limit=LINE, required=False, widget=forms.TextInput(_fill("name", own=own))
        )


class PhoneField(TextField):
    """A phone number, which may stay empty. With `own` browsers offer that of who types."""

    def __init__(self, *, own: bool = False) -> None:
        super().__init__(
            label=pgettext_lazy("contact", "Phone"),
            limit=LINE,
            required=False,
            widget=forms.TextInput({"type": "tel", **_fill("tel", own=own)}),
            validators=[_NUMBER],
        )


class EmailField(forms.EmailField):
    """An e-mail address, which may stay empty. With `own` browsers offer that of who types."""

    def __init__(self, *, own: bool = False) -> None:
        super().__init__(
            label=pgettext_lazy("contact", "E-mail"),
            required=False,
            max_length=_MOST,
            widget=forms.EmailInput(_fill("email", own=own)),
            error_messages={"invalid": _("Please check the e-mail address.")},
        )


def _fill(what: str, *, own: bool) -> dict[str, str]:
    return {"autocomplete": what if own else "off"}

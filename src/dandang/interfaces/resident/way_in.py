"""What is asked of those who want to get in: a reference, a one-time code."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dandang.interfaces.shared.forms import TextField
from dandang.notifications.access.codes import DIGITS
from dandang.terms import check_reference, normalise_reference

_LINE = 100


class LostForm(forms.Form):
    """Which request it is about; the reference is no secret."""

    reference = TextField(
        label=pgettext_lazy("request", "Reference"),
        help_text=gettext_lazy("For example 7K4M-9Q2X."),
        limit=_LINE,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "code short"}
        ),
    )

    def clean_reference(self) -> str:
        """Return the reference as it is kept; whether there is one like it is not looked at."""
        typed = self.cleaned_data["reference"]
        if not check_reference(typed):
            raise ValidationError(_("A reference has eight letters and digits."))
        return normalise_reference(typed)


class OneTimeCodeForm(forms.Form):
    """The code that was sent."""

    code = TextField(
        label=gettext_lazy("One-time code"),
        help_text=gettext_lazy("8 digits; spaces do not matter."),
        limit=_LINE,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code short"}
        ),
    )

    def clean_code(self) -> str:
        """Return the digits that were typed."""
        digits = "".join(one for one in self.cleaned_data["code"] if one.isdecimal())
        if len(digits) != DIGITS:
            raise ValidationError(_("The code has 8 digits."))
        return digits

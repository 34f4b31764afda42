"""Form fields that check what people type with the same rules as everything else."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from dandang.interfaces.shared.words.refusals import refusal_words
from dandang.terms import MAX_TEXT, Refusal, check_text

_TYPED = "%Y-%m-%dT%H:%M"
_ALSO_TYPED = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M")
_LINE_ENDS = re.compile(r"[\r\n]+")


class TextField(forms.CharField):
    """A text that can be kept: the check of `terms.check_text`, in words for people.

    `lines` says whether line ends may stand in it. `limit` counts characters.
    """

    def __init__(self, *, limit: int = MAX_TEXT, lines: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 Django's
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 6}) if lines else forms.TextInput)
        super().__init__(strip=False, **kwargs)
        self.validators = list(kwargs.get("validators", ()))
        self._limit = limit
        self._lines = lines

    @override
    def clean(self, value: str | None) -> str:
        typed = value or ""
        if not self._lines:
            typed = _LINE_ENDS.sub(" ", typed)
        try:
            checked = check_text("", typed, limit=self._limit, required=self.required)
        except Refusal as refused:
            details = {name: value for name, value in refused.details.items() if name != "field"}
            raise forms.ValidationError(
                refusal_words(refused.code, details), code=refused.code.value
            ) from None
        self.run_validators(checked)
        return checked


class InstantField(forms.DateTimeField):
    """A date and a time by the clocks of the body, in one field that every keyboard can fill in.

    Browsers that do not know such a field show a line: `2026-11-26 17:00` can be typed there.
    Yields an aware datetime.
    """

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 Django's
        widget = forms.DateTimeInput({"type": "datetime-local", "class": "instant"}, _TYPED)
        words = {"invalid": _("Please give a date and a time, like 2026-11-26 17:00.")}
        super().__init__(
            widget=widget,
            input_formats=[_TYPED, *_ALSO_TYPED],
            error_messages=words,
            **kwargs,
        )


def as_typed(instant: datetime) -> str:
    """Return an instant as it stands in a field, by the clocks of the body."""
    return timezone.localtime(instant).strftime(_TYPED)

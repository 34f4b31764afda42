"""What is asked for in each step of a report; only what is needed is required."""

from typing import Any

from django import forms
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from dandang.interfaces.shared import choices
from dandang.interfaces.shared.contact_fields import LINE, EmailField, NameField, PhoneField
from dandang.interfaces.shared.files import FilesField
from dandang.interfaces.shared.forms import TextField
from dandang.organization.directory import Directory
from dandang.policy import Policy

UNSURE = "unsure"
"""The category of those who leave the choice to a dispatcher."""

_TITLE = 100


class StepForm(forms.Form):
    """One step of a report. `uploads` are fields about files, which are kept on their own."""

    uploads: frozenset[str] = frozenset()

    def __init__(self, *args: Any, directory: Directory, policy: Policy, **kwargs: Any) -> None:  # noqa: ANN401 Django's
        super().__init__(*args, **kwargs)
        self.directory, self.policy = directory, policy
        self._words: dict[str, dict[str, str]] = {}
        self.prepare()

    def prepare(self) -> None:
        """Give fields what there is to choose from."""

    def typed(self) -> dict[str, str]:
        """Return what was typed, by field, as it was; "" where nothing was."""
        return {name: self.data.get(name) or "" for name in self.fields if name not in self.uploads}

    def answers(self) -> list[tuple[str, str, str]]:
        """Return field, question and what was said to it, in words; "" where nothing was said."""
        return [
            (one.name, str(one.label), self._said(one))
            for one in self.visible_fields()
            if one.name not in self.uploads
        ]

    def _said(self, field: forms.BoundField) -> str:
        value = self.cleaned_data[field.name]
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if value and field.name in self._words:
            return self._words[field.name][value].strip(choices.INDENT)
        return str(value)

    def give_choices(self, field: str, given: choices.Choices) -> None:
        """Let a field be chosen from these."""
        found = self.fields[field]
        assert isinstance(found, forms.ChoiceField)
        found.choices = given
        flat: list[tuple[str, Any]] = list(flatten_choices(given))
        self._words[field] = {value: str(words) for value, words in flat}


class WhereForm(StepForm):
    """Where it is; whoever cannot say leaves it."""

    area = forms.ChoiceField(label=gettext_lazy("In which area is it?"), required=False)
    location = TextField(
        label=gettext_lazy("Where exactly?"),
        help_text=gettext_lazy("Address, crossing, building, or what stands next to it."),
        limit=LINE,
        required=False,
    )

    @override
    def prepare(self) -> None:
        """Offer the areas of the body."""
        self.give_choices("area", [("", _("I cannot say")), *choices.areas(self.directory)])


class WhatForm(StepForm):
    """What has happened, what shows it, and what may be done with the words."""

    uploads = frozenset({"files", "keep_place"})

    text = TextField(
        label=gettext_lazy("What has happened?"),
        help_text=gettext_lazy(
            "What happens, since when, how often, and what you would like to be done. "
            "Please do not write identity card or bank numbers."
        ),
        lines=True,
    )
    title = TextField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("A few words. Without one we take the beginning of your text."),
        limit=_TITLE,
        required=False,
    )
    category = forms.ChoiceField(
        label=gettext_lazy("What kind of matter is it?"),
        help_text=gettext_lazy(
            "What we suggest stands on the last page, where you can still change it."
        ),
        required=False,
    )
    happening_now = forms.BooleanField(
        label=gettext_lazy("It is happening right now"),
        help_text=gettext_lazy("It is then handled as urgent: minutes count instead of days."),
        required=False,
    )
    subject_unit = forms.ChoiceField(
        label=gettext_lazy("Is this about how an office acted? Which one?"),
        help_text=gettext_lazy(
            "That office, and those below it, will neither hold your request nor see who you are."
        ),
        required=False,
    )
    files = FilesField()  # type: ignore[assignment]  # becomes a field, no attribute
    keep_place = forms.BooleanField(
        label=gettext_lazy("Leave place and time in the photos"),
        help_text=gettext_lazy("Only if where and when they were taken matters here."),
        required=False,
    )
    may_publish = forms.BooleanField(
        label=gettext_lazy("It may be shown publicly, without my name"),
        help_text=gettext_lazy(
            "Others with the same trouble can then find and follow it. An officer reads it before, "
            "and takes out what points to you. You can take this back at any time."
        ),
        required=False,
    )

    @override
    def prepare(self) -> None:
        """Offer the categories of the policy and the units of the body."""
        leave = [("", _("Suggest one from my words")), (UNSURE, _("I am not sure"))]
        self.give_choices("category", [*leave, *choices.categories(self.policy)])
        self.give_choices("subject_unit", [("", _("No")), *choices.units(self.directory)])


class ContactForm(StepForm):
    """How the requester can be reached; all of it may stay empty."""

    name = NameField(gettext_lazy("Your name"), own=True)
    phone = PhoneField(own=True)
    email = EmailField(own=True)


class JoinForm(ContactForm):
    """What it is like for somebody else with the same trouble; all of it may stay empty."""

    text = TextField(
        label=gettext_lazy("What is it like for you?"),
        help_text=gettext_lazy(
            "Where you are, since when, and what is different. Only the officers read it."
        ),
        lines=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("text", "name", "phone", "email")

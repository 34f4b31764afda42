"""What requesters are asked for; only what is needed is required."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.choices import flatten_choices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.words.names import name
from dandang.lifecycle.states import Verdict
from dandang.organization.directory import Directory
from dandang.policy import Category, Policy

Choices = list[tuple[str, Any]]

_TITLE = 100
_LINE = 300
_INDENT = "\u3000"
_YES_NO = (("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No")))


class ReportForm(forms.Form):
    """A request: where, what, and how to reach the requester."""

    area = forms.ChoiceField(label=gettext_lazy("In which area is it?"), required=False)
    location = TextField(
        label=gettext_lazy("Where exactly?"),
        help_text=gettext_lazy("Address, crossing, building, or what stands next to it."),
        limit=_LINE,
        required=False,
    )
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
        help_text=gettext_lazy("If you are not sure, leave it: a dispatcher will choose."),
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
    name = TextField(
        label=gettext_lazy("Your name"),
        limit=_LINE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = TextField(
        label=pgettext_lazy("contact", "Phone"),
        limit=_LINE,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        validators=[
            RegexValidator(
                r"^[0-9+()\-. ]{5,30}$", gettext_lazy("Please give a phone number in digits.")
            )
        ],
    )
    email = forms.EmailField(
        label=pgettext_lazy("contact", "E-mail"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": gettext_lazy("Please check the e-mail address.")},
    )
    token = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, directory: Directory, policy: Policy, **kwargs: Any) -> None:  # noqa: ANN401 Django's
        super().__init__(*args, **kwargs)
        self._words: dict[str, dict[str, str]] = {}
        self._give_choices("area", [("", _("I cannot say")), *_areas(directory)])
        self._give_choices("category", [("", _("I am not sure")), *_categories(policy)])
        self._give_choices("subject_unit", [("", _("No")), *_units(directory)])

    def answers(self) -> list[tuple[str, str]]:
        """Return every question and what was said to it, in words; "" where nothing was said."""
        return [(str(field.label), self._said(field)) for field in self.visible_fields()]

    def _said(self, field: forms.BoundField) -> str:
        value = self.cleaned_data[field.name]
        if isinstance(value, bool):
            return _("Yes") if value else ""
        if value and field.name in self._words:
            return self._words[field.name][value].strip(_INDENT)
        return str(value)

    def _give_choices(self, field: str, choices: Choices) -> None:
        found = self.fields[field]
        assert isinstance(found, forms.ChoiceField)
        found.choices = choices
        flat: list[tuple[str, Any]] = list(flatten_choices(choices))
        self._words[field] = {value: str(words) for value, words in flat}


class LookUpForm(forms.Form):
    """What is on the receipt."""

    reference = TextField(
        label=pgettext_lazy("request", "Reference"),
        help_text=gettext_lazy("For example 7K4M-9Q2X."),
        limit=_LINE,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "code short"}
        ),
    )
    access_code = TextField(
        label=gettext_lazy("Access code"),
        help_text=gettext_lazy("26 letters and digits; spaces and small letters do not matter."),
        limit=_LINE,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "code"}
        ),
    )


class ActForm(forms.Form):
    """One act of the requester. `seen_seq` is the number of the last event they saw."""

    seen_seq = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def values(self) -> dict[str, object]:
        """Return the fields of the verb that were filled in."""
        return {
            field: value
            for field, value in self.cleaned_data.items()
            if field != "seen_seq" and value not in ("", None)
        }


class JudgeForm(ActForm):
    """Is it solved? Nothing is preselected; all but the verdict may be skipped."""

    verdict = forms.ChoiceField(
        choices=[(one.value, one.value) for one in Verdict], widget=forms.HiddenInput
    )
    agreed = forms.ChoiceField(
        label=gettext_lazy("Shall it end here?"),
        choices=[
            ("yes", gettext_lazy("Yes, that is enough for me")),
            ("no", gettext_lazy("No, the rest is still to be done")),
        ],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"required": gettext_lazy("Please choose one of the two.")},
    )
    text = TextField(
        label=gettext_lazy("What do you want to say about it?"), lines=True, required=False
    )
    was_contacted = forms.ChoiceField(
        label=gettext_lazy("Did anyone contact you about this matter?"),
        choices=_YES_NO,
        widget=forms.RadioSelect,
        required=False,
    )
    was_pressed = forms.ChoiceField(
        label=gettext_lazy("Did anyone ask you to answer in a certain way?"),
        help_text=gettext_lazy("The unit does not see this answer."),
        choices=_YES_NO,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's
        super().__init__(*args, **kwargs)
        if self["verdict"].value() == Verdict.PARTLY:
            self.fields["agreed"].required = True
        else:
            del self.fields["agreed"]


class AnswerForm(ActForm):
    """The answer to the unit's question."""

    text = TextField(label=gettext_lazy("Your answer"), lines=True)


class NoteForm(ActForm):
    """Something to add to the request."""

    text = TextField(
        label=gettext_lazy("What do you want to add?"),
        help_text=gettext_lazy("The unit that holds the case sees it at once."),
        lines=True,
    )


class ReopenForm(ActForm):
    """Why an ended case should be taken up again."""

    text = TextField(label=gettext_lazy("What is still wrong, or wrong again?"), lines=True)


class ObjectForm(ActForm):
    """What is not right about an explanation; once, and answered in writing."""

    text = TextField(
        label=gettext_lazy("What is not right about it?"),
        help_text=gettext_lazy("You can object once. The answer comes in writing."),
        lines=True,
    )


class AppealForm(ActForm):
    """Why an end is not right."""

    text = TextField(
        label=gettext_lazy("Why is this end not right?"),
        help_text=gettext_lazy("Name what was overlooked. You can appeal once against each end."),
        lines=True,
    )


class WithdrawForm(ActForm):
    """Taking the request back."""

    text = TextField(label=gettext_lazy("Do you want to say why?"), lines=True, required=False)


ACTS: Mapping[str, type[ActForm]] = MappingProxyType(
    {
        "judge": JudgeForm,
        "answer": AnswerForm,
        "note": NoteForm,
        "reopen": ReopenForm,
        "object": ObjectForm,
        "appeal": AppealForm,
        "withdraw": WithdrawForm,
    }
)
"""The verbs a requester has on the web, each with its form."""


def _areas(directory: Directory, above: str | None = None, depth: int = 0) -> Iterator[Any]:
    for code in directory.children_of(above):
        yield code, _INDENT * depth + name(directory.areas[code])
        yield from _areas(directory, code, depth + 1)


def _units(directory: Directory, above: str | None = None, depth: int = 0) -> Iterator[Any]:
    for unit in directory.units.values():
        if unit.parent == above:
            yield unit.code, _INDENT * depth + name(unit)
            yield from _units(directory, unit.code, depth + 1)


def _categories(policy: Policy) -> Iterator[Any]:
    """Yield a group for every root with children, the root itself as the last of its group."""
    children: dict[str | None, list[Category]] = {}
    for category in policy.categories.values():
        children.setdefault(category.parent, []).append(category)
    for root in children.get(None, []):
        below = list(_below(root.code, children))
        if not below:
            yield root.code, name(root)
            continue
        other = (root.code, _("%(group)s: something else") % {"group": name(root)})
        yield name(root), [*below, other]


def _below(
    code: str, children: Mapping[str | None, Sequence[Category]], depth: int = 0
) -> Iterable[tuple[str, str]]:
    for category in children.get(code, []):
        yield category.code, _INDENT * depth + name(category)
        yield from _below(category.code, children, depth + 1)

"""What requesters are asked for; only what is needed is required."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dandang.interfaces.shared.files import FilesForm
from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.words.cases import RATINGS
from dandang.lifecycle.casework.files.prepared import PreparedFile
from dandang.lifecycle.states import Verdict

_LINE = 300
_YES_NO = (("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No")))


_WHY: Mapping[str, Any] = MappingProxyType(
    {
        Verdict.NO: gettext_lazy("What is not solved?"),
        Verdict.PARTLY: gettext_lazy("What is still missing?"),
    }
)


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

    prepared: Sequence[PreparedFile] = ()

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
        why = _WHY.get(str(self["verdict"].value()))
        if why is not None:
            self.fields["text"].label = why
            self.fields["text"].help_text = _("The unit that works on it reads this.")
        if self["verdict"].value() == Verdict.PARTLY:
            self.fields["agreed"].required = True
        else:
            del self.fields["agreed"]


class RateForm(ActForm):
    """How the requester was treated, apart from whether it is solved. Nothing is preselected."""

    stars = forms.ChoiceField(
        label=gettext_lazy("How content are you with how your matter was handled?"),
        choices=tuple(RATINGS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one, or leave it out.")},
    )
    text = TextField(
        label=gettext_lazy("What do you want to say about it?"),
        lines=True,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LookBackForm(ActForm):
    """Is it still solved? Nothing is preselected."""

    holds = forms.ChoiceField(choices=_YES_NO, widget=forms.HiddenInput)
    text = TextField(
        label=gettext_lazy("What do you want to say about it?"), lines=True, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's
        super().__init__(*args, **kwargs)
        if self["holds"].value() == "no":
            self.fields["text"].label = _("What is wrong again?")
            self.fields["text"].help_text = _("The unit that works on it reads this.")


class AskEscalationForm(ActForm):
    """A word to the office above, if the requester has one."""

    text = TextField(
        label=gettext_lazy("What do you want to say to the office above?"),
        lines=True,
        required=False,
    )


class FilesActForm(FilesForm, ActForm):
    """An act that files can come with."""

    field_order = ("seen_seq", "text", "files", "keep_place")


class AnswerForm(FilesActForm):
    """The answer to the unit's question."""

    text = TextField(label=gettext_lazy("Your answer"), lines=True)


class NoteForm(FilesActForm):
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


class PublicityForm(ActForm):
    """Whether the matter may be shown publicly: two equal answers, neither of them chosen."""

    allowed = forms.ChoiceField(
        label=gettext_lazy("Show this matter publicly, without your name?"),
        choices=_YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one of the two.")},
    )


class WithdrawForm(ActForm):
    """Taking the request back."""

    text = TextField(label=gettext_lazy("Do you want to say why?"), lines=True, required=False)


ACTS: Mapping[str, type[ActForm]] = MappingProxyType(
    {
        "judge": JudgeForm,
        "rate": RateForm,
        "look-back": LookBackForm,
        "ask-escalation": AskEscalationForm,
        "answer": AnswerForm,
        "note": NoteForm,
        "reopen": ReopenForm,
        "object": ObjectForm,
        "appeal": AppealForm,
        "allow-publishing": PublicityForm,
        "withdraw": WithdrawForm,
    }
)
"""The verbs a requester has on the web, each with its form."""

SAID_FIRST: Mapping[str, tuple[str, frozenset[str]]] = MappingProxyType(
    {
        "judge": ("verdict", frozenset(Verdict)),
        "look-back": ("holds", frozenset({"yes", "no"})),
    }
)
"""Verbs whose answer is a button on the page of the request: its field, and the answers."""

WITH_FILES = frozenset(verb for verb, form in ACTS.items() if issubclass(form, FilesForm))
"""Those that take photos and documents."""

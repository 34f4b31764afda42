"""The form that gives a proposed closing back: a reason, the passages that are meant, a remark."""

import re

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.words.names import name
from dandang.policy import Policy

_END = re.compile(r"(?<=[。！？；])|(?<=[.!?;])\s+|\n+")
_MOST_PASSAGES = 40
LONGEST_REMARK = 2000


def passages(answer: str) -> list[str]:
    """Return the sentences of an answer, in their order, each once; the first 40 of a long one."""
    found = (part.strip() for part in _END.split(answer))
    return list(dict.fromkeys(part for part in found if part))[:_MOST_PASSAGES]


class ReturnForm(forms.Form):
    """What supervision says of a proposed closing that it gives back."""

    def __init__(self, typed: QueryDict | None, *, policy: Policy, answer: str, seen: int) -> None:
        super().__init__(typed)
        reasons = [(one.code, name(one)) for one in policy.reasons_for("reject_proposal")]
        self._passages = passages(answer)
        self.fields["seen_seq"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=seen, min_value=0, max_value=10**9
        )
        self.fields["reason"] = forms.ChoiceField(
            label=_("What is missing"), choices=reasons, widget=forms.RadioSelect
        )
        if self._passages:
            self.fields["passages"] = forms.MultipleChoiceField(
                label=_("Which passages you mean"),
                help_text=_("They are quoted above your remark."),
                choices=[(str(place), text) for place, text in enumerate(self._passages)],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.fields["remark"] = TextField(
            label=_("Your remark"),
            help_text=_("The unit reads it: what the answer leaves open, and what is to be done."),
            limit=LONGEST_REMARK,
            lines=True,
        )

    def up_to_date(self, seen: int) -> "ReturnForm":
        """Return the form as it was sent, on the case as it is now.

        Without the passages: they may be those of an earlier answer.
        """
        assert isinstance(self.data, QueryDict)
        typed = self.data.copy()
        typed["seen_seq"] = str(seen)
        typed.setlist("passages", [])
        self.data = typed
        return self

    def values(self) -> dict[str, object]:
        """Return the fields of the verb: the passages are quoted above the remark."""
        chosen = self.cleaned_data.get("passages", [])
        quotes = [f"“{self._passages[int(place)]}”" for place in chosen]
        return {
            "reason": self.cleaned_data["reason"],
            "text": "\n".join([*quotes, self.cleaned_data["remark"]]),
        }

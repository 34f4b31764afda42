"""The short form above a list that narrows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Filter:
    """One list to choose from. `everything` are the words for not choosing."""

    label: str
    choices: Sequence[tuple[str, str]]
    everything: str = ""


class Filters(forms.Form):
    """What a list can be narrowed by; what cannot be understood is left open."""

    def __init__(self, typed: QueryDict, filters: Mapping[str, Filter]) -> None:
        super().__init__(typed)
        for name, one in filters.items():
            self.fields[name] = forms.ChoiceField(
                label=one.label,
                choices=[("", one.everything or _("All")), *one.choices],
                required=False,
            )
        self.is_valid()

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, by filter; the others are left out."""
        return {name: value for name, value in self.cleaned_data.items() if value}

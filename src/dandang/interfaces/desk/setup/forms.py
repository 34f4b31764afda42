"""Forms for entries of the register. What is typed is checked by the rules of the files alone."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from typing_extensions import override

from dandang.interfaces.desk.setup.choices import choices_of
from dandang.interfaces.desk.setup.looking_up import LONG_TABLES, LookingUp
from dandang.interfaces.desk.setup.words import COLUMNS, HINTS, in_words, problem_line
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.problems import problem_words
from dandang.organization.directory import Directory
from dandang.organization.files.schema import Column, Kind
from dandang.organization.files.writing import columns_of
from dandang.terms import InputError, Problem

_MINUTES = len("2026-10-01 18:00")
_MOST_SEEN = 60_000
_ROWS = 6


class Cell(forms.CharField):
    """A cell as it is typed; whether it is fit is for the rules of the files to say."""

    @override
    def validate(self, value: Any) -> None:
        """Find nothing wrong here."""


class Words(forms.MultipleChoiceField):
    """Several words of one cell."""

    @override
    def validate(self, value: Any) -> None:
        """Find nothing wrong here."""

    @override
    def clean(self, value: Any) -> str:
        return " ".join(super().clean(value))


class EntryForm(LookingUp):
    """The cells of one entry. `seen` are those of the entry when the form was opened."""

    def __init__(  # noqa: PLR0913 each is one plain fact about the form
        self,
        typed: QueryDict | None,
        table: str,
        directory: Directory,
        names: Names,
        *,
        seen: Mapping[str, str] | None = None,
        fixed: Mapping[str, str] | None = None,
        initial: Mapping[str, str] | None = None,
    ) -> None:
        columns = [one for one in columns_of(table) if one.name not in (fixed or {})]
        start = initial or seen or {}
        super().__init__(typed, initial=_initial(columns, start), auto_id="cell-%s")
        self.table = table
        self._fixed = dict(fixed or {})
        self._instants = {one.name for one in columns if one.kind is Kind.INSTANT}
        for column in columns:
            field = self.fields[column.name] = _field(table, column, directory, names)
            if column.refers in LONG_TABLES and isinstance(field.widget, forms.TextInput):
                self.long_lists[column.name] = str(column.refers)
                field.help_text = field.help_text or _("Code, or part of a name to look it up by")
        self.seen_now = "" if seen is None else json.dumps(seen, ensure_ascii=False)
        self.fields["seen"] = forms.CharField(
            required=False, widget=forms.HiddenInput, initial=self.seen_now, strip=False
        )

    @property
    def cells(self) -> dict[str, str]:
        """What was typed, by column. Raises InputError where nothing can keep it (NUL)."""
        if not self.is_valid():
            raise InputError([])
        typed = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        seen = self.seen
        # An hour that comes twice in a night shows no offset: left alone, it stays the one it was.
        kept = {
            name: seen[name]
            for name in self._instants & seen.keys()
            if typed.get(name) == _as_typed(seen[name])
        }
        return {**typed, **kept, **self._fixed}

    @property
    def seen(self) -> dict[str, str]:
        """What the writer saw when the form was opened; nothing where that cannot be read."""
        try:
            found = json.loads(self.cleaned_data.get("seen", "")[:_MOST_SEEN])
        except (ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {str(name): str(value) for name, value in found.items()}

    def tell(self, problems: Iterable[Problem]) -> None:
        """Show problems at their fields, those of other entries above the form."""
        for found in problems:
            key = found.params.get("key", found.params.get("field"))
            if not found.source and key in self.fields:
                self.add_error(str(key), problem_words(in_words(found)))
            else:
                self.add_error(None, problem_line(found))


def _initial(columns: Iterable[Column], cells: Mapping[str, str]) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for column in columns:
        cell = cells.get(column.name, "")
        if column.kind is Kind.POST_KINDS:
            initial[column.name] = cell.split()
        elif column.kind is Kind.INSTANT:
            initial[column.name] = _as_typed(cell)
        else:
            initial[column.name] = cell
    return initial


def _as_typed(instant: str) -> str:
    return instant[:_MINUTES].replace(" ", "T")


def _field(table: str, column: Column, directory: Directory, names: Names) -> forms.Field:
    given: dict[str, Any] = {
        "label": COLUMNS[column.name],
        "help_text": HINTS.get(column.name, ""),
        "required": column.required,
    }
    choices = choices_of(table, column.name, directory, names)
    if column.kind is Kind.POST_KINDS:
        return Words(choices=choices or [], widget=forms.CheckboxSelectMultiple, **given)
    if column.kind is Kind.DUTY_TYPE:
        return Cell(widget=forms.RadioSelect(choices=choices or []), **given)
    if choices is not None:
        return Cell(widget=forms.Select(choices=[_nothing(table, column), *choices]), **given)
    return Cell(widget=_widget(column), strip=False, **given)


def _nothing(table: str, column: Column) -> tuple[str, str]:
    """Return the choice of nothing: for a duty it means everything of its kind."""
    if table == "duties" and column.name == "category":
        return ("*", _("every category"))
    if table == "duties" and column.name == "area":
        return ("", _("the whole body"))
    return ("", "--")


def _widget(column: Column) -> forms.Widget:
    if column.kind is Kind.LINES:
        return forms.Textarea({"rows": _ROWS})
    if column.kind is Kind.DAY:
        return forms.DateInput({"type": "date", "class": "instant"})
    if column.kind is Kind.INSTANT:
        return forms.TextInput({"type": "datetime-local", "class": "instant"})
    if column.name == "phone":
        return forms.TextInput({"type": "tel", "autocomplete": "off", "class": "short"})
    plain = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
    return forms.TextInput({**plain, "class": "short"} if column.kind is Kind.CODE else plain)

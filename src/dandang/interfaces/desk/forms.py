"""The form of a verb, made from its row in the verb table and from what the case allows."""

from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from typing_extensions import override

from dandang.interfaces.desk.asked import asked_of
from dandang.interfaces.desk.fields import (
    NOTHING_OFFERED,
    Asked,
    Offered,
    SimilarField,
    form_field,
)
from dandang.interfaces.desk.labels import hint, label
from dandang.interfaces.shared.files import FilesForm
from dandang.interfaces.shared.tokens import code_of, new_token, submission_of
from dandang.interfaces.shared.words.refusals import refusal_words
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.intake.actions import Sending
from dandang.lifecycle.rulebook import RULES
from dandang.lifecycle.verbs import READY, Kind, Verb
from dandang.terms import Code, Refusal, normalise_reference

SIMILAR = "similar_case"
"""The field in which one of the similar cases is chosen."""

_ABOUT_FILES = ("files", "keep_place")
_OURS = frozenset({"seen_seq", "token", SIMILAR})
_FIELDS_OF: Mapping[Code, tuple[str, ...]] = MappingProxyType(
    {
        Code.UNKNOWN_POST: ("to_post", "of_post", "who"),
        Code.ALREADY_HELD_THERE: ("to_post", "of_post", "act"),
        Code.ANSWER_NOT_ENOUGH: ("act",),
        Code.NOBODY_THERE: ("to_post",),
        **dict.fromkeys((Code.ASSIST_ONLY_DUTY, Code.DUTY_WITHDRAWN), ("to_post",)),
        Code.SUBJECT_OF_COMPLAINT: ("to_post", "of_post", "into"),
        Code.UNKNOWN_CATEGORY: ("category",),
        Code.ALREADY_NAMED: ("unit", "to_post"),
        **dict.fromkeys((Code.UNKNOWN_UNIT, Code.NOBODY_OUTSIDE), ("unit",)),
        **dict.fromkeys(
            (Code.ALREADY_ASKED, Code.NOBODY_WITHOUT_CONFLICT, Code.POST_WITHOUT_CASES),
            ("to_post", "of_post"),
        ),
        **dict.fromkeys((Code.ALREADY_PROMISED, Code.LATER_THAN_TOTAL), ("promised_for",)),
        Code.DEADLINE_BOUND: ("working_days",),
        Code.UNKNOWN_EVENT: ("corrects_seq", "asked_seq"),
        Code.UNKNOWN_OBJECTION: ("objection_seq",),
        **dict.fromkeys(
            (Code.UNKNOWN_REASON, Code.DISPATCHER_ONLY_END, Code.NOT_THE_DISPATCHER), ("reason",)
        ),
        Code.BASIS_REQUIRED: ("basis",),
        Code.SECOND_READER_REQUIRED: ("second_reader",),
        Code.END_NOT_ALLOWED: ("outcome",),
        Code.UNKNOWN_REQUEST: ("request",),
        **dict.fromkeys(
            (
                *(Code.NOT_FOUND, Code.SAME_CASE, Code.NOT_MERGEABLE),
                *(Code.RECURRENCE_WINDOW_PASSED, Code.PART_OF_A_FAMILY),
            ),
            ("into",),
        ),
    }
)
"""Which field a refusal is about, where it does not say so itself: the first that is asked."""


WITH_FILES = frozenset(
    verb for verb in READY if any(one.name == "files" for one in fields(RULES[verb].wish))
)
"""Verbs that photos and documents can come with."""


class VerbForm(FilesForm):
    """One verb for one case. `seen_seq` is the number of the last event the officer saw."""

    seen_seq = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        verb: Verb,
        facts: Facts,
        typed: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        offered: Offered = NOTHING_OFFERED,
    ) -> None:
        super().__init__(typed, files, initial={"seen_seq": facts.case.seq, "token": new_token()})
        about_files = [(name, self.fields.pop(name)) for name in _ABOUT_FILES]
        if verb.name == "attach":
            self.fields["token"] = forms.CharField(widget=forms.HiddenInput)
        # What a matter is comes before who answers for it.
        for one in sorted(asked_of(verb, facts), key=lambda one: one.kind is not Kind.CATEGORY):
            made = form_field(Asked(one, verb, facts, offered))
            made.label = label(verb.name, one.name)
            made.help_text = hint(verb.name, one.name, is_needed=made.required)
            if isinstance(made, forms.ChoiceField):
                made.error_messages["required"] = _("Please choose one.")
            if one.kind is Kind.CASE and offered.cases:
                self.fields[SIMILAR] = _similar(offered)
                made.label = _("Or the reference of another one")
            self.fields[one.name] = made
        if verb.name in WITH_FILES:
            self.fields.update(about_files)

    @override
    def clean(self) -> dict[str, Any]:
        """Take the case that was chosen from the list for the one that was typed, if one was."""
        given = super().clean() or self.cleaned_data
        if SIMILAR not in self.fields:
            return given
        chosen, typed = given.pop(SIMILAR, ""), given.get("into", "")
        if chosen and typed and normalise_reference(typed) != chosen:
            self.add_error("into", _("Please either choose a case or type a reference."))
        elif not chosen and not typed and not self.errors:
            self.add_error(SIMILAR, _("Please choose a case or type a reference."))
        return {**given, "into": typed or chosen}

    def begin_with(self, given: Mapping[str, str]) -> None:
        """Fill in what was chosen or written so far; nothing of it is checked yet."""
        known = self.fields.keys() & given.keys() - _OURS
        self.initial.update({name: given[name] for name in known})

    def values(self) -> dict[str, object]:
        """Return what was said, for `perform`."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in _OURS and value not in (None, "")
        }

    def sending(self) -> Sending | None:
        """Return by what a form is known that must not take effect twice."""
        token = self.cleaned_data.get("token")
        return Sending(submission_of(token), code_of(token)) if token else None

    def show(self, refused: Refusal) -> None:
        """Put a refusal where it belongs: at its field, or above the form."""
        details = dict(refused.details)
        named = str(details.pop("field", ""))
        found = (name for name in (named, *_FIELDS_OF.get(refused.code, ())) if name in self.fields)
        self.add_error(next(found, None), refusal_words(refused.code, details))


def _similar(offered: Offered) -> forms.Field:
    return SimilarField(
        label=_("Similar cases"), choices=offered.cases, required=False, widget=forms.RadioSelect
    )

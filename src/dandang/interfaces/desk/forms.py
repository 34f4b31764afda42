"""The form of a verb, made from its row in the verb table and from what the case allows."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from typing_extensions import override

from dandang.interfaces.desk import choices
from dandang.interfaces.desk.labels import hint, label
from dandang.interfaces.desk.samples import reasons_for
from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.tokens import code_of, new_token, submission_of
from dandang.interfaces.shared.words.fields import choice
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.refusals import refusal_words
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.intake.actions import Sending
from dandang.lifecycle.verbs import Field, Kind, Verb
from dandang.lifecycle.verbs.values import MAX_LINE
from dandang.terms import Code, Refusal

_OURS = frozenset({"seen_seq", "token"})
_NOTHING = ("", "--")
_LINES = 4
_ASKED_OF_PEOPLE = frozenset({"was_contacted", "was_pressed"})
_LINE_TYPES: Mapping[str, dict[str, str]] = MappingProxyType(
    {"phone": {"type": "tel"}, "email": {"type": "email"}}
)
_FIELD_OF: Mapping[Code, str] = MappingProxyType(
    {
        Code.UNKNOWN_POST: "to_post",
        Code.ALREADY_HELD_THERE: "to_post",
        Code.ASSIST_ONLY_DUTY: "to_post",
        Code.DUTY_WITHDRAWN: "to_post",
        Code.UNKNOWN_CATEGORY: "category",
        Code.UNKNOWN_REASON: "reason",
        Code.DISPATCHER_ONLY_END: "reason",
        Code.NOT_THE_DISPATCHER: "reason",
        Code.BASIS_REQUIRED: "basis",
        Code.SECOND_READER_REQUIRED: "second_reader",
        Code.END_NOT_ALLOWED: "outcome",
        Code.UNKNOWN_REQUEST: "request",
    }
)
"""Which field a refusal is about, where it does not say so itself."""


class PostSelect(forms.Select):
    """A list of posts in which some can be read but not chosen."""

    def __init__(self, closed: frozenset[str]) -> None:
        super().__init__()
        self._closed = closed

    @override
    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value in self._closed:
            option["attrs"]["disabled"] = True
        return option


class VerbForm(forms.Form):
    """One verb for one case. `seen_seq` is the number of the last event the officer saw."""

    seen_seq = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, verb: Verb, facts: Facts, typed: QueryDict | None = None) -> None:
        super().__init__(typed, initial={"seen_seq": facts.case.seq, "token": new_token()})
        if verb.name == "attach":
            self.fields["token"] = forms.CharField(widget=forms.HiddenInput)
        # What a matter is comes before who answers for it.
        for one in sorted(verb.fields, key=lambda one: one.kind is not Kind.CATEGORY):
            made = _MAKERS[one.kind](one, verb, facts)
            made.label = label(verb.name, one.name)
            made.help_text = hint(verb.name, one.name, is_needed=made.required)
            if isinstance(made, forms.ChoiceField):
                made.error_messages["required"] = _("Please choose one.")
            self.fields[one.name] = made

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
        at = str(details.pop("field", _FIELD_OF.get(refused.code, "")))
        self.add_error(at if at in self.fields else None, refusal_words(refused.code, details))


def _is_needed(one: Field, verb: Verb, facts: Facts) -> bool:
    """Say whether a field must be filled in: declining for any reason but scope needs them all."""
    if verb.name != "decline" or one.required:
        return one.required
    return not any(reason.dispatcher_only for reason in reasons_for(verb, facts))


def _line(one: Field, verb: Verb, facts: Facts) -> forms.Field:
    widget = forms.TextInput(attrs={"autocomplete": "off", **_LINE_TYPES.get(one.name, {})})
    validators = [validate_email] if one.name == "email" else []
    return TextField(
        limit=MAX_LINE,
        required=_is_needed(one, verb, facts),
        widget=widget,
        validators=validators,
    )


def _text(one: Field, verb: Verb, facts: Facts) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": _LINES})
    return TextField(lines=True, required=_is_needed(one, verb, facts), widget=widget)


def _reason(one: Field, verb: Verb, facts: Facts) -> forms.Field:
    found = choices.reasons(verb, facts)
    return forms.ChoiceField(choices=[_NOTHING, *found], required=one.required)


def _post(one: Field, verb: Verb, facts: Facts) -> forms.Field:
    found = choices.posts(verb, facts)
    return forms.ChoiceField(
        choices=[_NOTHING, *found.choices],
        required=one.required,
        widget=PostSelect(found.closed),
    )


def _category(one: Field, _verb: Verb, facts: Facts) -> forms.Field:
    now = Names(facts.directory, facts.policy).category(facts.case.category)
    as_it_is = ("", _("As it is: %(category)s") % {"category": now})
    return forms.ChoiceField(choices=[as_it_is, *choices.categories(facts)], required=one.required)


def _officer(one: Field, verb: Verb, facts: Facts) -> forms.Field:
    return forms.ChoiceField(
        choices=[_NOTHING, *choices.readers(facts)], required=_is_needed(one, verb, facts)
    )


def _choice(one: Field, verb: Verb, facts: Facts) -> forms.Field:
    if one.name == "outcome":
        options = choices.outcomes(verb, facts)
    else:
        options = [(value, choice(one.name, value)) for value in one.choices]
    return forms.ChoiceField(choices=options, required=one.required, widget=forms.RadioSelect)


def _yes_no(one: Field, _verb: Verb, _facts: Facts) -> forms.Field:
    if one.name in _ASKED_OF_PEOPLE:
        options = [("yes", pgettext("answer", "Yes")), ("no", pgettext("answer", "No"))]
        return forms.ChoiceField(choices=options, required=False, widget=forms.RadioSelect)
    return forms.BooleanField(required=False)


def _number(_one: Field, _verb: Verb, facts: Facts) -> forms.Field:
    """Offer the requests to judge; where there is one, nobody is asked which."""
    options = choices.requests(facts)
    if len(options) == 1:
        widget: forms.Widget = forms.HiddenInput()
        return forms.ChoiceField(choices=options, widget=widget, initial=options[0][0])
    return forms.ChoiceField(choices=[_NOTHING, *options])


_MAKERS: Mapping[Kind, Callable[[Field, Verb, Facts], forms.Field]] = MappingProxyType(
    {
        Kind.LINE: _line,
        Kind.TEXT: _text,
        Kind.REASON: _reason,
        Kind.POST: _post,
        Kind.CATEGORY: _category,
        Kind.OFFICER: _officer,
        Kind.CHOICE: _choice,
        Kind.YES_NO: _yes_no,
        Kind.NUMBER: _number,
    }
)

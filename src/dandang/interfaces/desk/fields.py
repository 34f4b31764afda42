"""The fields in the form of a verb, by kind: what is asked and what can be chosen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from typing_extensions import override

from dandang.interfaces.desk import choices, defaults
from dandang.interfaces.desk.choices import Choices
from dandang.interfaces.desk.samples import reasons_for
from dandang.interfaces.shared.forms import InstantField, TextField
from dandang.interfaces.shared.words.cases import RATINGS
from dandang.interfaces.shared.words.fields import choice
from dandang.interfaces.shared.words.names import Names
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.verbs import Field, Kind, Verb
from dandang.lifecycle.verbs.values import MAX_LINE

_NOTHING = ("", "--")
_LINES = 4
_MOST_DAYS = 999
_LINE_TYPES: Mapping[str, dict[str, str]] = MappingProxyType(
    {"phone": {"type": "tel"}, "email": {"type": "email"}}
)
_ALWAYS_SAID = frozenset(
    {
        *(("object", "to_post"), ("change-contact", "checked"), ("replace-code", "checked")),
        *(("answer", "channel"), ("note", "channel"), ("appeal", "channel")),
    }
)
"""What a verb leaves open because requesters do not say it; officers have to."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen and is not in the facts: entries of the timeline, similar cases."""

    entries: tuple[tuple[str, str], ...] = ()
    cases: tuple[tuple[str, str], ...] = ()


NOTHING_OFFERED = Offered()


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of a verb, asked about a case."""

    field: Field
    verb: Verb
    facts: Facts
    offered: Offered

    @property
    def is_needed(self) -> bool:
        """Whether it must be filled in: declining for any reason but scope needs everything."""
        if (self.verb.name, self.field.name) in _ALWAYS_SAID:
            return True
        if self.verb.name != "decline" or self.field.required:
            return self.field.required
        return not any(reason.dispatcher_only for reason in reasons_for(self.verb, self.facts))


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


class CaseField(TextField):
    """The reference of another case, typed where none of the similar ones is chosen."""

    is_one_of_two = True


class SimilarField(forms.ChoiceField):
    """Similar cases to choose from."""

    is_one_of_two = True


def form_field(asked: Asked) -> forms.Field:
    """Return the field of a form that asks for a field of a verb."""
    return _MAKERS[asked.field.kind](asked)


def _line(asked: Asked) -> forms.Field:
    name = asked.field.name
    widget = forms.TextInput(attrs={"autocomplete": "off", **_LINE_TYPES.get(name, {})})
    validators = [validate_email] if name == "email" else []
    return TextField(limit=MAX_LINE, required=asked.is_needed, widget=widget, validators=validators)


def _text(asked: Asked) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": _LINES})
    return TextField(lines=True, required=asked.is_needed, widget=widget)


def _instant(asked: Asked) -> forms.Field:
    usual = defaults.instant(asked.field.name, asked.facts)
    return InstantField(required=asked.is_needed, initial=usual)


def _reason(asked: Asked) -> forms.Field:
    return _select(asked, choices.reasons(asked.verb, asked.facts))


def _post(asked: Asked) -> forms.Field:
    found = choices.posts(asked.verb, asked.facts)
    return forms.ChoiceField(
        choices=[_NOTHING, *found.choices],
        required=asked.is_needed,
        widget=PostSelect(found.closed),
    )


def _unit(asked: Asked) -> forms.Field:
    return _select(asked, choices.units(asked.facts))


def _category(asked: Asked) -> forms.Field:
    facts = asked.facts
    if asked.is_needed:
        return _select(asked, choices.categories(facts))
    now = Names(facts.directory, facts.policy).category(facts.case.category)
    as_it_is = ("", _("As it is: %(category)s") % {"category": now})
    return forms.ChoiceField(choices=[as_it_is, *choices.categories(facts)], required=False)


def _officer(asked: Asked) -> forms.Field:
    return _select(asked, choices.readers(asked.facts))


def _case(asked: Asked) -> forms.Field:
    widget = forms.TextInput(
        attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "code short"}
    )
    return CaseField(limit=MAX_LINE, required=not asked.offered.cases, widget=widget)


def _choice(asked: Asked) -> forms.Field:
    name = asked.field.name
    if name == "outcome":
        options = choices.outcomes(asked.verb, asked.facts)
    elif name == "act":
        options = choices.answers(asked.facts)
    else:
        options = [(value, choice(name, value)) for value in asked.field.choices]
    return forms.ChoiceField(choices=options, required=asked.is_needed, widget=forms.RadioSelect)


def _yes_no(asked: Asked) -> forms.Field:
    """Ask with two equal answers, or none, where either says something; else with a tick."""
    if asked.field.required or asked.field.name in choices.ASKED_OF_PEOPLE:
        options = [("yes", pgettext("answer", "Yes")), ("no", pgettext("answer", "No"))]
        return forms.ChoiceField(
            choices=options, required=asked.field.required, widget=forms.RadioSelect
        )
    return forms.BooleanField(required=False)


def _number(asked: Asked) -> forms.Field:
    return _NUMBERS[asked.field.name](asked)


def _request(asked: Asked) -> forms.Field:
    """Offer the requests of the case; where there is one, nobody is asked which."""
    options = choices.requests(asked.facts, asked.verb)
    if len(options) == 1:
        widget: forms.Widget = forms.HiddenInput()
        return forms.ChoiceField(choices=options, widget=widget, initial=options[0][0])
    return forms.ChoiceField(choices=[_NOTHING, *options])


def _days(asked: Asked) -> forms.Field:
    widget = forms.NumberInput(attrs={"class": "number"})
    return forms.IntegerField(
        min_value=1, max_value=_MOST_DAYS, required=asked.is_needed, widget=widget
    )


def _stars(asked: Asked) -> forms.Field:
    options = [(number, f"{number} · {words}") for number, words in RATINGS.items()]
    return forms.ChoiceField(choices=options, required=asked.is_needed, widget=forms.RadioSelect)


def _entry(asked: Asked) -> forms.Field:
    return _select(asked, list(asked.offered.entries))


def _objection(asked: Asked) -> forms.Field:
    open_ones = {str(one.seq) for one in asked.facts.case.objections}
    return _select(asked, [one for one in asked.offered.entries if one[0] in open_ones])


def _unmasking(asked: Asked) -> forms.Field:
    """Offer what waits for somebody else than the officer; where it is one, nobody is asked."""
    options = choices.unmaskings(asked.facts)
    if len(options) == 1:
        widget = forms.HiddenInput()
        return forms.ChoiceField(choices=options, widget=widget, initial=options[0][0])
    return _select(asked, options)


def _select(asked: Asked, options: Choices) -> forms.Field:
    return forms.ChoiceField(choices=[_NOTHING, *options], required=asked.is_needed)


_NUMBERS: Mapping[str, Callable[[Asked], forms.Field]] = MappingProxyType(
    {
        "request": _request,
        "stars": _stars,
        "working_days": _days,
        "corrects_seq": _entry,
        "objection_seq": _objection,
        "asked_seq": _unmasking,
    }
)
_MAKERS: Mapping[Kind, Callable[[Asked], forms.Field]] = MappingProxyType(
    {
        Kind.LINE: _line,
        Kind.TEXT: _text,
        Kind.REASON: _reason,
        Kind.POST: _post,
        Kind.UNIT: _unit,
        Kind.CASE: _case,
        Kind.INSTANT: _instant,
        Kind.CATEGORY: _category,
        Kind.OFFICER: _officer,
        Kind.CHOICE: _choice,
        Kind.YES_NO: _yes_no,
        Kind.NUMBER: _number,
    }
)

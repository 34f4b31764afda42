"""The form of a verb, made from its row in the verb table and from what the case allows."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from dandang.interfaces.shared.forms import TextField
from dandang.interfaces.shared.words.fields import choice, field
from dandang.interfaces.shared.words.names import name
from dandang.interfaces.shared.words.refusals import refusal
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.states import Outcome
from dandang.lifecycle.verbs import Field, Kind, Verb
from dandang.lifecycle.verbs.values import MAX_LINE
from dandang.organization.directory import PostKind
from dandang.terms import ActorKind, Refusal

_NOT_SAID = ("", "--")


class VerbForm(forms.Form):
    """One verb for one case. `seen_seq` is the number of the last event the officer saw."""

    seen_seq = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, verb: Verb, facts: Facts, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's
        super().__init__(*args, **kwargs)
        self._verb = verb
        for one in verb.fields:
            if _asked(one, verb, facts):
                self.fields[one.name] = _MAKERS[one.kind](one, verb, facts)
                self.fields[one.name].label = field(one.name, verb.name)

    def values(self) -> dict[str, object]:
        """Return what was said, for `perform`."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "seen_seq" and value not in (None, "")
        }

    def show(self, refused: Refusal) -> None:
        """Put a refusal where it belongs: at its field, or above the form."""
        at = refused.details.get("field")
        self.add_error(str(at) if at in self.fields else None, refusal(refused))


def _asked(one: Field, verb: Verb, facts: Facts) -> bool:
    """Leave out what only others are asked, and what there is no choice about."""
    if verb.name == "note" and one.name == "internal":
        return facts.by.kind is ActorKind.OFFICER
    return True


def _line(one: Field, _verb: Verb, _facts: Facts) -> forms.Field:
    return TextField(limit=MAX_LINE, required=one.required)


def _text(one: Field, _verb: Verb, _facts: Facts) -> forms.Field:
    return TextField(lines=True, required=one.required)


def _select(one: Field, options: Iterable[Any]) -> forms.Field:
    return forms.ChoiceField(choices=[_NOT_SAID, *options], required=one.required)


def _reason(one: Field, verb: Verb, facts: Facts) -> forms.Field:
    reasons = {
        reason.code: name(reason)
        for verb in verb.reasons
        for reason in facts.policy.reasons_for(verb)
    }
    return _select(one, reasons.items())


def _post(one: Field, _verb: Verb, facts: Facts) -> forms.Field:
    """Offer the posts that can receive, by unit; the present holder is not one of them."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for post in facts.directory.posts.values():
        if post.ended is None and PostKind.DUTY in post.kinds:
            unit = name(facts.directory.unit(post.unit))
            groups.setdefault(unit, []).append((post.code, f"{unit} · {name(post)}"))
    return _select(one, groups.items())


def _category(one: Field, _verb: Verb, facts: Facts) -> forms.Field:
    groups: dict[str, list[tuple[str, str]]] = {}
    for category in facts.policy.categories.values():
        top = facts.policy.categories[category.parent] if category.parent else category
        groups.setdefault(name(top), []).append((category.code, name(category)))
    return _select(one, groups.items())


def _officer(one: Field, _verb: Verb, facts: Facts) -> forms.Field:
    officers = facts.directory.officers.values()
    options = [
        (officer.code, f"{name(officer)} ({officer.code})")
        for officer in officers
        if officer.ended is None and officer.code != facts.by.code
    ]
    return _select(one, options)


def _choice(one: Field, _verb: Verb, _facts: Facts) -> forms.Field:
    options = [
        (value, choice(one.name, value)) for value in one.choices if value != Outcome.REFERRED
    ]
    return forms.ChoiceField(choices=options, required=one.required, widget=forms.RadioSelect)


def _yes_no(one: Field, verb: Verb, _facts: Facts) -> forms.Field:
    if verb.name == "judge" and one.name != "agreed":
        options = [("", _("No answer")), ("yes", _("Yes")), ("no", _("No"))]
        return forms.ChoiceField(choices=options, required=False, widget=forms.RadioSelect)
    return forms.BooleanField(required=False)


def _number(one: Field, _verb: Verb, facts: Facts) -> forms.Field:
    if one.name == "request":
        numbers = [(str(r.number), str(r.number)) for r in facts.case.requests if not r.withdrawn]
        return forms.ChoiceField(choices=numbers, required=True)
    return forms.IntegerField(required=one.required, min_value=0)


_MAKERS: Mapping[Kind, Callable[[Field, Verb, Facts], forms.Field]] = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.REASON: _reason,
    Kind.POST: _post,
    Kind.CATEGORY: _category,
    Kind.AREA: _line,
    Kind.OFFICER: _officer,
    Kind.INSTANT: _line,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.NUMBER: _number,
}

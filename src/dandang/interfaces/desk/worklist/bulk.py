"""Acts for several cases at once: which they are, their form, what would come of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django import forms
from django.http import QueryDict
from typing_extensions import override

from dandang.interfaces.desk.access import Officer, OpenCase, open_case
from dandang.interfaces.desk.done_once import Item
from dandang.interfaces.desk.fields import NOTHING_OFFERED, Asked, form_field
from dandang.interfaces.desk.labels import hint, label
from dandang.interfaces.shared.whole_numbers import whole_number
from dandang.interfaces.shared.words.cases import STATES, word
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.verbs import VERB_WORDS
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import working
from dandang.lifecycle.perform import foresee
from dandang.lifecycle.verbs import READY
from dandang.organization.directory import PostKind
from dandang.terms import Code, Refusal, check_reference, normalise_reference

MOST = 50
_MOST_DIGITS = 9
_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "accept": (),
        "assign": ("to_post", "text"),
        "hand-over": ("to_post", "reason", "text", "basis"),
        "note": ("text",),
    }
)
"""Which fields are asked for once, for all cases."""
_ALWAYS: Mapping[str, Mapping[str, object]] = MappingProxyType({"note": {"internal": True}})
_KEYS: Mapping[str, str] = MappingProxyType({"accept": "a", "hand-over": "h"})


@dataclass(frozen=True, slots=True)
class Offer:
    """An act for all chosen cases; `key` is the single key that presses it, or ""."""

    verb: str
    words: str
    key: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """A case that was chosen, with the number of the last entry it had on the list."""

    reference: str
    seen: int

    @override
    def __str__(self) -> str:
        return f"{self.reference}:{self.seen}"


class BulkForm(forms.Form):
    """What an act asks for once, for all cases; the choices are those of the first of them."""

    def __init__(self, verb: str, facts: Facts, typed: QueryDict | None = None) -> None:
        super().__init__(typed)
        self.verb = verb
        known = {one.name: one for one in READY[verb].fields}
        for name in _FIELDS[verb]:
            made = form_field(Asked(known[name], READY[verb], facts, NOTHING_OFFERED))
            made.label = label(verb, name)
            made.help_text = hint(verb, name, is_needed=made.required)
            self.fields[name] = made

    @classmethod
    def opened(
        cls, officer: Officer, verb: str, chosen: Iterable["Ticked"], typed: QueryDict
    ) -> "BulkForm":
        """Return the form, empty until `step` says that it was filled in.

        An act that asks for nothing has nothing to fill in. Refuses `not_found` where the officer
        may read none of the cases.
        """
        facts = first_facts(officer, chosen)
        if facts is None:
            raise Refusal(Code.NOT_FOUND)
        return cls(verb, facts, typed if "step" in typed or not _FIELDS[verb] else None)

    @classmethod
    def once_more(
        cls, officer: Officer, verb: str, chosen: Iterable["Ticked"], typed: QueryDict
    ) -> "BulkForm":
        """Return the form with what was typed before the session was over. Refuses as `opened`."""
        form = cls.opened(officer, verb, chosen, QueryDict())
        form.initial = typed.dict()
        return form

    def values(self) -> dict[str, object]:
        """Return what was said, for `perform`."""
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        return {**said, **_ALWAYS.get(self.verb, {})}


def offered(officer: Officer) -> list[Offer]:
    """Return the acts that the officer's posts may do for several cases at once."""
    kinds = {kind for post in officer.posts for kind in post.kinds}
    verbs = [
        verb
        for verb in _FIELDS
        if (PostKind.DISPATCH in kinds if verb == "assign" else bool(working(officer.posts)))
    ]
    return [Offer(verb, str(VERB_WORDS[verb].name), _KEYS.get(verb, "")) for verb in verbs]


def ticked(values: Iterable[str]) -> list[Ticked]:
    """Return the cases that were chosen, each once, without what cannot be understood."""
    found: dict[str, Ticked] = {}
    for value in values:
        reference, _, seen = value.rpartition(":")
        number = whole_number(seen, digits=_MOST_DIGITS)
        if number is not None and check_reference(reference):
            plain = normalise_reference(reference)
            found.setdefault(plain, Ticked(plain, number))
    return list(found.values())


def opened_as_ticked(officer: Officer, one: Ticked, verb: str) -> OpenCase:
    """Return a case that is still as it was chosen.

    Refuses `not_found`; `changed_meanwhile` where it was joined into another one since, or where
    what the act depends on moved.
    """
    opened = open_case(officer, one.reference)
    case = opened.view.state
    is_old = READY[verb].guarded and one.seen < case.state_seq
    if is_old or opened.view.case_reference != one.reference:
        raise Refusal(Code.CHANGED_MEANWHILE)
    return opened


def first_facts(officer: Officer, chosen: Iterable[Ticked]) -> Facts | None:
    """Return the facts of the first chosen case that the officer may read, if any."""
    for one in chosen:
        try:
            return open_case(officer, one.reference).facts
        except Refusal:
            continue
    return None


def imagined(
    officer: Officer, verb: str, values: Mapping[str, object], chosen: Iterable[Ticked]
) -> list[Item]:
    """Return what would come of the act for each case, without doing anything."""
    return [_imagined(officer, verb, values, one) for one in chosen]


def said_of(opened: OpenCase, state: str, holder: str) -> str:
    """Return where a case stands, in words."""
    names = Names(opened.facts.directory, opened.facts.policy)
    return f"{word(STATES, state)} · {names.post_with_unit(holder)}"


def _imagined(officer: Officer, verb: str, values: Mapping[str, object], one: Ticked) -> Item:
    try:
        opened = opened_as_ticked(officer, one, verb)
        after = foresee(verb, one.reference, values, by=officer.actor, now=officer.now).after
    except Refusal as refused:
        return Item(one.reference, refusal(refused), is_done=False)
    return Item(one.reference, said_of(opened, after.state, after.holder), is_done=True)

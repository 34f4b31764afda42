"""Standard texts beside a form: what an officer can begin with, and puts into the text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.shared.words.names import Names, name
from dandang.interfaces.shared.words.times import stamp
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.verbs import Verb
from dandang.organization.entries import PLACES
from dandang.organization.templates import templates_for
from dandang.terms import MAX_TEXT

CHOSEN = "template"
"""The button of a form that puts the text with this code into it."""


_PLACES = re.compile("|".join(map(re.escape, PLACES)))


@dataclass(frozen=True, slots=True)
class StandardText:
    """A standard text in the language of the screen, with what stands for the case filled in."""

    code: str
    name: str
    text: str


def standard_texts(
    verb: Verb, facts: Facts, officer: Officer, reference: str
) -> tuple[StandardText, ...]:
    """Return the texts that this officer can begin with for this case."""
    directory = facts.directory
    units = {
        unit for post in officer.posts for unit in (post.unit, *directory.units_above(post.unit))
    }
    found = templates_for(verb.name, facts.category_path, units)
    values = _values(facts, reference)
    in_chinese = (get_language() or "").startswith("zh")
    return tuple(
        StandardText(
            one.code, name(one), _filled(one.text_zh if in_chinese else one.text_en, values)
        )
        for one in found
    )


def put_in(typed: Mapping[str, str], texts: tuple[StandardText, ...]) -> dict[str, str]:
    """Return what was typed so far with the chosen text at the end of it; nothing is lost."""
    chosen = next((one.text for one in texts if one.code == typed.get(CHOSEN)), "")
    written = typed.get("text", "").rstrip()
    together = f"{written}\n\n{chosen}" if written and chosen else written or chosen
    return {**typed, "text": together[:MAX_TEXT]}


def _values(facts: Facts, reference: str) -> dict[str, str]:
    names = Names(facts.directory, facts.policy)
    total = facts.case.total
    due = stamp(total.at) if total and total.at else ""
    return dict(zip(PLACES, (reference, names.unit(facts.case.holder_unit), due), strict=True))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _PLACES.sub(lambda found: values[found[0]], text)

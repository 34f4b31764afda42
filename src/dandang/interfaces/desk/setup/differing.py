"""What differs between two policies, in words: of which class or category, which figure, how."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dandang.interfaces.desk.setup.policy_words import CHOICES, KEYS, SECTIONS
from dandang.interfaces.shared.words.cases import CLOCKS, word
from dandang.interfaces.shared.words.names import name
from dandang.interfaces.shared.words.times import span
from dandang.policy import Policy, Span
from dandang.policy.comparing import compare

_STEPS, _CLOCKS = "steps", "clocks"
_BETWEEN = ", "
_NAMED = MappingProxyType(
    {
        "class": "classes",
        "default_class": "classes",
        "when_happening_now": "classes",
        "ladder": "ladders",
        "legal_route": "legal_routes",
        "parent": "categories",
        "ends_forbidden": "ends",
    }
)
"""Keys whose values are codes, and the part of the policy that has their names."""


@dataclass(frozen=True, slots=True)
class Differing:
    """One value that differs: what it is, and what it says before and after ("": nothing).

    `place` is where it stands in the file.
    """

    what: str
    before: str
    after: str
    place: str


def differing(old: Policy, new: Policy) -> list[Differing]:
    """Return every value that differs, in the order of the later file."""
    before, after = _Named(old), _Named(new)
    return [
        Differing(
            what=(after if one.after else before).what(one.path),
            before=before.value(one.path, one.before),
            after=after.value(one.path, one.after),
            place=one.place,
        )
        for one in compare(old.text, new.text)
    ]


class _Named:
    """Says places and values of the file of one policy, with the names that stand in it."""

    def __init__(self, policy: Policy) -> None:
        self._sections: Mapping[str, Mapping[str, str]] = {
            "classes": {code: name(one) for code, one in policy.classes.items()},
            "categories": {code: name(one) for code, one in policy.categories.items()},
            "reasons": {code: name(one) for code, one in policy.reasons.items()},
            "ends": {code: name(one) for code, one in policy.ends.items()},
            "ladders": {code: name(one) for code, one in policy.ladders.items()},
            "legal_routes": {code: name(one) for code, one in policy.legal_routes.items()},
            "sources": {},
        }
        self._steps = {
            (ladder.code, step.code): name(step)
            for ladder in policy.ladders.values()
            for step in ladder.steps
        }

    def what(self, path: Sequence[str]) -> str:
        """Return what stands at a place: `Class: Ordinary · finish`."""
        section, *rest = path
        if not rest:
            return _key(section)
        words = [word(SECTIONS, section)]
        if section in self._sections:
            code, *rest = rest
            given = {"kind": words[0], "name": self._name(section, code)}
            words = [_("%(kind)s: %(name)s") % given]
            if rest[:1] == [_STEPS]:
                words.append(self._steps.get((code, rest[1]), rest[1]))
                rest = rest[2:]
        return " · ".join([*words, *(_key(one) for one in rest if one != _CLOCKS)])

    def value(self, path: Sequence[str], text: str) -> str:
        """Return a value in words; "" for nothing."""
        key = "calls" if path[0] == "missed" else path[-1]
        if text in {"true", "false"}:
            return _("yes") if text == "true" else _("no")
        if key in CHOICES:
            return _listed(word(CHOICES[key], one) for one in text.split(_BETWEEN))
        if key in _NAMED:
            return _listed(self._name(_NAMED[key], one) for one in text.split(_BETWEEN))
        return _span_or(text)

    def _name(self, section: str, code: str) -> str:
        return self._sections[section].get(code, code)


def _key(key: str) -> str:
    words: str | Promise = KEYS.get(key) or CLOCKS.get(key, key)
    return str(words)


def _listed(words: Iterable[str]) -> str:
    return _("; ").join(words)


def _span_or(text: str) -> str:
    try:
        return span(Span.parse(text, zero_ok=True))
    except ValueError:
        return text

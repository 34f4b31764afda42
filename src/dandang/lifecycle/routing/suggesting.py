"""Suggesting a category from what somebody wrote: words of the text that stand in its name or hint.

A word of Chinese is a pair of neighbouring characters; of other scripts, the beginning of a word
of three letters or more. A word counts the more, the fewer categories have it, and less in a hint.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from dandang.policy import Policy

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z]{3,}")
_STEM = 5
_IN_A_HINT = 0.6
_ENOUGH = 0.4
_PLAIN = 1.0
_TWICE = 2.0
_USUAL_CHARACTERS = frozenset("的了在是有不没我您你请也都到和与及等这那个说看会")
_USUAL = (
    "the and for with has have had was were are not this that since from there their they our "
    "you your who what when where which its all any but also out very day days time other than "
    "one two too can does did been being into about more most some such only see say"
)
_USUAL_WORDS = frozenset(_USUAL.split())
_Weights = Mapping[str, Mapping[str, float]]


def suggest_category(policy: Policy, text: str) -> str:
    """Return the code of the category that the words of a text point to, "" where none stands out.

    A suggestion for people, who can choose another one. Two that fit equally well suggest none.
    """
    points = _points(policy, text)
    best = max(points.values(), default=0.0)
    first, *others = [code for code, got in points.items() if got == best]
    return "" if others or best < _ENOUGH else first


def stands_out(policy: Policy, text: str, category: str) -> bool:
    """Say whether the words of a text point to this category plainly, and to no other one nearly.

    Then its name stands there, and every other category has at most half of its points.
    """
    points = _points(policy, text)
    own = points.pop(category, 0.0)
    return own >= _PLAIN and own >= _TWICE * max(points.values(), default=0.0)


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text as they are compared, without the usual ones."""
    return frozenset(_words(text))


def _points(policy: Policy, text: str) -> dict[str, float]:
    words = set(_words(text))
    return {
        code: sum(weights[word] for word in sorted(words & weights.keys()))
        for code, weights in _weights(policy).items()
    }


@lru_cache(maxsize=4)
def _weights(policy: Policy) -> _Weights:
    """Return, by category, how much each word of its name and hint counts."""
    names, hints = {}, {}
    for code, one in policy.categories.items():
        names[code] = set(_words(f"{one.name_zh} {one.name_en}"))
        hints[code] = set(_words(f"{one.hint_zh or ''} {one.hint_en or ''}"))
    having = Counter(word for code in names for word in names[code] | hints[code])
    return {
        code: {
            word: ((word in names[code]) + _IN_A_HINT * (word in hints[code])) / having[word]
            for word in names[code] | hints[code]
        }
        for code in names
    }


def _words(text: str) -> Iterator[str]:
    for run in _CHINESE.findall(text):
        pairs = (run[at : at + 2] for at in range(len(run) - 1))
        yield from (pair for pair in pairs if _USUAL_CHARACTERS.isdisjoint(pair))
    for word in _WORD.findall(text.lower()):
        if word not in _USUAL_WORDS:
            yield word[:_STEM]

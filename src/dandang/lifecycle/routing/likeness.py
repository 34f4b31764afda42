"""How much two requests say the same: words and pairs of characters that both have.

Lexical likeness finds the same matter, and no threshold of it is safe: it only suggests, and a
person decides. What tells most is the place, so a place named in both moves the threshold.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from dandang.lifecycle.routing.suggesting import words_of

_FEWEST = 6
"""A text of fewer words counts as one of so many: two words in common are no matter."""
_LIKELY = 0.34
_WITH_PLACE = 0.2
_OTHER_PLACE = 0.5
_SAME_PLACE = 0.5
_MOST_PHRASES = 4
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[A-Za-z]{3,}")
_NUMBER = re.compile(r"\d+")
_HOUSE = re.compile(r"\d+(?=\s*[号栋幢弄])")


class Difference(StrEnum):
    """Why two requests that look alike are not the same matter."""

    OTHER_PLACE = "other_place"
    OTHER_MATTER = "other_matter"
    OTHER_TIME = "other_time"
    OWN_DECISION = "own_decision"
    """Each requester needs an answer or a decision of their own."""


@dataclass(frozen=True)
class Said:
    """What somebody wrote: the words of title and text, and those of the place ("" for none).

    It is compared with many others, so what it comes down to is worked out once.
    """

    words: str
    place: str = ""

    @cached_property
    def tokens(self) -> frozenset[str]:
        """The words that are compared."""
        return words_of(self.words)

    @cached_property
    def place_tokens(self) -> frozenset[str]:
        """The words of the place; unlike in other texts, numbers tell a lot."""
        return words_of(self.place) | frozenset(_NUMBER.findall(self.place))

    @cached_property
    def houses(self) -> frozenset[str]:
        """The numbers of houses that are named anywhere."""
        return frozenset(_HOUSE.findall(f"{self.words} {self.place}"))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two requests are.

    `share` is the share of the shorter one's words that both have (0 to 1), `same_place` whether
    both name the same place, None where one names none. `phrases` are the longest words in common.
    """

    share: float
    same_place: bool | None
    phrases: tuple[str, ...] = ()

    @property
    def is_likely(self) -> bool:
        """Whether the two may be the same matter."""
        if self.same_place is None:
            return self.share >= _LIKELY
        return self.share >= (_WITH_PLACE if self.same_place else _OTHER_PLACE)


def likeness(one: Said, other: Said) -> Likeness:
    """Return how alike two requests are; the order makes no difference to the numbers."""
    mine, theirs = one.tokens, other.tokens
    shared = mine & theirs
    shorter = max(min(len(mine), len(theirs)), _FEWEST)
    found = Likeness(len(shared) / shorter, _same_place(one, other))
    if not found.is_likely:
        return found
    return Likeness(found.share, found.same_place, _phrases(one.words, shared))


def _same_place(one: Said, other: Said) -> bool | None:
    """Say whether both name the same place, by what stands as place, else by house and floor."""
    mine, theirs = one.place_tokens, other.place_tokens
    if mine and theirs:
        return len(mine & theirs) / min(len(mine), len(theirs)) >= _SAME_PLACE
    return False if one.houses and other.houses and not one.houses & other.houses else None


def _phrases(text: str, shared: frozenset[str]) -> tuple[str, ...]:
    """Return the longest stretches of a text that consist of shared words, the longest first."""
    found = [word for word in _WORD.findall(text) if words_of(word) & shared]
    for run in _CHINESE.findall(text):
        found += _stretches(run, shared)
    unique = dict.fromkeys(sorted(found, key=lambda one: (-len(one), one)))
    return tuple(unique)[:_MOST_PHRASES]


def _stretches(run: str, shared: frozenset[str]) -> list[str]:
    found, start = [], 0
    for at in range(len(run)):
        if run[at : at + 2] not in shared:
            if at > start:
                found.append(run[start : at + 1])
            start = at + 1
    return found

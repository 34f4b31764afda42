"""How sure it is who should hold a case: the register first, then what was decided, what was usual.

Nothing here assigns anything. A suggestion is for a person, who sees every reason for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

_FEW = 3
"""Fewer cases than this show no habit."""
_MOSTLY = 0.75
_MAJORITY = 2 / 3
_SELDOM_BACK = 1 / 3


class Confidence(StrEnum):
    """How sure a suggestion is, in words: never a number, which nobody could check."""

    CLEAR = "clear"
    LIKELY = "likely"
    OPEN = "open"


class Told(StrEnum):
    """How the category of a case is known: given with it, plain from its words, or guessed."""

    GIVEN = "given"
    PLAIN = "plain"
    GUESSED = "guessed"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Gone:
    """How many of the last cases of this category and area a post holds, and how many came back."""

    post: str
    cases: int
    came_back: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about where a case belongs; posts are codes, and all of them may hold it.

    `leads` lead by the register with equal rank. `decided` are those for which disputes about the
    same category and area were decided, the newest first. `refused` are the posts that gave this
    very case back.
    """

    told: Told
    leads: tuple[str, ...] = ()
    gone: tuple[Gone, ...] = ()
    decided: tuple[str, ...] = ()
    refused: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A post ("" where none stands out), how sure it is, and the others that come into question."""

    post: str
    confidence: Confidence
    others: tuple[str, ...]


def suggest(known: Evidence) -> Suggestion:
    """Return who should hold a case.

    Clear is only what one line of the register says about a category that is plain, and what
    neither a decision, nor habit, nor a post that gave it back speaks against.
    """
    places = [*known.leads, *known.decided, *(one.post for one in _by_number(known.gone))]
    found = dict.fromkeys(post for post in places if post not in known.refused)
    post = _best(known)
    confidence = _confidence(post, known)
    return Suggestion(post, confidence, tuple(one for one in found if one != post))


def habit(gone: Sequence[Gone]) -> str:
    """Return the post that holds most of the cases there were, "" where there is no habit."""
    total = sum(one.cases for one in gone)
    if total < _FEW:
        return ""
    return next((one.post for one in gone if one.cases >= total * _MAJORITY), "")


def _best(known: Evidence) -> str:
    """Return the lead; of several the one that was decided for or is usual; else these two."""
    leads = [post for post in known.leads if post not in known.refused]
    if len(leads) == 1:
        return leads[0]
    usual = (*known.decided[:1], habit(known.gone))
    fitting = [post for post in usual if post and post not in known.refused]
    return next((post for post in fitting if not leads or post in leads), "")


def _confidence(post: str, known: Evidence) -> Confidence:
    if not post or known.told is Told.NOT:
        return Confidence.OPEN
    if known.decided and known.decided[0] != post:
        return Confidence.OPEN
    if habit(known.gone) not in ("", post):
        return Confidence.OPEN
    is_clear = known.leads == (post,) and known.told in (Told.GIVEN, Told.PLAIN)
    if is_clear and not known.refused and _bears_out(post, known.gone):
        return Confidence.CLEAR
    return Confidence.LIKELY


def _bears_out(post: str, gone: Sequence[Gone]) -> bool:
    """Say whether the cases there were do not speak against a post."""
    total = sum(one.cases for one in gone)
    if total < _FEW:
        return True
    own = sum(one.cases for one in gone if one.post == post)
    back = sum(one.came_back for one in gone)
    return own >= total * _MOSTLY and back < total * _SELDOM_BACK


def _by_number(gone: Sequence[Gone]) -> list[Gone]:
    return sorted(gone, key=lambda one: (-one.cases, one.post))

"""Which cases a sample holds, who may read them, and how sure a share of it is. Pure.

A sample is a function of the ledger: the hash of its last entry and what was asked for make the
seed, and each case gets the SHA-256 of the seed and its stream. The lowest are the sample. So
nobody chooses it, and anybody who has the ledger can draw it again.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from math import ceil, sqrt

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import is_kept_out
from dandang.lifecycle.states import Opinion, State
from dandang.organization.directory import Post, PostKind
from dandang.terms import Code, Refusal, check_text

SAMPLED = (
    State.SOLVED,
    State.PARTLY_SOLVED,
    State.NOT_SOLVED,
    State.UNANSWERED,
    State.UNREACHABLE,
    State.EXPLAINED,
    State.DECLINED,
    State.CONCLUDED_BY_LAW,
)
"""Ends that an office gave or claimed. Merged and withdrawn cases were not answered by anybody."""

MOST = 1000
"""A sample of more is none that people read."""

LONGEST_TEXT = 2000

READING = frozenset({PostKind.SUPERVISION, PostKind.AUDIT})
"""The kinds of post that draw samples and read them."""

_EARLIEST = date(1900, 1, 1)
_Z = 1.959963984540054  # the 97.5 % point of the normal distribution
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Sought:
    """What a sample is drawn from, and how large it is: so many per cent, or so many cases.

    `first` and `last` are days of the body, both included. `unit` is "" for the whole body, else
    a unit with everything below it. One of `percent` and `number` is 0.
    """

    first: date
    last: date
    unit: str
    ends: tuple[State, ...]
    percent: int = 0
    number: int = 0

    def text(self) -> str:
        """Return it as one line of JSON with sorted keys: the form that goes into the seed."""
        values = {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "unit": self.unit,
            "ends": sorted(end.value for end in self.ends),
            "percent": self.percent,
            "number": self.number,
        }
        return json.dumps(values, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a second reader says: whether the answer answers the request, and the end was right."""

    answers: Opinion
    right: Opinion
    text: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and between which shares (0 to 1) it lies with 95 % confidence."""

    yes: int
    number: int
    low: float
    high: float


def check_sought(sought: Sought, today: date) -> None:
    """Refuse what no sample can be drawn from.

    Refuses `field_required` (kinds of end, a size), `value_invalid` (an end that is not sampled,
    a period that begins before 1900 or ends before it begins, both sizes or one out of bounds) and
    `in_the_future`: the last day has to be over, so that nothing is added to the frame any more.
    """
    if not sought.ends:
        raise Refusal(Code.FIELD_REQUIRED, field="ends")
    if not set(sought.ends) <= set(SAMPLED):
        raise Refusal(Code.VALUE_INVALID, field="ends")
    if not sought.percent and not sought.number:
        raise Refusal(Code.FIELD_REQUIRED, field="percent")
    if (sought.percent and sought.number) or not 0 <= sought.percent <= _HUNDRED:
        raise Refusal(Code.VALUE_INVALID, field="percent")
    if not 0 <= sought.number <= MOST:
        raise Refusal(Code.VALUE_INVALID, field="number")
    _check_period(sought, today)


def _check_period(sought: Sought, today: date) -> None:
    if sought.first < _EARLIEST:
        raise Refusal(Code.VALUE_INVALID, field="first")
    if sought.last < sought.first:
        raise Refusal(Code.VALUE_INVALID, field="last")
    if sought.last >= today:
        raise Refusal(Code.IN_THE_FUTURE, field="last")


def size_of(frame: int, sought: Sought) -> int:
    """Return how many of a frame are drawn: a share is rounded up, and `MOST` is the limit."""
    wanted = sought.number or ceil(frame * sought.percent / _HUNDRED)
    return min(wanted, frame, MOST)


def seed_of(entry: bytes, sought: Sought) -> bytes:
    """Return the seed: SHA-256 of the hash of the ledger's last entry and of what is sought."""
    return sha256(entry + sought.text().encode()).digest()


def digest_of(frame: Iterable[bytes]) -> str:
    """Return the SHA-256 (hex) of the streams of a frame, whatever order they come in."""
    return sha256(b"".join(sorted(frame))).hexdigest()


def drawn(seed: bytes, frame: Iterable[bytes], size: int) -> list[bytes]:
    """Return so many streams of a frame, in the order of the draw; equal chance for each."""
    return sorted(frame, key=lambda stream: (sha256(seed + stream).digest(), stream))[:size]


def drawing_post(posts: Sequence[Post]) -> Post:
    """Return the post with which an officer draws and reads samples. Refuses `not_permitted`."""
    for post in posts:
        if post.kinds & READING:
            return post
    raise Refusal(Code.NOT_PERMITTED, verb="sample")


def reading_post(facts: Facts, unit: str) -> str:
    """Return the post with which an officer judges a case of a sample that was `unit`'s.

    Refuses `not_permitted` to whoever may have nothing to do with the case and to posts of other
    kinds, `second_reader_required` to anybody of the unit that held it or of one below, in
    whatever post, and `decider_involved` to whoever decided on the case.
    """
    if is_kept_out(facts):
        raise Refusal(Code.NOT_PERMITTED, verb="sample")
    post = drawing_post(facts.posts)
    units = (unit, facts.case.holder_unit)
    if any(facts.directory.in_subtree(one.unit, of) for one in facts.posts for of in units):
        raise Refusal(Code.SECOND_READER_REQUIRED)
    if facts.by.code in facts.case.deciders:
        raise Refusal(Code.DECIDER_INVOLVED, verb="sample")
    return post.code


def check_judgement(judgement: Judgement) -> Judgement:
    """Return a judgement with its text checked. Refuses `field_required`: a "no" needs words.

    And the codes of `check_text`.
    """
    says_no = {judgement.answers, judgement.right} != {Opinion.YES}
    text = check_text("text", judgement.text, limit=LONGEST_TEXT, required=says_no)
    return Judgement(judgement.answers, judgement.right, text)


def share(yes: int, number: int) -> Share:
    """Return a share with its 95 % interval by Wilson's formula. `number` is at least 1.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    """
    part, square = yes / number, _Z * _Z
    middle = (part + square / (2 * number)) / (1 + square / number)
    spread = _Z * sqrt(part * (1 - part) / number + square / (4 * number * number))
    spread /= 1 + square / number
    return Share(
        yes,
        number,
        low=max(0.0, middle - spread) if yes else 0.0,
        high=min(1.0, middle + spread) if yes < number else 1.0,
    )

"""Which open published cases may be about the same matter: rare words first, then what is near.

A pair of characters that stands in every tenth case says little, one that stands in three says a
lot: each counts by the logarithm of how rare it is (inverse document frequency, Spärck Jones 1972).
Bounded whatever the number of cases: words are looked up, the rarest first, as long as they stand
in `_MOST_ENTRIES` cases together, and beside those the `_NEAR` newest nearby are compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log1p
from typing import Any

from django.db import connection

from dandang.publication.cases.frequencies import frequencies
from dandang.terms.bigrams import any_of, bigrams

_READ = 2000
_MOST_TOKENS = 400
_MOST_ENTRIES = 300
_NEAR = 60
_LIKELY = 0.17
"""More than one word in common with a text of `_FEWEST` tokens."""
_FEWEST = 6
"""A text of fewer tokens counts as one of so many: two words in common are no matter."""
_TELLING = 0.55
"""What part of the tokens that are kept of a text are pairs and words, not single characters."""
_AREA, _CATEGORY = 0.3, 0.2

_CANDIDATES = """
WITH near AS (
    SELECT case_id FROM publication_case
    WHERE is_open AND (NOT %(by_area)s OR area = ANY(%(areas)s))
        AND (NOT %(by_category)s OR category = ANY(%(categories)s))
        AND (%(by_area)s OR %(by_category)s)
    ORDER BY sent_at DESC LIMIT %(near)s
), matching AS (
    SELECT case_id FROM publication_case
    WHERE is_open AND found_by @@ %(rare)s::tsquery LIMIT %(most)s
)
SELECT case_id, area, category, sent_at, length(found_by),
    ARRAY(SELECT lexeme FROM unnest(found_by) WHERE lexeme = ANY(%(tokens)s))
FROM publication_case
WHERE case_id IN (SELECT case_id FROM near UNION SELECT case_id FROM matching)
"""


@dataclass(frozen=True, slots=True)
class Near:
    """Where a matter is and what it is: codes of areas and categories, own and related ones."""

    areas: Sequence[str] = ()
    categories: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case to compare. `size` is how many tokens are kept of it, `shared` those of the text."""

    case_id: int
    area: str
    category: str
    sent_at: datetime
    size: int
    shared: Sequence[str]


def ranked(text: str, near: Near, *, limit: int) -> list[int]:
    """Return row numbers of cases, the likeliest first. Two queries.

    Without any text they are the newest nearby.
    """
    tokens = telling(text)
    known = frequencies(tokens)
    weights = weigh(tokens, known)
    found = _candidates(tokens, rarest(known), near)
    scored = [(score(one, weights, near), one.sent_at, one.case_id) for one in found]
    likely = [one for one in scored if one[0] >= _LIKELY or not tokens]
    return [case_id for _, _, case_id in sorted(likely, reverse=True)[:limit]]


def telling(text: str) -> list[str]:
    """Return the pairs and words of a text, each once; a single character tells nothing."""
    found = dict.fromkeys(token for token in bigrams(text[:_READ]) if len(token) > 1)
    return list(found)[:_MOST_TOKENS]


def weigh(tokens: Iterable[str], known: Mapping[str, int]) -> dict[str, float]:
    """Return how much each token tells, by the number of cases that have it."""
    most = max(known.values(), default=1)
    return {token: log1p(most / known.get(token, 1)) for token in tokens}


def rarest(known: Mapping[str, int]) -> list[str]:
    """Return the rarest tokens that stand in so few cases together that all can be looked at."""
    found: list[str] = []
    entries = 0
    for token, cases in sorted(known.items(), key=lambda one: (one[1], one[0])):
        entries += cases
        if entries > _MOST_ENTRIES:
            break
        found.append(token)
    return found


def score(one: Candidate, weights: Mapping[str, float], near: Near) -> float:
    """Return how likely a case is about the same matter: the weight in common, by the shorter text.

    What is near counts more.
    """
    mean = sum(weights.values()) / len(weights) if weights else 0.0
    shared = sum(weights[token] for token in one.shared)
    shorter = max(min(len(weights), one.size * _TELLING), _FEWEST) * mean
    closeness = 1.0
    closeness += _AREA if one.area in near.areas else 0.0
    closeness += _CATEGORY if one.category in near.categories else 0.0
    return closeness * shared / shorter if shorter else closeness - 1.0


def _candidates(tokens: Sequence[str], rare: Sequence[str], near: Near) -> list[Candidate]:
    asked: dict[str, Any] = {
        "areas": list(near.areas),
        "by_area": bool(near.areas),
        "categories": list(near.categories),
        "by_category": bool(near.categories),
        "tokens": list(tokens),
        "rare": any_of(rare),
        "near": _NEAR,
        "most": _MOST_ENTRIES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, asked)
        return [Candidate(*row) for row in cursor.fetchall()]

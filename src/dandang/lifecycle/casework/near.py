"""Which cases may be the same matter as others; read only, bounded, worked out when asked.

Nothing is kept of it: what was erased, merged or told apart is gone from the next answer on. Of
each kind only the newest rows are compared, so what came in just now is found, an old one may not.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from dandang.ledger.queries import personal_of
from dandang.lifecycle.casework.apart import Apart
from dandang.lifecycle.casework.by_kind import (
    OPEN_TO,
    SAME,
    Kind,
    arrays,
    of_each_kind,
)
from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.wanted import open_to
from dandang.lifecycle.routing.likeness import Likeness, Said, likeness
from dandang.lifecycle.routing.suggesting import suggest_category
from dandang.lifecycle.states import State
from dandang.policy import Policy

PAGE = 100
_OF_A_KIND = 12
_LOOKED_AT = 40
_MOST, _MOST_PAIRS = 8, 30
_SAID = ("title", "text", "location")

_NEWEST = f"""
SELECT c.id FROM (
    SELECT * FROM casework_case c WHERE {SAME} ORDER BY c.id DESC LIMIT {_LOOKED_AT}
) c
WHERE c.parent = '' AND c.set_by = '' AND c.state <> 'merged' AND c.kind = 'request'
  AND (c.ended_at IS NULL OR c.ended_at >= %(since)s) AND {OPEN_TO}
LIMIT {_OF_A_KIND}
"""  # noqa: S608 text of ours
_NEAR = of_each_kind("k.category, k.area, c.id", _NEWEST)


@dataclass(frozen=True, slots=True)
class Matter:
    """A case as it is compared: what was said ("" where erased), and where it stands.

    `requests` is how many people sent one.
    """

    row: int
    reference: str
    seq: int
    title: str
    text: str
    location: str
    category: str | None
    area: str | None
    state: State
    outcome: str
    holder: str
    sent_at: datetime
    ended_at: datetime | None
    requests: int = 0

    @property
    def said(self) -> Said:
        """What is compared of it."""
        return Said(f"{self.title}\n{self.text}", self.location)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases that may be the same matter, the one that came in later first."""

    later: Matter
    earlier: Matter
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Window:
    """Pairs among the newest open cases, the likeliest first.

    `next` is the row to go on after, None where every open case has been looked at.
    """

    pairs: tuple[Pair, ...]
    looked_at: int
    next: int | None


def pairs(
    policy: Policy, *, since: datetime, hidden_from: KeptOut, before: int | None = None
) -> Window:
    """Return which of the `PAGE` newest open cases may be the same as an earlier one.

    `since` (aware) is how long ago the other one may have ended; `before` is the row to go on
    after. At most `_MOST_PAIRS`, in seven queries.
    """
    newest = Case.objects.filter(open_to(hidden_from), ended_at=None, kind="request")
    newest = newest.filter(parent="", set_by="")
    if before is not None:
        newest = newest.filter(id__lt=before)
    rows = list(newest.order_by("-id")[:PAGE])
    found = _likely(rows, policy, since, hidden_from)
    found.sort(key=lambda pair: (*_likeliest(pair.likeness), -pair.later.row))
    del found[_MOST_PAIRS:]
    return Window(
        pairs=tuple(_counted(found)),
        looked_at=len(rows),
        next=rows[-1].pk if len(rows) == PAGE else None,
    )


def twins(
    rows: Collection[int], policy: Policy, *, since: datetime, hidden_from: KeptOut
) -> dict[int, list[Pair]]:
    """Return, for each of these cases, which others may be the same, the likeliest first.

    Here the other one may have come in later, too. At most `_MOST` of each; six queries.
    """
    cases = list(Case.objects.filter(pk__in=rows))
    found: dict[int, list[Pair]] = defaultdict(list)
    wanted = set(rows)
    for pair in _likely(cases, policy, since, hidden_from):
        for one in (pair.later.row, pair.earlier.row):
            if one in wanted:
                found[one].append(pair)
    for them in found.values():
        them.sort(key=lambda pair: _likeliest(pair.likeness))
        del them[_MOST:]
    return found


def matters(references: Collection[str], *, hidden_from: KeptOut) -> dict[str, Matter]:
    """Return cases by reference as they are compared, without those closed to an officer."""
    rows = Case.objects.filter(open_to(hidden_from), reference__in=references)
    found = _matters(list(rows))
    return {one.reference: one for one in found.values()}


def kinds_of(category: str | None, area: str | None, policy: Policy) -> list[Kind]:
    """Return the kinds a case is compared with: its own, what is above it, what has none yet."""
    known = category if category in policy.categories else None
    above = policy.category_path(known)[-2:-1] if known else ()
    return list(dict.fromkeys((one, area) for one in (category, *above, None)))


def _likely(
    rows: Sequence[Case], policy: Policy, since: datetime, hidden_from: KeptOut
) -> list[Pair]:
    """Return the likely pairs of these cases with the newest of their kinds, each pair once."""
    read = _matters(rows)
    mine = {one.row: kinds_of(_category(one, policy), one.area, policy) for one in read.values()}
    near = _near({kind for kinds in mine.values() for kind in kinds}, since, hidden_from)
    asked = {
        (max(row, other), min(row, other))
        for row, kinds in mine.items()
        for kind in kinds
        for other in near.get(kind, ())
        if other != row
    }
    asked -= _told_apart({row for pair in asked for row in pair})
    read |= _matters(list(Case.objects.filter(pk__in=_missing(asked, read))))
    said = {row: one.said for row, one in read.items()}
    alike = (
        Pair(read[one], read[other], likeness(said[one], said[other]))
        for one, other in sorted(asked)
    )
    return [pair for pair in alike if pair.likeness.is_likely]


def _likeliest(alike: Likeness) -> tuple[int, float]:
    """Return by what the likelier pair goes first: the same place, then words in common."""
    return {True: 0, None: 1, False: 2}[alike.same_place], -alike.share


def _category(one: Matter, policy: Policy) -> str | None:
    """Return the category of a case; of one that has none, that which its words point to."""
    return one.category or suggest_category(policy, one.said.words) or None


def _missing(asked: Iterable[tuple[int, int]], read: Mapping[int, Matter]) -> set[int]:
    return {row for pair in asked for row in pair} - read.keys()


def _near(
    kinds: Iterable[Kind], since: datetime, hidden_from: KeptOut
) -> Mapping[Kind, Sequence[int]]:
    wanted = sorted(kinds, key=lambda kind: (kind[0] or "", kind[1] or ""))
    given: dict[str, Any] = {**arrays(wanted, hidden_from), "since": since}
    found: dict[Kind, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, given)
        for category, area, row in cursor.fetchall():
            found[category, area].append(row)
    return found


def _told_apart(rows: Collection[int]) -> set[tuple[int, int]]:
    found = Apart.objects.filter(first__in=rows, second__in=rows, undone_at=None)
    return set(found.values_list("second_id", "first_id"))


def _matters(rows: Sequence[Case]) -> dict[int, Matter]:
    said = personal_of([row.opening_event for row in rows], _SAID)
    return {row.pk: _matter(row, said.get(row.opening_event, {})) for row in rows}


def _matter(row: Case, said: Mapping[str, object]) -> Matter:
    title, text, location = (str(said.get(name) or "") for name in _SAID)
    return Matter(
        row=row.pk,
        reference=row.reference,
        seq=row.seq,
        title=title,
        text=text,
        location=location,
        category=row.category,
        area=row.area,
        state=State(row.state),
        outcome=row.outcome,
        holder=row.holder,
        sent_at=row.sent_at,
        ended_at=row.ended_at,
    )


def _counted(found: Sequence[Pair]) -> list[Pair]:
    """Return the pairs with how many people sent a request for each case. One query."""
    rows = {row for pair in found for row in (pair.later.row, pair.earlier.row)}
    active = Request.objects.filter(Q(withdrawn=False, moved=False), case__in=rows).order_by()
    numbers = dict(active.values_list("case").annotate(n=Count("id")))
    return [
        replace(
            pair,
            later=replace(pair.later, requests=numbers.get(pair.later.row, 0)),
            earlier=replace(pair.earlier, requests=numbers.get(pair.earlier.row, 0)),
        )
        for pair in found
    ]

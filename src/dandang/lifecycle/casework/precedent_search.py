"""Asking the file of precedents: read only, every answer bounded and newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from dandang.ledger.queries import personal_of
from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.precedents import COLUMNS, Precedent
from dandang.lifecycle.casework.queries import facts_for_all
from dandang.lifecycle.casework.rules.permit import may_read
from dandang.lifecycle.casework.rules.precedents import Decision, below, family, rank
from dandang.organization.directory import Directory
from dandang.policy import Policy
from dandang.terms import Actor

PAGE = 20
SIMILAR = 5
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Sought:
    """Which decisions to find; empty means all.

    `category` and `area` find those of the code itself, of everything below it and of everything
    above it. `unit` finds those in which the unit or one below it held the case, was wanted or got
    it. Every word of `text` (the first eight) has to stand in the basis, in whatever case.
    """

    category: str = ""
    area: str = ""
    reason: str = ""
    unit: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the file: that of the last decision seen."""

    decided_at: datetime
    event_id: int


@dataclass(frozen=True, slots=True)
class Found:
    """A decision with the case it was made for: its row number and its reference."""

    decision: Decision
    case_id: int
    reference: str

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        return Place(self.decision.decided_at, self.decision.event_id)


def precedents(
    sought: Sought,
    directory: Directory,
    policy: Policy,
    *,
    limit: int = PAGE,
    after: Place | None = None,
) -> list[Found]:
    """Return decisions, the newest first, from the place `after` on. One query.

    The trees of categories and areas are those given. Codes that they do not have stand alone, so
    that decisions under an older policy are still found.
    """
    where = _where(sought, directory, policy)
    if after is not None:
        earlier = Q(decided_at=after.decided_at, event_id__gte=after.event_id)
        where &= Q(decided_at__lte=after.decided_at) & ~earlier
    return _found(_newest(where)[:limit])


def similar(path: Sequence[str], reason: str, *, limit: int = SIMILAR) -> list[Found]:
    """Return the decisions nearest to a case of this category, as `rank` says. One query.

    `path` is the category from the root down; a case without one has nothing near it. Reads at
    most `limit` rows of an index for each rank and each category above.
    """
    if not path:
        return []
    *above, own = path
    wheres = [Q(category=own, reason=reason), Q(category=own) & ~Q(reason=reason)]
    wheres += [Q(category=category) for category in above]
    first, *others = [_newest(where)[:limit] for where in wheres]
    found = _found(first.union(*others, all=True))
    found.sort(key=lambda one: (one.decision.decided_at, one.decision.event_id), reverse=True)
    found.sort(key=lambda one: _rank(one, path, reason))
    return found[:limit]


def reasons_in_words(found: Iterable[Found]) -> dict[int, str]:
    """Return the text of decisions by event id; erased ones are left out. One query.

    It is personal: only for whoever may read the case (see `readable`).
    """
    texts = personal_of([one.decision.event_id for one in found], ["text"])
    return {event_id: str(values["text"]) for event_id, values in texts.items()}


def readable(found: Iterable[Found], *, by: Actor, now: datetime) -> frozenset[int]:
    """Return the row numbers of those cases that an officer may read now. Four queries."""
    rows = list(
        Case.objects.filter(pk__in={one.case_id for one in found}).prefetch_related(
            Prefetch("requests", Request.objects.order_by("number")), "clocks"
        )
    )
    states = [row.facts(row.requests.all(), row.clocks.all()) for row in rows]
    known = facts_for_all(states, by=by, now=now)
    return frozenset(row.pk for row, facts in zip(rows, known, strict=True) if may_read(facts))


def _rank(one: Found, path: Sequence[str], reason: str) -> int:
    near = rank(one.decision, path, reason)
    assert near is not None
    return near


def _where(sought: Sought, directory: Directory, policy: Policy) -> Q:
    where = Q(reason=sought.reason) if sought.reason else Q()
    if sought.category:
        tree = {one.code: one.parent for one in policy.categories.values()}
        where &= Q(category__in=family(sought.category, tree))
    if sought.area:
        tree = {one.code: one.parent for one in directory.areas.values()}
        where &= Q(area__in=family(sought.area, tree))
    if sought.unit:
        tree = {one.code: one.parent for one in directory.units.values()}
        units = below(sought.unit, tree)
        where &= Q(from_unit__in=units) | Q(wanted_unit__in=units) | Q(to_unit__in=units)
    for word in sought.text.split()[:_MOST_WORDS]:
        where &= Q(basis__icontains=word)
    return where


def _newest(where: Q) -> "QuerySet[Precedent, dict[str, Any]]":
    newest = Precedent.objects.filter(where).order_by("-decided_at", "-event_id")
    rows: QuerySet[Precedent, dict[str, Any]] = newest.values(
        *COLUMNS, "case_id", case_reference=F("case__reference")
    )
    return rows


def _found(rows: "QuerySet[Precedent, dict[str, Any]]") -> list[Found]:
    return [
        Found(
            decision=Decision(**{name: row[name] for name in COLUMNS}),
            case_id=row["case_id"],
            reference=row["case_reference"],
        )
        for row in rows
    ]

"""Cases that may be about the same matter as another one; read only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from dandang.ledger.queries import personal_of
from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.wanted import open_to
from dandang.lifecycle.states import State

MOST = 20
_SHOWN = ("title", "location")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case, without its requests and clocks. `title` and `location` are "" where there is none.

    `stream` is its chain in the ledger.
    """

    reference: str
    title: str
    location: str
    state: CaseState
    stream: bytes


def candidates(
    case: CaseState, stream: bytes, *, ended_since: datetime, hidden_from: KeptOut
) -> list[Candidate]:
    """Return the newest cases of the same category and area, open or ended since then.

    At most `MOST`, in two queries; neither the case itself nor parts nor merged ones, and none for
    a case whose category nobody knows yet.
    """
    if case.category is None:
        return []
    same = Case.objects.filter(category=case.category, area=case.area, parent="")
    recent = same.filter(Q(ended_at=None) | Q(ended_at__gte=ended_since))
    return _found(recent.exclude(stream=stream).order_by("-id"), hidden_from)


def candidates_named(
    references: Collection[str], stream: bytes, *, hidden_from: KeptOut
) -> list[Candidate]:
    """Return those of these cases that are open, in no order, as above."""
    named = Case.objects.filter(reference__in=references, ended_at=None, parent="")
    return _found(named.exclude(stream=stream), hidden_from) if references else []


def _found(cases: QuerySet[Case], hidden_from: KeptOut) -> list[Candidate]:
    rows = list(cases.filter(open_to(hidden_from)).exclude(state=State.MERGED)[:MOST])
    texts = personal_of([row.opening_event for row in rows], _SHOWN) if rows else {}
    return [
        Candidate(
            reference=row.reference,
            title=str(texts.get(row.opening_event, {}).get("title") or ""),
            location=str(texts.get(row.opening_event, {}).get("location") or ""),
            state=row.facts((), ()),
            stream=bytes(row.stream),
        )
        for row in rows
    ]

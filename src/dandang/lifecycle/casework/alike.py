"""Open cases of one kind in one area, for whoever takes in what may be the same; read only."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from dandang.ledger.queries import personal_of
from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.wanted import open_to
from dandang.lifecycle.states import State

MOST = 60
_SHOWN = ("title", "location")


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """An open case. `title` and `location` are "" where they were erased or never given.

    `requests` is how many people sent one; `due_at` when the whole matter is due.
    """

    reference: str
    title: str
    location: str
    state: State
    holder: str
    sent_at: datetime
    due_at: datetime | None
    requests: int


def open_matters(category: str, area: str, *, hidden_from: KeptOut) -> list[OpenMatter]:
    """Return the newest open cases of this category in this area ("" for cases without one).

    At most `MOST`, without parts of others and what was set by an officer, in three queries.
    """
    same = Case.objects.filter(category=category or None, area=area or None)
    return _newest(same, hidden_from)


def open_ones(references: Collection[str], *, hidden_from: KeptOut) -> list[OpenMatter]:
    """Return those of these cases that are open and not closed to the officer, as above."""
    return _newest(Case.objects.filter(reference__in=references), hidden_from)


def _newest(cases: QuerySet[Case], hidden_from: KeptOut) -> list[OpenMatter]:
    rows = list(
        cases.filter(open_to(hidden_from), ended_at=None, parent="", set_by="").order_by("-id")[
            :MOST
        ]
    )
    if not rows:
        return []
    texts = personal_of([row.opening_event for row in rows], _SHOWN)
    counted = Request.objects.filter(case__in=rows, withdrawn=False, moved=False).order_by()
    numbers = dict(counted.values_list("case").annotate(n=Count("id")))
    return [_matter(row, texts.get(row.opening_event, {}), numbers.get(row.pk, 0)) for row in rows]


def _matter(row: Case, texts: Mapping[str, object], requests: int) -> OpenMatter:
    return OpenMatter(
        reference=row.reference,
        title=str(texts.get("title") or ""),
        location=str(texts.get("location") or ""),
        state=State(row.state),
        holder=row.holder,
        sent_at=row.sent_at,
        due_at=row.total_due_at,
        requests=requests,
    )

"""Asking what the public may see of single cases: read only, every answer bounded.

Only what its requester agreed to and an officer published is ever returned, and nothing of what
was taken back since, however far the follower has read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from dandang.ledger.queries import last_of_each
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.rules.agreement import Publishing
from dandang.lifecycle.states import State
from dandang.publication.cases.models import ShownCase
from dandang.publication.cases.nearby import areas_near, categories_near
from dandang.publication.cases.numbers import normal_number
from dandang.publication.cases.reading import STILL_PUBLISHED
from dandang.publication.cases.searching import Sought, found_by
from dandang.publication.cases.similarity import Near, ranked

PAGE = 20
FEED = 50
_MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A case as everybody may see it. `requests` is how many people asked for it.

    `reference` is its public number. `case_reference` leads to the case itself, for joining it, and
    is shown to nobody. Codes of area, category and unit may be "". `can_join`: it is open, and no
    complaint about an office, whose own people would read by joining how it goes. Instants are UTC.
    """

    reference: str
    case_reference: str
    title: str
    text: str
    place: str
    area: str
    category: str
    unit: str
    sent_at: datetime
    state: str
    requests: int
    is_open: bool
    can_join: bool
    published_at: datetime
    changed_at: datetime
    stream: bytes = b""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list: that of the last case seen."""

    sent_at: datetime
    case_id: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list; `after` is where the next one begins, None where there is none."""

    cases: tuple[Shown, ...]
    after: Place | None


def shown(reference: str) -> Shown | None:
    """Return the case with this public number as typed; None where nothing of it is published."""
    number = normal_number(reference)
    rows = list(_rows().filter(number=number)) if number else []
    return next(iter(_still_shown(rows)), None)


def listed(sought: Sought, *, after: Place | None = None, limit: int = PAGE) -> Page:
    """Return published cases, the newest first, from the place `after` on.

    Three queries, four where words are searched. A page has fewer than `limit` cases where
    something was taken back a moment ago.
    """
    rows = _rows().filter(found_by(sought))
    if after is not None:
        later = Q(sent_at=after.sent_at, case_id__gte=after.case_id)
        rows = rows.filter(Q(sent_at__lte=after.sent_at) & ~later)
    found = list(rows.order_by("-sent_at", "-case_id")[: limit + 1])
    page = found[:limit]
    more = len(found) > limit
    return Page(
        cases=tuple(_still_shown(page)),
        after=Place(page[-1].sent_at, page[-1].case_id) if more else None,
    )


def changed(sought: Sought, *, limit: int = FEED) -> list[Shown]:
    """Return the published cases with the newest lines in their timelines. Three queries."""
    rows = _rows().filter(found_by(sought)).order_by("-changed_at", "-case_id")
    return _still_shown(list(rows[:limit]))


def similar(text: str, *, area: str = "", category: str = "", limit: int = 5) -> list[Shown]:
    """Return open published cases that may be about the same matter, the likeliest first.

    What was written is compared by the characters and words that few cases have; the same or a
    related area and category count, too; without a text they are the newest nearby. Nothing is
    likely enough to be joined by itself: people decide. Five queries, whatever the number of
    cases.
    """
    near = Near(areas_near(area), categories_near(category))
    order = ranked(text, near, limit=limit)
    rows = {row.case_id: row for row in _rows().filter(case__in=order)}
    return _still_shown([rows[case_id] for case_id in order if case_id in rows])


def unshown_number(area: str, category: str) -> int:
    """Return how many open cases of this area and category there are that nothing is shown of.

    At most `_MOST_COUNTED`; 0 where neither is given. Parts of other cases are not counted.
    """
    if not area and not category:
        return 0
    same = {"area": area, "category": category}
    rows = Case.objects.filter(
        **{name: code for name, code in same.items() if code}, ended_at=None, parent=""
    )
    unshown = rows.exclude(particulars__contains={"publishing": Publishing.PUBLISHED.value})
    return unshown.exclude(state=State.MERGED)[:_MOST_COUNTED].count()


def _rows() -> QuerySet[ShownCase]:
    return ShownCase.objects.defer("found_by")


def _still_shown(rows: Sequence[ShownCase]) -> list[Shown]:
    """Return those of these rows that are published at this moment, in their order. Two queries.

    Neither what was taken back, nor a text that was corrected since. Asked apart from the search,
    which would not be done by its index together with this.
    """
    published = Case.objects.filter(STILL_PUBLISHED, pk__in=[row.case_id for row in rows])
    cases = {case.pk: case for case in published.only("reference", "stream", "particulars")}
    texts = last_of_each([bytes(case.stream) for case in cases.values()], ["text_published"])
    newest = {event.event_id for event in texts.values()}
    return [
        _shown(row, cases[row.case_id])
        for row in rows
        if row.case_id in cases and row.text_event in newest
    ]


def _shown(row: ShownCase, case: Case) -> Shown:
    return Shown(
        reference=row.number,
        case_reference=case.reference,
        title=row.title,
        text=row.text,
        place=row.place,
        area=row.area,
        category=row.category,
        unit=row.unit,
        sent_at=row.sent_at,
        state=row.state,
        requests=row.requests,
        is_open=row.is_open,
        can_join=row.is_open and not case.particulars.get("subject_units"),
        published_at=row.published_at,
        changed_at=row.changed_at,
        stream=bytes(case.stream),
    )

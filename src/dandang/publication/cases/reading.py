"""What the ledger and the cases say of what the public may see: read in batches, as of now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from dandang.ledger.disclosures import Value
from dandang.ledger.queries import StoredEvent, last_of_each, personal_of
from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.rules.agreement import Publishing
from dandang.lifecycle.states import ENDS, State
from dandang.publication.cases.events import PUBLIC_EVENTS
from dandang.publication.cases.numbers import public_number
from dandang.terms.bigrams import vector

PUBLISHED = Q(particulars__contains={"publishing": Publishing.PUBLISHED.value})
"""The cases that are published now, found by the index of their particulars."""
STILL_PUBLISHED = Q(particulars__publishing=Publishing.PUBLISHED.value)
"""The same of cases that were found another way: what is taken back is gone at once."""

_TEXTS = ("title", "text", "place")
_COLUMNS = (
    *("id", "stream", "area", "category", "holder_unit", "state", "sent_at", "particulars"),
)


@dataclass(frozen=True, slots=True)
class Published:
    """A case as the public may see it: what its row holds. `found_by` is written by `vector`."""

    case_id: int
    number: str
    text_event: int
    title: str
    text: str
    place: str
    area: str
    category: str
    unit: str
    state: str
    is_open: bool
    sent_at: datetime
    requests: int
    published_at: datetime
    changed_at: datetime
    found_by: str


def published_among(cases: Iterable[Case]) -> list[Published]:
    """Return those of these cases of which a text is published, and not erased. Four queries."""
    rows = {bytes(case.stream): case for case in cases}
    streams = list(rows)
    texts = last_of_each(streams, ["text_published"])
    written = personal_of([event.event_id for event in texts.values()], _TEXTS)
    changed = last_of_each(streams, sorted(PUBLIC_EVENTS))
    counted = _requests_of(rows.values())
    return [
        _published(rows[stream], event, written[event.event_id], changed[stream], counted)
        for stream, event in texts.items()
        if written.get(event.event_id, {}).get("text")
    ]


def published_cases(streams: Sequence[bytes]) -> list[Case]:
    """Return the cases of these streams that are published now. One query."""
    found = Case.objects.filter(PUBLISHED, stream__in=streams).exclude(state=State.MERGED)
    return list(found.only(*_COLUMNS))


def all_published(after: int, limit: int) -> list[Case]:
    """Return the next published cases by row number, for going through all of them."""
    found = Case.objects.filter(PUBLISHED, id__gt=after).exclude(state=State.MERGED)
    return list(found.only(*_COLUMNS).order_by("id")[:limit])


def _requests_of(cases: Iterable[Case]) -> Mapping[int, int]:
    rows = (
        Request.objects.filter(case__in=[case.pk for case in cases], withdrawn=False, moved=False)
        .values("case")
        .annotate(n=Count("*"))
        .order_by()
    )
    return {row["case"]: row["n"] for row in rows}


def _published(
    case: Case,
    event: StoredEvent,
    texts: Mapping[str, Value],
    changed: StoredEvent,
    counted: Mapping[int, int],
) -> Published:
    title, text, place = (str(texts.get(name) or "") for name in _TEXTS)
    return Published(
        case_id=case.pk,
        number=public_number(bytes(case.stream)),
        text_event=event.event_id,
        title=title,
        text=text,
        place=place,
        area=case.area or "",
        category=case.category or "",
        unit=case.holder_unit,
        state=case.state,
        is_open=State(case.state) not in ENDS,
        sent_at=case.sent_at,
        requests=counted.get(case.pk, 0),
        published_at=event.occurred_at,
        changed_at=changed.occurred_at,
        found_by=vector(f"{title}\n{place}\n{text}"),
    )

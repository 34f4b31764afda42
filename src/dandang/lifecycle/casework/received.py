"""Cases that wait for a dispatcher's decision, by what is due next; read only and bounded."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from dandang.ledger.queries import personal_of
from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.models import Case, Request
from dandang.lifecycle.casework.queries import PAGE
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.wanted import open_to
from dandang.lifecycle.states import State

_SAID = ("title", "text", "location")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue: when the case is due next (None: never), and its row."""

    due_at: datetime | None
    row: int


@dataclass(frozen=True, slots=True)
class Received:
    """A case that waits, with the words of whoever sent it ("" where they were erased)."""

    place: Place
    reference: str
    stream: bytes
    state: CaseState
    title: str
    text: str
    location: str


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A case that waits, as little of it as tells whether others came in with it.

    `words` are title and text where it has no category yet, else "".
    """

    reference: str
    sent_at: datetime
    category: str
    area: str
    words: str


def newcomers(hidden_from: KeptOut, *, limit: int, worded: int) -> list[Newcomer]:
    """Return the newest cases of a known area that wait to be assigned. Two queries.

    Of at most `worded` of those without a category the words are read, the newest ones'; the
    others without one are left out.
    """
    waiting = Case.objects.filter(_waiting(hidden_from)).exclude(area=None).order_by("-id")
    rows = list(
        waiting.values_list("reference", "sent_at", "category", "area", "opening_event")[:limit]
    )
    without = [event for _, _, category, _, event in rows if not category][:worded]
    said = {
        event: "\n".join(str(found.get(name) or "") for name in ("title", "text"))
        for event, found in personal_of(without, ("title", "text")).items()
    }
    return [
        Newcomer(reference, sent_at, category or "", str(area), "" if category else said[event])
        for reference, sent_at, category, area, event in rows
        if category or event in said
    ]


def received(
    hidden_from: KeptOut,
    *,
    state: State = State.RECEIVED,
    limit: int = PAGE,
    after: Place | None = None,
) -> list[Received]:
    """Return the cases that wait in this state, from the place `after` on. Four queries.

    Sorted by what is due next: for a new one the dispatch clock, as long as no other one of it runs
    out before that.
    """
    where = _waiting(hidden_from, state)
    if after is not None:
        where &= _later(after)
    return _read(where, limit)


def received_named(references: Collection[str], hidden_from: KeptOut) -> list[Received]:
    """Return the cases of these references that wait to be assigned. Four queries."""
    return _read(_waiting(hidden_from) & Q(reference__in=references), len(references))


def received_one(reference: str, hidden_from: KeptOut) -> Received | None:
    """Return the case of this reference, if it waits to be assigned. Four queries."""
    return next(iter(_read(_waiting(hidden_from) & Q(reference=reference), 1)), None)


def next_received(hidden_from: KeptOut, after: Place | None) -> str:
    """Return the reference of the first case behind a place in the queue, "" at its end."""
    where = _waiting(hidden_from) & (_later(after) if after else Q())
    found = Case.objects.filter(where).order_by("due_at", "id").values_list("reference", flat=True)
    return found.first() or ""


def place_of(reference: str) -> Place | None:
    """Return where the case of this reference stands, or would stand, in the queue."""
    row = Case.objects.filter(reference=reference).values_list("due_at", "id").first()
    return None if row is None else Place(*row)


def _waiting(hidden_from: KeptOut, state: State = State.RECEIVED) -> Q:
    return Q(state=state, ended_at=None) & open_to(hidden_from)


def _later(after: Place) -> Q:
    if after.due_at is None:
        return Q(due_at=None, id__gt=after.row)
    return Q(due_at__gt=after.due_at) | Q(due_at=after.due_at, id__gt=after.row) | Q(due_at=None)


def _read(where: Q, limit: int) -> list[Received]:
    requests = Prefetch("requests", Request.objects.order_by("number"))
    rows = list(
        Case.objects.filter(where)
        .order_by("due_at", "id")
        .prefetch_related(requests, "clocks")[:limit]
    )
    said = personal_of([row.opening_event for row in rows], _SAID)
    return [_received(row, said.get(row.opening_event, {})) for row in rows]


def _received(row: Case, said: Mapping[str, object]) -> Received:
    title, text, location = (str(said.get(name) or "") for name in _SAID)
    return Received(
        place=Place(row.due_at, row.pk),
        reference=row.reference,
        stream=bytes(row.stream),
        state=row.facts(row.requests.all(), row.clocks.all()),
        title=title,
        text=text,
        location=location,
    )

"""Asking about samples: which were drawn, what is in them, how far they are read; read only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from dandang.ledger.queries import events_of_types, personal_of
from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import titles_of
from dandang.lifecycle.casework.wanted import open_to
from dandang.lifecycle.sampling.models import Draw, Item
from dandang.lifecycle.sampling.rules import Sought
from dandang.lifecycle.states import State
from dandang.organization.queries import present
from dandang.terms import Code, Refusal

MOST_DRAWS = 200
_IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class ListedDraw:
    """A sample, with how many of its cases there are for this reader, and how many are read.

    `cases` and `judged` leave out what is closed to the reader.
    """

    number: int
    sought: Sought
    drawn_at: datetime
    post: str
    frame: int
    cases: int
    judged: int


@dataclass(frozen=True, slots=True)
class WholeDraw:
    """A sample with what it was drawn by. `entry`, `seed` and `frame_digest` are hex."""

    listed: ListedDraw
    upto: int
    entry: str
    seed: str
    frame_digest: str


@dataclass(frozen=True, slots=True)
class ListedItem:
    """A case of a sample. `title` is "" where it was erased.

    `answers` and `right` are "" until it is read. `stream` is its chain in the ledger; `unit` held
    it when it was drawn.
    """

    place: int
    reference: str
    title: str
    end: State
    unit: str
    ended_at: datetime
    answers: str
    right: str
    judged_at: datetime | None
    judged_by: str
    post: str
    stream: bytes


@dataclass(frozen=True, slots=True)
class Tally:
    """What was said of the cases of a sample with one end: how many were read, how many yes."""

    end: State
    cases: int
    judged: int
    answers: int
    right: int


def frame_of(sought: Sought) -> dict[bytes, str]:
    """Return the ledger streams of the cases that are sought, each with the unit of its holder.

    Without history that was imported: nobody here ended it. One query. Refuses `unknown_unit`.
    """
    directory = present().directory
    begins, _ = directory.span_of(sought.first)
    _, ends = directory.span_of(sought.last)
    found = Case.objects.filter(
        ended_at__gte=begins,
        ended_at__lt=ends,
        state__in=[end.value for end in sought.ends],
    ).exclude(end_cause=_IMPORTED)
    if sought.unit:
        root = directory.unit(sought.unit).code
        below = [code for code in directory.units if directory.in_subtree(code, root)]
        found = found.filter(holder_unit__in=below)
    return {bytes(stream): unit for stream, unit in found.values_list("stream", "holder_unit")}


def draws(hidden_from: KeptOut) -> list[ListedDraw]:
    """Return the samples, the newest first, at most `MOST_DRAWS`. One query."""
    return [_listed(row) for row in _counted(hidden_from).order_by("-id")[:MOST_DRAWS]]


def whole_draw(number: int, hidden_from: KeptOut) -> WholeDraw:
    """Return a sample. Refuses `not_found`."""
    row = _counted(hidden_from).filter(pk=number).first()
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    return WholeDraw(_listed(row), row.upto, row.entry, row.seed, row.frame_digest)


def items(
    number: int, hidden_from: KeptOut, *, after: int = 0, limit: int, unread: bool = False
) -> list[ListedItem]:
    """Return the cases of a sample in the order of the draw, from after this place on.

    `unread` leaves out those that were read. Two queries.
    """
    found = _items(hidden_from).filter(draw=number, place__gt=after).select_related("case")
    if unread:
        found = found.filter(judged_at=None)
    rows = list(found.order_by("place")[:limit])
    titles = titles_of(row.case for row in rows)
    return [_item(row, titles) for row in rows]


def item(number: int, place: int, hidden_from: KeptOut) -> ListedItem:
    """Return one case of a sample. Refuses `not_found`, also where it is closed to the reader."""
    found = items(number, hidden_from, after=place - 1, limit=1)
    if not found or found[0].place != place:
        raise Refusal(Code.NOT_FOUND)
    return found[0]


def tallies(number: int, hidden_from: KeptOut) -> list[Tally]:
    """Return what was said of a sample by the end of its cases. One query."""
    read = Q(judged_at__isnull=False)
    rows = (
        _items(hidden_from)
        .filter(draw=number)
        .order_by()
        .values("end")
        .annotate(
            cases=Count("id"),
            judged=Count("id", filter=read),
            answers=Count("id", filter=Q(answers="yes")),
            right=Count("id", filter=Q(right="yes")),
        )
    )
    order = list(State)
    found = [
        Tally(State(row["end"]), row["cases"], row["judged"], row["answers"], row["right"])
        for row in rows
    ]
    return sorted(found, key=lambda one: order.index(one.end))


def words_of(number: int, listed: Sequence[ListedItem]) -> dict[int, str]:
    """Return the words of second readers by the place of the case, without erased ones."""
    places = {one.stream: one.place for one in listed if one.judged_at}
    events = {
        event.event_id: places[event.stream]
        for event in events_of_types(list(places), ["sample_judged"])
        if event.fields.get("draw") == number
    }
    texts = personal_of(list(events), ["text"])
    return {events[event]: str(values["text"]) for event, values in texts.items()}


def _items(hidden_from: KeptOut) -> QuerySet[Item]:
    open_ones = Case.objects.filter(open_to(hidden_from), pk=OuterRef("case"))
    return Item.objects.filter(Exists(open_ones))


def _counted(hidden_from: KeptOut) -> QuerySet[Draw]:
    return Draw.objects.annotate(
        cases=_number(hidden_from, Q()),
        judged=_number(hidden_from, Q(judged_at__isnull=False)),
    )


def _number(hidden_from: KeptOut, only: Q) -> Coalesce:
    mine = _items(hidden_from).filter(only, draw=OuterRef("pk")).order_by().values("draw")
    counted = mine.annotate(n=Count("id")).values_list("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _listed(row: Draw) -> ListedDraw:
    return ListedDraw(
        number=row.pk,
        sought=sought_of(row),
        drawn_at=row.drawn_at,
        post=row.post,
        frame=row.frame,
        cases=row.cases,  # type: ignore[attr-defined]  # annotated by _counted
        judged=row.judged,  # type: ignore[attr-defined]  # annotated by _counted
    )


def sought_of(row: Draw) -> Sought:
    """Return what a sample was drawn from."""
    return Sought(
        first=row.first,
        last=row.last,
        unit=row.unit,
        ends=tuple(State(end) for end in row.ends),
        percent=row.percent,
        number=row.number,
    )


def _item(row: Item, titles: Mapping[int, str]) -> ListedItem:
    return ListedItem(
        place=row.place,
        reference=row.case.reference,
        title=titles.get(row.case.opening_event, ""),
        end=State(row.end),
        unit=row.unit,
        ended_at=row.ended_at,
        answers=row.answers,
        right=row.right,
        judged_at=row.judged_at,
        judged_by=row.judged_by,
        post=row.post,
        stream=bytes(row.case.stream),
    )

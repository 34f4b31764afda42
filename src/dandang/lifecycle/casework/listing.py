"""One page of a worklist, found from its place by the indexes of the rows; read only."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from json import loads
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, TextField, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from dandang.ledger.queries import disclosed, disclosure_of
from dandang.lifecycle.casework.keeping_out import open_in_place
from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.rules.next_step import NextStep, Standing, next_step
from dandang.lifecycle.casework.rules.places import FIRST, Beside, Place, Shown, shown
from dandang.lifecycle.casework.statements import Statement, ask, statement_of
from dandang.lifecycle.casework.wanted import Wanted, where
from dandang.lifecycle.states import Outcome, State, Turn, turn

PAGE = 50
_MOST_PARTS = 8
"""So many posts or units are asked for one by one, each along its index, and put together."""

_MOST_KEPT = 1024
_COLUMNS = (
    *("id", "due_at", "reference", "holder", "category", "area", "case_class", "policy"),
    *("channel", "sent_at", "due_clock", "hand_overs", "seq"),
)
"""What a `Line` begins with, in its order."""
_AS_THEY_ARE = len(_COLUMNS)
_HAS_RESPONDED = ExpressionWrapper(Q(first_response_at__isnull=False), BooleanField())


class Line(NamedTuple):
    """One case of a worklist. `title` is "" where it was erased; `seq` counts its entries."""

    id: int
    due_at: datetime | None
    reference: str
    holder: str
    category: str | None
    area: str | None
    case_class: str
    policy: str
    channel: str
    sent_at: datetime
    due_clock: str
    hand_overs: int
    seq: int
    title: str
    state: State
    outcome: Outcome | None
    turn: Turn
    next_step: NextStep

    @property
    def place(self) -> Place:
        """Where it stands in a list by due time."""
        return Place(self.due_at, self.id)


def page(
    wanted: Wanted, now: datetime, beside: Beside = FIRST, *, limit: int = PAGE, titled: bool = True
) -> Shown[Line]:
    """Return a page of a worklist, with the titles of its cases or without: one query.

    The present in what is wanted may be `NOW`. Cases stand in the order of what is due first,
    those without a due time last, by number.
    """
    write = _kept if beside == FIRST else _written
    rows = ask(write(wanted, beside, limit + 1, titled), now)
    titles = disclosed([row[-1] for row in rows])
    lines = [_line(row, title or "") for row, title in zip(rows, titles, strict=True)]
    return shown(lines, beside, limit)


def nearest(
    wanted: Wanted, now: datetime, beside: Beside = FIRST, *, limit: int = PAGE, titled: bool = True
) -> Shown[Line]:
    """Return a page, or the first one where there are no rows beside that place.

    A page that would begin before the first row is the first page, whole.
    """
    part = page(wanted, now, beside, limit=limit, titled=titled)
    went_back = beside.before is not None and beside.after is None
    if beside != FIRST and (not part.rows or (went_back and not part.has_earlier)):
        return page(wanted, now, limit=limit, titled=titled)
    return part


def lines(wanted: Wanted, now: datetime, *, at_once: int, most: int) -> Iterator[Line]:
    """Yield the first cases of a worklist without their titles, page by page."""
    beside = FIRST
    while most > 0:
        found = page(wanted, now, beside, limit=min(at_once, most), titled=False)
        yield from found.rows
        if not found.has_later:
            return
        most -= len(found.rows)
        beside = Beside(after=found.rows[-1].place)


def _written(wanted: Wanted, beside: Beside, limit: int, titled: bool) -> Statement:  # noqa: FBT001 a key of what is kept
    return statement_of(_found(wanted, beside, limit, titled=titled))


_kept = lru_cache(maxsize=_MOST_KEPT)(_written)


def _found(
    wanted: Wanted, beside: Beside, limit: int, *, titled: bool
) -> QuerySet[Case, tuple[Any, ...]]:
    backwards = beside.before is not None and beside.after is None
    order = ("-due_at", "-id") if backwards else ("due_at", "id")
    title = disclosure_of("opening_event", "title") if titled else Value(None, TextField())
    found = [
        Case.objects.filter(_in_place(part), near)
        .order_by(*order)
        .values_list(*_COLUMNS, "state", "outcome", "particulars", _HAS_RESPONDED, title)[:limit]
        for part in _parts(wanted)
        for near in _ranges(beside)
    ]
    if len(found) == 1:
        return found[0]
    return found[0].union(*found[1:], all=True).order_by(*order)[:limit]


def _parts(wanted: Wanted) -> list[Wanted]:
    if 1 < len(wanted.posts) <= _MOST_PARTS:
        return [replace(wanted, posts=(post,)) for post in wanted.posts]
    if not wanted.posts and 1 < len(wanted.units) <= _MOST_PARTS:
        return [replace(wanted, units=(unit,)) for unit in wanted.units]
    return [wanted]


def _in_place(wanted: Wanted) -> Q:
    return where(replace(wanted, hidden_from=None)) & open_in_place(wanted.hidden_from)


def _ranges(beside: Beside) -> list[Q]:
    """Return the conditions that together mean one side of a place; each follows the index."""
    if beside.after is not None:
        place, undated = beside.after, Q(due_at=None)
        if place.due_at is None:
            return [undated & Q(id__gt=place.id)]
        return [Q(TupleGreaterThan(Tuple("due_at", "id"), (place.due_at, place.id))), undated]
    if beside.before is not None:
        place = beside.before
        if place.due_at is None:
            return [Q(due_at=None, id__lt=place.id), Q(due_at__isnull=False)]
        return [Q(TupleLessThan(Tuple("due_at", "id"), (place.due_at, place.id)))]
    return [Q()]


def _line(row: tuple[Any, ...], title: str) -> Line:
    state, outcome, particulars, has_responded, _ = row[_AS_THEY_ARE:]
    standing = _standing(state, outcome, particulars, has_responded)
    return Line._make((*row[:_AS_THEY_ARE], title, *standing))


@lru_cache(maxsize=_MOST_KEPT)  # nearly all cases stand like many others
def _standing(
    state: str,
    outcome: str,
    particulars: str,
    has_responded: bool,  # noqa: FBT001 a key of what is kept
) -> tuple[State, Outcome | None, Turn, NextStep]:
    known = loads(particulars)
    asked = known.get("asked")
    standing = Standing(
        State(state),
        Outcome(outcome) if outcome else None,
        known,
        asked["what"] if asked else "",
        has_responded,
        "look_back_until" in known,
    )
    whose = turn(standing.state, standing.outcome)
    return standing.state, standing.outcome, whose, next_step(standing)

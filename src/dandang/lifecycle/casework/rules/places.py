"""Places in a list by due time, and which rows a page beside such a place shows. Pure.

A page begins after the last row of the one before it (or ends before the first of the one after
it) rather than at a number, so that cases that come and go move no row out of sight, and the
thousandth page costs what the first does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, Protocol, TypeVar

from typing_extensions import override

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNDATED = "none"
_MOST_DIGITS = 18
_MOST_MICROSECONDS = 10**17


class Listed(Protocol):
    """A row with a place."""

    @property
    def place(self) -> "Place": ...


L = TypeVar("L", bound=Listed)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case stands in a list by due time; those without one come last, by their number."""

    due_at: datetime | None
    id: int

    @override
    def __str__(self) -> str:
        """Return the place as it stands in an address."""
        due = _UNDATED if self.due_at is None else str((self.due_at - _EPOCH) // _MICROSECOND)
        return f"{due}_{self.id}"

    def __lt__(self, other: "Place") -> bool:
        return self._key < other._key

    @property
    def _key(self) -> tuple[bool, datetime, int]:
        return self.due_at is None, self.due_at or _EPOCH, self.id


def parse_place(typed: str) -> Place | None:
    """Return the place that stands in an address; None for anything else."""
    due, _, number = typed.partition("_")
    if not _fits(number) or (due != _UNDATED and not _fits(due.removeprefix("-"))):
        return None
    if due == _UNDATED:
        return Place(None, int(number))
    microseconds = int(due)
    if abs(microseconds) > _MOST_MICROSECONDS:
        return None
    return Place(_EPOCH + microseconds * _MICROSECOND, int(number))


@dataclass(frozen=True, slots=True)
class Beside:
    """Which page is wanted: the rows after a place, those before one, or without both the first."""

    after: Place | None = None
    before: Place | None = None


FIRST = Beside()


@dataclass(frozen=True, slots=True)
class Shown(Generic[L]):
    """The rows of a page in their order, and whether there are others before and after them."""

    rows: tuple[L, ...]
    has_earlier: bool
    has_later: bool


def shown(found: Sequence[L], beside: Beside, limit: int) -> Shown[L]:
    """Return the page, of up to one row more than it shows, found from its place onwards.

    Rows before a place are found backwards, the nearest first.
    """
    more = len(found) > limit
    rows = tuple(found[:limit])
    if beside.before is not None and beside.after is None:
        return Shown(rows[::-1], has_earlier=more, has_later=True)
    return Shown(rows, has_earlier=beside.after is not None, has_later=more)


def _fits(digits: str) -> bool:
    return digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS

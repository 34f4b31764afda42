"""Where the register of duties leaves room for dispute, as seen in practice."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Leads = Callable[[str, str | None], Sequence[str]]
"""Returns the posts that lead a category in an area today, with equal rank."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What happened to the cases of a category in an area (None: an unknown one).

    `placed` were placed by a person or at the fallback post, `disputes` raised or decided,
    `returns` given back as somebody else's duty.
    """

    category: str
    area: str | None
    placed: int = 0
    disputes: int = 0
    returns: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """A place of the register to look at: who leads there, and what was seen.

    Nobody leads, or several do, or one does whom others disagree with.
    """

    seen: Seen
    leads: tuple[str, ...]

    @property
    def times(self) -> int:
        """How often it showed: what the order of the list goes by."""
        placed = 0 if len(self.leads) == 1 else self.seen.placed
        return placed + self.seen.disputes + self.seen.returns


def gaps(seen: Iterable[Seen], leads: Leads) -> list[Gap]:
    """Return the places where the register says nothing, too much, or what units disagree with.

    The one that showed most often goes first, then by category and area. Where one post leads,
    cases that a person placed nevertheless are no gap.
    """
    found = (Gap(one, tuple(leads(one.category, one.area))) for one in seen)
    return sorted(
        (one for one in found if one.times),
        key=lambda one: (-one.times, one.seen.category, one.seen.area or ""),
    )

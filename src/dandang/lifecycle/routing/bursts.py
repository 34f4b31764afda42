"""Requests of one kind that came in together: perhaps one incident."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request, when it was sent (aware), and the category and area it is of."""

    reference: str
    sent_at: datetime
    category: str
    area: str


@dataclass(frozen=True, slots=True)
class Burst:
    """Requests of one category and area within one window, the oldest first."""

    category: str
    area: str
    arrivals: tuple[Arrival, ...]


def bursts(arrivals: Iterable[Arrival], window: timedelta, *, least: int) -> list[Burst]:
    """Return where at least so many came in within a window; the fullest window of each kind."""
    kinds: dict[tuple[str, str], list[Arrival]] = defaultdict(list)
    for one in arrivals:
        kinds[one.category, one.area].append(one)
    found = [
        Burst(category, area, _fullest(together, window))
        for (category, area), together in sorted(kinds.items())
    ]
    return [one for one in found if len(one.arrivals) >= least]


def _fullest(together: list[Arrival], window: timedelta) -> tuple[Arrival, ...]:
    together.sort(key=lambda one: one.sent_at)
    begin, best = 0, slice(0, 0)
    for end, last in enumerate(together, start=1):
        while last.sent_at - together[begin].sent_at > window:
            begin += 1
        if end - begin > best.stop - best.start:
            best = slice(begin, end)
    return tuple(together[best])

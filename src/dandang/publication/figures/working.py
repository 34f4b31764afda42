"""Keeping the figures up: what a worker does again and again, and how far it is."""

from dataclasses import dataclass
from datetime import datetime
from time import monotonic, sleep

from dandang.ledger.queries import last_index
from dandang.publication.figures.building import begin, clear_once, fill_once, is_wanted
from dandang.publication.figures.following import follow_once, let_time_pass
from dandang.publication.figures.models import Build
from dandang.publication.figures.showing import is_behind, show_once

_REST_FACTOR = 20
"""Making figures fit to be shown takes at most so small a part of the time (one in so many)."""
_LONGEST_REST_SECONDS = 1.0


class Keeping:
    """Does the next piece of whatever is to be done; several processes may."""

    def __init__(self) -> None:
        self._shows_at = 0.0

    def go(self, now: datetime) -> int:
        """Return how many things were done at `now` (aware): 0 when there is nothing left."""
        if is_wanted():
            begin()
        done = follow_once(now=now) or let_time_pass(now=now)
        if done:
            return done
        if fill_once(now=now) is not None:
            return 1
        return clear_once() or self._show(now)

    def _show(self, now: datetime) -> int:
        if not is_behind(now=now):
            return 0
        if (left := self._shows_at - monotonic()) > 0:
            sleep(min(left, _LONGEST_REST_SECONDS))
            return 1
        began = monotonic()
        changed = show_once(now=now)
        self._shows_at = monotonic() + _REST_FACTOR * (monotonic() - began)
        return changed


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the figures are: events of the log not counted yet, and of when they are.

    `at` is None before anything was counted; `is_rebuilding` while everything is counted anew.
    """

    behind: int
    at: datetime | None
    is_rebuilding: bool


def standing() -> Standing:
    """Return how far the figures are behind the log."""
    builds = {build.state: build for build in Build.objects.exclude(state=Build.OLD)}
    current = builds.get(Build.CURRENT)
    idx = current.idx if current else -1
    return Standing(
        behind=last_index() - idx,
        at=current.at if current else None,
        is_rebuilding=Build.FILLING in builds,
    )

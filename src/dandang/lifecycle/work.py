"""Doing what is due: the door through which time acts on cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic, sleep

from dandang.lifecycle.casework.actions.failing import PASSING
from dandang.lifecycle.casework.models import Clock
from dandang.lifecycle.escalation.actions.fire import (
    ByVerb,
    Fired,
    fire_batch,
    next_due,
    set_aside,
)
from dandang.lifecycle.perform import perform
from dandang.terms import Actor, Refusal

BATCH = 500
BEGINNING = datetime(1990, 1, 1, tzinfo=UTC)
"""Before every due time: a sweep from here misses nothing."""
SWEEP_SECONDS = 30.0
PATIENCE_SECONDS = 5.0
"""How long somebody who is at work on a case is waited for while time is made to pass."""
_WAIT_SECONDS = 0.02


@dataclass(slots=True)
class Worked:
    """What was done: clocks that fired, clocks set aside, and how late the latest was (seconds).

    `until` is the due time up to which everything was dealt with (None: nothing was due).
    """

    fired: int = 0
    aside: int = 0
    late: float = 0.0
    until: datetime | None = None

    def add(self, batch: Fired) -> None:
        """Count a batch in."""
        self.fired += batch.fired
        self.aside += batch.aside
        self.late = max(self.late, batch.late)
        self.until = batch.until or self.until


def fire_due(now: datetime, *, limit: int = BATCH, since: datetime = BEGINNING) -> Worked:
    """Fire one batch of clocks that are due by `now` (aware), not before `since`.

    What happens, happens at `now`; that it was due before says how late. Cases that somebody else
    works on are left for later.
    """
    worked = Worked()
    worked.add(_batch(now, limit, since))
    return worked


def fire_until(
    until: datetime,
    *,
    begins: datetime = BEGINNING,
    tell: Callable[[Worked], None] | None = None,
) -> Worked:
    """Fire everything due up to `until` (aware), each clock at the very time it was due.

    In the order of the due times, so that it makes no difference in how many goes it is done. For
    a time that is not the real one. `begins` is its present: a clock that was set to a time gone
    by fires then, because nothing happens in the past. `tell` is told the state of things after
    every instant. Somebody who is at work on a case is waited for.

    Raises TimesNotOurs.
    """
    worked, at = Worked(), begins
    while (due := next_due()) is not None and due <= until:
        at = max(at, due)
        worked.add(_patiently(at, due))
        worked.until = at
        if tell is not None:
            tell(worked)
    return worked


class Firing:
    """A worker's way of firing: batch after batch, without looking where it has been.

    It starts each batch where the last one ended, and from time to time from the beginning: for
    cases that were locked when it came by, and for clocks that were set to a time gone by.
    """

    def __init__(self) -> None:
        self._since = BEGINNING
        self._swept = float("-inf")

    def go(self, now: datetime, *, limit: int = BATCH) -> Worked:
        """Fire one batch of clocks that are due by `now` (aware); see `fire_due`."""
        if monotonic() - self._swept >= SWEEP_SECONDS:
            self._since, self._swept = BEGINNING, monotonic()
        worked = fire_due(now, limit=limit, since=self._since)
        self._since = worked.until or self._since
        return worked


class TimesNotOurs(RuntimeError):
    """Somebody else holds the same cases for long while time is made to pass."""


def _patiently(at: datetime, due: datetime) -> Fired:
    """Fire what is due from `due` until `at`, when nobody else is at work on all of it."""
    gives_up = monotonic() + PATIENCE_SECONDS
    while not (batch := _batch(at, None, due)).claimed:
        if monotonic() >= gives_up:
            raise TimesNotOurs(due)
        sleep(_WAIT_SECONDS)
    return batch


def _batch(now: datetime, limit: int | None, since: datetime) -> Fired:
    fired = fire_batch(now, limit=limit, since=since)
    for one in fired.by_verb:
        if _by_verb(one, now):
            fired.fired += 1
            if one.due.at is not None:
                fired.late = max(fired.late, (now - one.due.at).total_seconds())
        else:
            fired.aside += 1
    return fired


def _by_verb(one: ByVerb, now: datetime) -> bool:
    """Let the system do a verb at the end of a clock; say whether nothing went wrong."""
    try:
        perform(one.verb, one.reference, {}, by=Actor.system(), now=now)
    except PASSING:
        raise
    except Exception as error:  # noqa: BLE001 whatever it is, the others go on
        if isinstance(error, Refusal) and not _still_due(one):
            # Somebody acted in between: there is nothing left to do.
            return True
        set_aside(one.case_id, one.due, error, now)
        return False
    return True


def _still_due(one: ByVerb) -> bool:
    running = Clock.objects.filter(case=one.case_id, name=one.due.clock, paused=False, missed=False)
    return one.due.at is not None and running.filter(due_at=one.due.at).exists()

"""Counting all cases from the beginning, beside the figures that are read meanwhile.

A new build goes through the rows of all cases, page by page, then follows the ledger from where it
stood when it was begun; when it has caught up, it takes the place of the current one in one
transaction. Killed at any point, it goes on from the last page. Events that a page has read ahead
of their index change nothing when they are followed.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from dandang.ledger.queries import StoredEvent, events_of_each, last_index
from dandang.lifecycle.casework.models import Case
from dandang.publication.figures import store
from dandang.publication.figures.following import (
    BATCH,
    change,
    follow_in,
    let_time_pass_in,
    locked,
    places_or_none,
)
from dandang.publication.figures.models import Build
from dandang.publication.figures.reading import cases_after
from dandang.publication.figures.rules.contribution import READ, Places
from dandang.publication.figures.rules.ground import ground_of
from dandang.publication.figures.showing import show_once

PAGE = 5000
_CLEARED = 20_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: rows of cases gone through, of how many; `done` when it is current."""

    gone_through: int
    of: int
    done: bool = False


def is_wanted() -> bool:
    """Say whether everything has to be counted anew: for the first time, or by other rules."""
    known = places_or_none()
    if known is None:
        return False
    ground = Build.objects.filter(state=Build.CURRENT).values_list("ground", flat=True).first()
    return ground != ground_of(known)


def is_filling() -> bool:
    """Say whether a build is being filled."""
    return Build.objects.filter(state=Build.FILLING).exists()


def number_of_cases() -> int:
    """Return how many rows of cases there are, about."""
    return int(Case.objects.aggregate(last=Max("id"))["last"] or 0)


def begin(*, anew: bool = False) -> bool:
    """Begin a build where none is being filled, or with `anew` in place of the one that is.

    Return whether one is being filled now; not so without an organisation, when there is nothing
    to count.
    """
    known = places_or_none()
    if known is None:
        return False
    ground = ground_of(known)
    with transaction.atomic():
        build = Build.objects.select_for_update().filter(state=Build.FILLING).first()
        if build is not None and (anew or build.ground != ground):
            build.state = Build.OLD
            build.save(update_fields=["state"])
            build = None
        if build is None:
            Build.objects.get_or_create(
                state=Build.FILLING, defaults={"ground": ground, "idx": last_index()}
            )
    return True


def fill_once(*, now: datetime, page: int = PAGE) -> Progress | None:
    """Do the next piece of the build that is being filled; None where there is none to be done.

    `now` is aware. None, too, when another process is at it.
    """
    known = places_or_none()
    if known is None:
        return None
    with transaction.atomic():
        build = locked(Build.FILLING)
        if build is None or build.ground != ground_of(known):
            return None
        if build.place is not None:
            return _go_through(build, known, now, page)
        if _catch_up(build, known, now):
            return _progress(build)
        if build.at is not None:
            return _take_over(build, known, now)
    show_once(Build.FILLING, now=now)
    return _progress(build)


def clear_once() -> int:
    """Delete some of what belongs to builds that nobody reads any more; return how much."""
    with transaction.atomic():
        build = locked(Build.OLD)
        if build is None:
            return 0
        with connection.cursor() as cursor:
            for table in ("figures_case", "figures_cell"):
                cursor.execute(
                    f"DELETE FROM {table} WHERE ctid = ANY(ARRAY("  # noqa: S608 names of ours
                    f"SELECT ctid FROM {table} WHERE build = %s LIMIT %s))",
                    [build.id, _CLEARED],
                )
                if cursor.rowcount:
                    return int(cursor.rowcount)
        build.delete()
        return 1


def _go_through(build: Build, known: Places, now: datetime, page: int) -> Progress:
    assert build.place is not None
    rows = cases_after(build.place, limit=page)
    facts = {stream: case for _, stream, case in rows}
    events: dict[bytes, list[StoredEvent]] = defaultdict(list)
    for event in events_of_each(list(facts), sorted(READ)):
        events[event.stream].append(event)
    cases, cells = change({}, facts, events, known, now)
    store.save(build.id, cases)
    store.add_to_cells(build.id, cells)
    build.place = rows[-1][0] if len(rows) == page else None
    build.save(update_fields=["place"])
    return _progress(build)


def _progress(build: Build, *, done: bool = False) -> Progress:
    last = number_of_cases()
    return Progress(last if build.place is None else build.place, last, done)


def _catch_up(build: Build, known: Places, now: datetime) -> int:
    return follow_in(build, known, now=now, limit=BATCH) or let_time_pass_in(
        build, known, now=now, limit=BATCH
    )


def _take_over(build: Build, known: Places, now: datetime) -> Progress:
    """Make a build the current one. Readers have the old one or this one, never none."""
    before = Build.objects.select_for_update().filter(state=Build.CURRENT).first()
    while _catch_up(build, known, now):  # what came while we waited for the lock
        pass
    if before is not None:
        before.state = Build.OLD
        before.save(update_fields=["state"])
    build.state = Build.CURRENT
    build.save(update_fields=["state"])
    return _progress(build, done=True)

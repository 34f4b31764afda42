"""Looking for whatever is due to be looked for, each thing by one worker at a time."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from dandang.lifecycle.casework.actions.failing import name_of
from dandang.lifecycle.intake.actions import InForce, in_force
from dandang.lifecycle.watching.actions.findings import look_for_holes, look_for_starving
from dandang.lifecycle.watching.actions.surges import look_for_surges
from dandang.lifecycle.watching.actions.turn import Looked, Turn
from dandang.lifecycle.watching.models import Watch
from dandang.lifecycle.watching.rules import Watched, next_look
from dandang.terms import Refusal

_LOOKS: Mapping[Watched, Callable[[Turn], None]] = MappingProxyType(
    {
        Watched.SURGES: look_for_surges,
        Watched.ROSTERS: look_for_holes,
        Watched.STARVING: look_for_starving,
    }
)
_LOG = logging.getLogger(__name__)


def look(now: datetime) -> Looked:
    """Look for everything that is due to be looked for by `now` (aware), and set its next time.

    Any number of workers may look at once: each thing is looked for by one of them, in one
    transaction with what comes of it. A time that was missed is made up for once. Before a body has
    an organization and a policy there is nothing to look for.
    """
    looked = Looked()
    try:
        under = in_force()
    except Refusal:
        return looked
    for name in _due(now):
        looked.add(_look_for(name, under, now))
    return looked


def next_look_at() -> datetime | None:
    """Return when something is looked for next; None where nothing ever was."""
    return Watch.objects.order_by("due_at").values_list("due_at", flat=True).first()


def _due(now: datetime) -> list[Watched]:
    """Return what is due, and begin with what was never looked for."""
    times = dict(Watch.objects.values_list("name", "due_at"))
    new = [Watch(name=name.value, due_at=now) for name in Watched if name not in times]
    if new:
        Watch.objects.bulk_create(new, ignore_conflicts=True)
    return [name for name in Watched if times.get(name, now) <= now]


@transaction.atomic
def _look_for(name: Watched, under: InForce, now: datetime) -> Looked:
    claimed = Watch.objects.select_for_update(skip_locked=True)
    watch = claimed.filter(name=name.value, due_at__lte=now).first()
    if watch is None:
        return Looked()
    looked = Looked()
    try:
        with transaction.atomic():
            _LOOKS[name](Turn(watch, under, now, looked))
    except Exception as error:  # noqa: BLE001 whatever it is, the rest is looked for
        watch.refresh_from_db()
        watch.error = name_of(error)
        _LOG.error("could not look for %s: %s", name.value, watch.error)
        looked = Looked(failed=[name.value])
    else:
        watch.error = ""
    watch.due_at = next_look(name, now, under.directory.body.time_zone)
    watch.save()
    return looked

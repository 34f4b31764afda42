"""The next working day of the city: what is told goes on, and then its time stands still again."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction

from dandang.demo import memory, planted
from dandang.demo.arrivals import Season
from dandang.demo.building import BEGINNING, NOW, ZONE, sequence
from dandang.demo.marker import remember, remembered
from dandang.demo.simulation import simulation
from dandang.ledger.queries import size
from dandang.organization.actions.training import freeze_time, lock_time


class NoCity(LookupError):
    """The database holds no demonstration city that could go on."""


@dataclass(frozen=True, slots=True)
class Advanced:
    """The present of the city (aware) and how many events were added to come there."""

    now: datetime
    events: int


def advance(seen: datetime | None = None) -> Advanced:
    """Let the next working day happen, through the real actions, up to the same time of the day.

    `seen` is the present from which to go on: where the city is at another one by now, nothing
    happens, so that a button pressed twice moves it once. All of the day happens, or nothing.

    Raises NoCity.
    """
    database = connection.settings_dict["NAME"]
    city = remembered(database)
    if city is None:
        raise NoCity
    with transaction.atomic():
        frozen = lock_time()
        if frozen is None:
            raise NoCity
        now = frozen.astimezone(ZONE)
        if seen is not None and seen != now:
            return Advanced(now, 0)
        before = size()
        played = simulation(Season(BEGINNING, NOW, city.cases, city.seed), city.language)
        known = memory.load(database, now, played.player)
        then = played.player.hours.workday(now, 1)
        played.go_on(now, then, known)
        freeze_time(then)
        memory.save(database, then, played.player)
        events = size() - before
    memory.forget(database, now)
    planted.write(database, played, then)
    requests = city.requests + played.player.requests
    remember(database, replace(city, requests=requests, events=before + events))
    sequence(then)
    return Advanced(then, events)

"""How many requests come when, and how: by weekday, hour and channel. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from dandang.workdays import WorkCalendar

_WEEKDAYS = (1.3, 1.1, 1.0, 1.0, 0.95, 0.9, 0.9)
_DAY_OFF = 0.45
_SPREAD = 8.0  # of the gamma that makes days differ: its standard deviation is 35 %

_CHANNELS = {"phone": 47, "web": 40, "counter": 9, "letter": 4}
_OFFICE_ONLY = frozenset({"counter", "letter"})
_OFFICE = (*[0] * 9, 5, 6, 4, 0, 3, 5, 5, 4, 2, *[0] * 6)
_HOURS: Mapping[str, tuple[int, ...]] = {
    "phone": (1, 1, 0, 0, 0, 1, 2, 5, 9, 12, 11, 9, 5, 6, 9, 9, 8, 7, 6, 6, 6, 4, 2, 1),
    "web": (2, 1, 0, 0, 0, 1, 2, 4, 6, 6, 6, 6, 8, 6, 5, 5, 5, 6, 8, 10, 12, 11, 8, 4),
    "counter": _OFFICE,
    "letter": _OFFICE,
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request to come: its key, when (aware) and how."""

    key: str
    at: datetime
    channel: str


@dataclass(frozen=True, slots=True)
class Season:
    """From the first moment to the present (both aware), and how many requests come in between."""

    begins: datetime
    now: datetime
    cases: int
    seed: int


def arrivals(
    season: Season, calendar: WorkCalendar, since: datetime, until: datetime
) -> Iterator[Arrival]:
    """Yield the requests that come after `since`, up to `until`; the same ones every time.

    Up to the season's present they are exactly as many as it says; then they go on alike. The two
    ends must be the season's own, or midnights, or the time of day of its present.
    """
    counted = 0.0
    rate = season.cases / _weight(season, calendar)
    for begins, ends in _stretches(season, until):
        before = int(counted + 0.5)
        counted += rate * _busy(season.seed, begins, ends, calendar)
        if begins < since:
            continue
        rng = Random(f"{season.seed}/{begins.isoformat()}")  # noqa: S311 a story, not a secret
        for number in range(int(counted + 0.5) - before):
            yield _arrival(f"{begins:%Y%m%d.%H}.{number}", begins, ends, rng, calendar)


def _weight(season: Season, calendar: WorkCalendar) -> float:
    stretches = _stretches(season, season.now)
    return sum(_busy(season.seed, begins, ends, calendar) for begins, ends in stretches)


def _stretches(season: Season, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the days, each cut at the time of day of the present."""
    begins = season.begins
    cut = season.now.timetz()
    while begins < until:
        midnight = datetime.combine(begins.date() + timedelta(days=1), time(), begins.tzinfo)
        middle = datetime.combine(begins.date(), cut)
        ends = middle if begins < middle else midnight
        yield begins, ends
        begins = ends


def _busy(seed: int, begins: datetime, ends: datetime, calendar: WorkCalendar) -> float:
    """Return how busy a stretch is; 1 is an ordinary Wednesday."""
    hours = range(begins.hour, ends.hour if ends.date() == begins.date() else 24)
    curve = _HOURS["phone"]
    return _factor(seed, begins.date(), calendar) * sum(curve[h] for h in hours) / sum(curve)


def _factor(seed: int, day: date, calendar: WorkCalendar) -> float:
    noise = _noise(seed, day)
    if calendar.is_working_day(day, provisional_ok=True):
        return noise * _WEEKDAYS[day.weekday()]
    return noise * _DAY_OFF


@cache
def _noise(seed: int, day: date) -> float:
    rng = Random(f"{seed}/{day}/busy")  # noqa: S311 a story, not a secret
    return rng.gammavariate(_SPREAD, 1 / _SPREAD)


def _arrival(
    key: str, begins: datetime, ends: datetime, rng: Random, calendar: WorkCalendar
) -> Arrival:
    off = not calendar.is_working_day(begins.date(), provisional_ok=True)
    names = [name for name in _CHANNELS if not (off and name in _OFFICE_ONLY)]
    while True:
        channel = rng.choices(names, [_CHANNELS[name] for name in names])[0]
        hour = rng.choices(range(24), _HOURS[channel])[0]
        at = begins.replace(
            hour=hour, minute=rng.randrange(60), second=rng.randrange(60), microsecond=0
        )
        if begins <= at < ends:
            return Arrival(key, at, channel)

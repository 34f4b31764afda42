"""Fills in what a story could not know: references, posts and instants, when a step is played."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from dandang.demo.everyday import tables
from dandang.demo.moments import Hours
from dandang.demo.played import Played
from dandang.demo.stories import Value
from dandang.lifecycle.casework.queries import find, history
from dandang.organization.directory import Directory, DutyType
from dandang.organization.queries import current_policy


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when a step is played at an instant."""

    directory: Directory
    hours: Hours
    stories: Mapping[str, Played]
    played: Played
    at: datetime


def filled(values: Mapping[str, Value], known: Known) -> dict[str, object]:
    """Return the values with every word that begins with "@" filled in.

    `@holder` the holding post · `@another` a post that might be thought responsible, the same one
    each time · `@reference:KEY` the reference of another story · `@in:HOURS` so many working hours
    from now · `@now` this instant · `@seq:EVENT` the number of the latest event of that type in
    the case.
    """
    return {name: _fill(value, known) for name, value in values.items()}


def _fill(value: Value, known: Known) -> object:
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    name, _, argument = value[1:].partition(":")
    return _FILLINGS[name](known, argument)


def _holder(known: Known, _argument: str) -> str:
    return known.played.holder


def _another(known: Known, _argument: str) -> str:
    played = known.played
    if not played.target or played.target == played.holder:
        posts = _possible(known)
        played.target = posts[played.turn % len(posts)]
    return played.target


def _possible(known: Known) -> list[str]:
    played, directory = known.played, known.directory
    unit = directory.post(played.holder).unit
    wanted = tables()["neighbours"].get(unit) or tables()["dispatch"][""]
    path = _path(played.story.category)
    day = directory.local_day(known.at)
    possible = []
    for code in wanted:
        post = directory.post(code)
        duty = directory.duty_of(post.unit, path, played.story.area or None, day) if path else None
        if code != played.holder and (duty is None or duty.type is DutyType.LEAD):
            possible.append(code)
    return possible or [directory.fallback_post().code]


def _path(category: str) -> tuple[str, ...]:
    return current_policy().category_path(category) if category else ()


def _reference(known: Known, argument: str) -> str:
    return known.stories[argument].reference


def _in(known: Known, argument: str) -> str:
    return known.hours.office(known.at, float(argument)).isoformat()


def _now(known: Known, _argument: str) -> str:
    return known.at.isoformat()


def _seq(known: Known, argument: str) -> int:
    events = history(find(known.played.reference).stream)
    return max(event.seq for event, _ in events if event.type == argument)


_FILLINGS: Mapping[str, Callable[[Known, str], object]] = {
    "holder": _holder,
    "another": _another,
    "reference": _reference,
    "in": _in,
    "now": _now,
    "seq": _seq,
}

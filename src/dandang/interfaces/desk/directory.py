"""The directory for every officer: units, their posts, who is there now, and under which phone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.shared.words.names import name
from dandang.interfaces.shared.words.times import moment
from dandang.organization.directory import Directory, Post, Unit

MOST = 100
_LEVELS = 2
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post, the unit it belongs to, who is in it at this moment, and its phone."""

    unit: str
    unit_code: str
    name: str
    people: str
    phone: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the tree: `depth` below the one that is shown, `below` units right below it."""

    code: str
    name: str
    below: int
    depth: int = 0


@require_safe
@for_officers
def show_directory(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Show a unit with its posts and the units below it, or what a search found."""
    known = officer.directory
    text = request.GET.get("text", "").strip()[:_LONGEST]
    unit = known.units.get(request.GET.get("unit", ""))
    if unit is not None and unit.ended is not None:
        unit = None
    below = _below(known)
    if text:
        units = [UnitLine(one.code, name(one), len(below[one.code])) for one in _named(known, text)]
        posts = list(_matching(known, text))
    else:
        units = list(_branch(below, unit.code if unit else None, 0))
        posts = list(known.posts_in(unit.code)) if unit else _posts_of(known, below[None])
    context = {
        "here": "directory",
        "text": text,
        "unit": name(unit) if unit else "",
        "above": [(code, name(known.units[code])) for code in _above(known, unit)],
        "units": units[:MOST],
        "posts": [_line(one, officer) for one in posts[:MOST]],
        "more": max(0, len(posts) - MOST) + max(0, len(units) - MOST),
        "as_of": moment(officer.now, officer.now),
    }
    return render(request, "desk/directory.html", context)


def _below(known: Directory) -> dict[str | None, list[Unit]]:
    found: dict[str | None, list[Unit]] = defaultdict(list)
    for unit in _units(known):
        found[unit.parent].append(unit)
    return found


def _branch(
    below: dict[str | None, list[Unit]], parent: str | None, depth: int
) -> Iterator[UnitLine]:
    """Yield the units below one, each before those below it, two levels deep."""
    for unit in below[parent]:
        yield UnitLine(unit.code, name(unit), len(below[unit.code]), depth)
        if depth + 1 < _LEVELS:
            yield from _branch(below, unit.code, depth + 1)


def _units(known: Directory) -> list[Unit]:
    return [unit for unit in known.units.values() if unit.ended is None]


def _named(known: Directory, text: str) -> list[Unit]:
    return [unit for unit in _units(known) if _fits(unit, text)]


def _above(known: Directory, unit: Unit | None) -> tuple[str, ...]:
    return known.units_above(unit.code)[::-1] if unit else ()


def _posts_of(known: Directory, units: Iterable[Unit]) -> list[Post]:
    return [post for unit in units for post in known.posts_in(unit.code)]


def _fits(entry: Unit | Post, text: str) -> bool:
    wanted = text.casefold()
    return any(wanted in one.casefold() for one in (entry.code, entry.name_zh, entry.name_en))


def _matching(known: Directory, text: str) -> Iterator[Post]:
    """Yield the posts that are called so, whose unit is, or whose phone it is."""
    for unit in _units(known):
        whole = _fits(unit, text)
        for post in known.posts_in(unit.code):
            if whole or _fits(post, text) or text in post.phone:
                yield post


def _line(post: Post, officer: Officer) -> PostLine:
    known = officer.directory
    return PostLine(
        unit=name(known.units[post.unit]),
        unit_code=post.unit,
        name=name(post),
        people=", ".join(name(one) for one in known.officers_of(post.code, officer.now)),
        phone=post.phone,
    )

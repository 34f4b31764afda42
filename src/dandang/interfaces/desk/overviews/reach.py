"""How far an officer sees in lists: the own posts, the units below, or the whole body."""

from collections.abc import Iterator

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.shared.words.names import name
from dandang.lifecycle.casework.rules.permit import audits, working
from dandang.organization.directory import DECIDING, Directory, PostKind

OVERSEEING = frozenset(DECIDING)
_HEADING = frozenset({PostKind.HEAD})
_INDENT = "\u3000"

Choices = list[tuple[str, str]]


def oversees(officer: Officer) -> bool:
    """Say whether every case is the work of one of the officer's posts."""
    return any(post.kinds & OVERSEEING for post in officer.posts)


def heads(officer: Officer) -> bool:
    """Say whether the officer answers for units: as their head, or for the whole body."""
    return any(post.kinds & (OVERSEEING | _HEADING) for post in officer.posts)


def own_units(officer: Officer) -> tuple[str, ...]:
    """Return the units of the posts held and everything below them; of posts that work on cases."""
    own = {post.unit for post in working(officer.posts)}
    return tuple(
        code
        for code in officer.directory.units
        if any(officer.directory.in_subtree(code, unit) for unit in own)
    )


def reach(officer: Officer) -> tuple[str, ...]:
    """Return the units whose cases an officer looks after; the whole body for who oversees it.

    For audit, too, which reads every case.
    """
    is_all = oversees(officer) or audits(officer.posts)
    return tuple(officer.directory.units) if is_all else own_units(officer)


def below(unit: str, directory: Directory) -> tuple[str, ...]:
    """Return a unit and everything below it."""
    return tuple(code for code in directory.units if directory.in_subtree(code, unit))


def unit_choices(units: tuple[str, ...], directory: Directory) -> Choices:
    """Return units to choose from, each under the one above it."""
    return list(_choices(None, frozenset(units), directory, 0))


def _choices(
    above: str | None, units: frozenset[str], directory: Directory, depth: int
) -> Iterator[tuple[str, str]]:
    for unit in directory.units.values():
        if unit.parent == above:
            shown = unit.code in units
            if shown:
                yield unit.code, _INDENT * depth + name(unit)
            yield from _choices(unit.code, units, directory, depth + shown)

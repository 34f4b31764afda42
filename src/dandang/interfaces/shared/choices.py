"""What requests are sorted by, to choose from: areas, units, categories, each as a tree."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from dandang.interfaces.shared.words.names import name
from dandang.organization.directory import Directory
from dandang.policy import Category, Policy

Choices = list[tuple[str, Any]]

INDENT = "\u3000"


def areas(directory: Directory, above: str | None = None, depth: int = 0) -> Iterator[Any]:
    """Yield code and name of every area, those inside another one below it."""
    for code in directory.children_of(above):
        yield code, INDENT * depth + name(directory.areas[code])
        yield from areas(directory, code, depth + 1)


def units(directory: Directory, above: str | None = None, depth: int = 0) -> Iterator[Any]:
    """Yield code and name of every unit, those below another one after it."""
    for unit in directory.units.values():
        if unit.parent == above:
            yield unit.code, INDENT * depth + name(unit)
            yield from units(directory, unit.code, depth + 1)


def categories(policy: Policy) -> Iterator[Any]:
    """Yield a group for every root with children, the root itself as the last of its group."""
    children: dict[str | None, list[Category]] = {}
    for category in policy.categories.values():
        children.setdefault(category.parent, []).append(category)
    for root in children.get(None, []):
        below = list(_below(root.code, children))
        if not below:
            yield root.code, name(root)
            continue
        other = (root.code, _("%(group)s: something else") % {"group": name(root)})
        yield name(root), [*below, other]


def _below(
    code: str, children: Mapping[str | None, Sequence[Category]], depth: int = 0
) -> Iterable[tuple[str, str]]:
    for category in children.get(code, []):
        yield category.code, INDENT * depth + name(category)
        yield from _below(category.code, children, depth + 1)

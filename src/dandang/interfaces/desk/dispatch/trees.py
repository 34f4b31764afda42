"""Categories, areas and units to choose from, each under the one above it."""

from collections.abc import Callable, Mapping
from typing import Protocol

from dandang.interfaces.shared.words.names import Names
from dandang.organization.directory import Directory
from dandang.policy import Policy

_INDENT = "\u3000"
Choices = list[tuple[str, str]]


class _Node(Protocol):
    @property
    def parent(self) -> str | None: ...


def categories(policy: Policy, names: Names) -> Choices:
    """Return the categories of a policy."""
    return _tree(policy.categories, names.category)


def areas(directory: Directory, names: Names) -> Choices:
    """Return the areas that have not ended."""
    now = {code: one for code, one in directory.areas.items() if one.ended is None}
    return _tree(now, names.area)


def units(directory: Directory, names: Names) -> Choices:
    """Return the units that have not ended."""
    now = {code: one for code, one in directory.units.items() if one.ended is None}
    return _tree(now, names.unit)


def _tree(nodes: Mapping[str, _Node], words: Callable[[str], str]) -> Choices:
    below: dict[str | None, list[str]] = {}
    for code, node in nodes.items():
        below.setdefault(node.parent if node.parent in nodes else None, []).append(code)

    def under(code: str | None, depth: int) -> Choices:
        found: Choices = []
        for one in below.get(code, ()):
            found += [(one, _INDENT * depth + words(one)), *under(one, depth + 1)]
        return found

    return under(None, 0)

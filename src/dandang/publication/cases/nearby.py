"""What is near in the trees of areas and categories: above, below, and the thing itself."""

from collections.abc import Iterable
from typing import Protocol

from dandang.organization.queries import current_policy, directory


class _Node(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def parent(self) -> str | None: ...


def areas_near(area: str) -> tuple[str, ...]:
    """Return an area with those above and below it; () for none, or one that is not known."""
    known = directory() if area else None
    if known is None or area not in known.areas:
        return ()
    return (*known.area_path(area), *_below(area, known.areas.values()))


def areas_within(area: str) -> tuple[str, ...]:
    """Return an area with those below it; itself alone where it is not known."""
    return (area, *_below(area, directory().areas.values()))


def categories_near(category: str) -> tuple[str, ...]:
    """Return a category with those above and below it; () for none, or one that is not known."""
    policy = current_policy() if category else None
    if policy is None or category not in policy.categories:
        return ()
    return (*policy.category_path(category), *_below(category, policy.categories.values()))


def categories_within(category: str) -> tuple[str, ...]:
    """Return a category with those below it; itself alone where it is not known."""
    return (category, *_below(category, current_policy().categories.values()))


def _below(code: str, nodes: Iterable[_Node]) -> list[str]:
    tree = {one.code: one.parent for one in nodes}
    found: list[str] = []
    waiting = [code]
    while waiting:
        above = waiting.pop()
        children = sorted(one for one, parent in tree.items() if parent == above)
        found += children
        waiting += children
    return found

"""Forests of codes, each with at most one parent: paths, subtrees, loops."""

from collections.abc import Iterator, Mapping

Parents = Mapping[str, str | None]


class Tree:
    """A forest given by the parent of every code; an unknown parent counts as none.

    Raises ValueError on a loop. Building is linear, `within` constant, `path` linear in depth.
    """

    __slots__ = ("_children", "_parents", "_spans")

    def __init__(self, parents: Parents) -> None:
        self._parents = {
            code: above if above in parents else None for code, above in parents.items()
        }
        self._children: dict[str | None, list[str]] = {}
        for code, above in self._parents.items():
            self._children.setdefault(above, []).append(code)
        self._spans = self._number()
        if len(self._spans) < len(self._parents):
            raise ValueError(f"loop: {find_loops(parents)[0]}")

    def _number(self) -> dict[str, tuple[int, int]]:
        # A subtree is an unbroken run of numbers when codes are numbered parents first.
        spans: dict[str, tuple[int, int]] = {}
        entered: list[str] = []
        stack = list(reversed(self.children(None)))
        while stack:
            code = stack[-1]
            if code not in spans:
                spans[code] = (len(entered), 0)
                entered.append(code)
                stack.extend(reversed(self.children(code)))
            else:
                stack.pop()
                spans[code] = (spans[code][0], len(entered))
        return spans

    def children(self, code: str | None) -> tuple[str, ...]:
        """Return the codes directly below this one; None gives the roots."""
        return tuple(self._children.get(code, ()))

    def upwards(self, code: str) -> Iterator[str]:
        """Yield the code itself and everything above it, nearest first."""
        here: str | None = code
        while here is not None:
            yield here
            here = self._parents[here]

    def path(self, code: str) -> tuple[str, ...]:
        """Return the codes from the root down to this one."""
        return tuple(self.upwards(code))[::-1]

    def within(self, code: str, root: str) -> bool:
        """Say whether the code is the root or below it."""
        first, after = self._spans[root]
        return first <= self._spans[code][0] < after


def find_loops(parents: Parents) -> list[tuple[str, ...]]:
    """Return every loop once, each as its codes from child to parent, starting anywhere in it."""
    loops: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in parents:
        walk: dict[str, None] = {}
        here: str | None = start
        while here is not None and here in parents and here not in done and here not in walk:
            walk[here] = None
            here = parents[here]
        if here is not None and here in walk:
            codes = tuple(walk)
            loops.append(codes[codes.index(here) :])
        done.update(walk)
    return loops

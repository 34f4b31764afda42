"""What somebody who knows all that is shown can compute, by solving the equations."""

from collections.abc import Hashable, Iterable

PRIME = 2**61 - 1

Sum = frozenset[Hashable]
"""What a cell is the sum of: leaves."""


def computable(
    shown: Iterable[tuple[Sum, int]], hidden: Iterable[Sum], nothing: Sum = frozenset()
) -> list[Sum]:
    """Return the hidden sums that follow from those that are shown with their value.

    Numbers are never negative: where a sum is 0, so is every leaf of it. Leaves with `nothing` are
    guessed.
    """
    several = list(shown)
    zero = nothing.union(*(leaves for leaves, number in several if number == 0))
    known = _Span()
    for leaves, _ in several:
        known.add(leaves - zero)
    return [leaves for leaves in hidden if leaves <= zero or known.has(leaves - zero)]


class _Span:
    """Sums that can be had by adding and subtracting others, by elimination modulo a prime."""

    def __init__(self) -> None:
        self._rows: dict[Hashable, dict[Hashable, int]] = {}

    def add(self, leaves: Sum) -> None:
        left = self._without(leaves)
        if left:
            pivot, number = next(iter(left.items()))
            inverse = pow(number, -1, PRIME)
            self._rows[pivot] = {leaf: one * inverse % PRIME for leaf, one in left.items()}

    def has(self, leaves: Sum) -> bool:
        return not self._without(leaves)

    def _without(self, leaves: Sum) -> dict[Hashable, int]:
        left = dict.fromkeys(leaves, 1)
        for pivot, row in self._rows.items():
            times = left.get(pivot, 0)
            if times:
                for leaf, number in row.items():
                    now = (left.get(leaf, 0) - times * number) % PRIME
                    if now:
                        left[leaf] = now
                    else:
                        left.pop(leaf, None)
        return left

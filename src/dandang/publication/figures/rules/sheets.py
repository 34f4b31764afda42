"""All cells of one dimension as a table, and which of its counts are shown.

A table has every value, counter and period of a dimension with all totals, so that nothing follows
from looking at several pages.
"""

from collections.abc import Iterable, Mapping

from dandang.publication.figures.rules.cells import WHOLE
from dandang.publication.figures.rules.hiding import Axis, Place, Table, hide
from dandang.publication.figures.rules.totals import PARTS, ROOTS, UNSHOWN, complete

Key = tuple[str, str]
"""Value and period of a cell within its dimension."""

EVERYTHING = "*"
"""The node of all cases together. Values have `=` before their code, so that none is like it."""

_MONTH_LENGTH = 7
_COUNTERS = Axis(
    {
        **dict.fromkeys(ROOTS),
        **{part: whole for whole, parts in PARTS.items() for part in parts},
    }
)


def shown_in_all(counted: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int | None]]:
    """Return what is shown of all cases, by period; None is hidden."""
    completed = {period: complete(numbers) for period, numbers in counted.items()}
    counts: dict[Place, int] = {
        (name, period): number
        for period, numbers in completed.items()
        for name, number in numbers.items()
    }
    axes = [_COUNTERS, _periods(completed)]
    hidden = hide(Table(axes, counts, lambda place: place[0] not in UNSHOWN))
    places = {(place[1], place[0]) for place in hidden}
    return {
        period: _without(numbers, {name for one, name in places if one == period})
        for period, numbers in completed.items()
    }


def shown_in(
    counted: Mapping[Key, Mapping[str, int]],
    parents: Mapping[str, str | None],
    all_: Mapping[str, Mapping[str, int | None]],
    all_counted: Mapping[str, Mapping[str, int]],
) -> dict[Key, dict[str, int | None]]:
    """Return what is shown of every value in every period; None is hidden.

    `parents` say what is above a value, `all_` what is shown of all cases, which stays shown.
    """
    completed = {key: complete(numbers) for key, numbers in counted.items()}
    whole = {period: complete(numbers) for period, numbers in all_counted.items()}
    values = _values((value for value, _ in completed), parents)
    counts: dict[Place, int] = {}
    for (value, period), numbers in completed.items():
        for name, number in numbers.items():
            counts["=" + value, name, period] = number
    for period, numbers in whole.items():
        for name, number in numbers.items():
            counts[EVERYTHING, name, period] = number
    _add_rests(counts, values)
    table = Table(
        [values, _COUNTERS, _periods(whole)],
        counts,
        lambda place: place[1] not in UNSHOWN and not place[0].startswith("<"),
        fixed=frozenset(
            (EVERYTHING, name, period)
            for period, numbers in all_.items()
            for name, number in numbers.items()
            if number is not None
        ),
        hidden={
            (EVERYTHING, name, period)
            for period, numbers in all_.items()
            for name, number in numbers.items()
            if number is None
        },
    )
    found: dict[Key, set[str]] = {}
    for node, name, period in hide(table):
        found.setdefault((node[1:], period), set()).add(name)
    return {key: _without(numbers, found.get(key, set())) for key, numbers in completed.items()}


def _without(numbers: Mapping[str, int], hidden: set[str]) -> dict[str, int | None]:
    shown: dict[str, int | None] = {
        name: number for name, number in numbers.items() if name not in UNSHOWN
    }
    return {**shown, **dict.fromkeys(sorted(hidden))}


def _periods(known: Iterable[str]) -> Axis:
    parents: dict[str, str | None] = {WHOLE: None}
    for period in sorted(known):
        if period != WHOLE:
            parents[period] = period[:4] if len(period) == _MONTH_LENGTH else WHOLE
    return Axis(parents)


def _values(codes: Iterable[str], parents: Mapping[str, str | None]) -> Axis:
    """Return the tree of values that have a case, each with a rest that counts in it directly."""
    known = set(codes)
    tree: dict[str, str | None] = {EVERYTHING: None}
    for code in sorted(known):
        above = parents.get(code)
        tree["=" + code] = "=" + above if above in known and above is not None else EVERYTHING
    for parent in sorted({one for one in tree.values() if one not in (None, EVERYTHING)}, key=str):
        tree[f"<{parent}"] = parent
    return Axis(tree)


def _add_rests(counts: dict[Place, int], values: Axis) -> None:
    """Add what counts in a value but in none below it."""
    rests = [node for node in values.parents if node.startswith("<")]
    for rest in rests:
        parent = values.parents[rest]
        assert parent is not None
        below = [one for one in values.children[parent] if one != rest]
        for (node, name, period), number in list(counts.items()):
            if node == parent:
                left = number - sum(counts.get((one, name, period), 0) for one in below)
                if left:
                    counts[rest, name, period] = left

"""Who gives how many to whom: the counts that a network and a matrix draw."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from dandang.interfaces.shared.charts.figure import DataTable
from dandang.interfaces.shared.charts.markup import element
from dandang.interfaces.shared.words.numbers import count, listed


@dataclass(frozen=True, slots=True)
class Flow:
    """So many were given from one unit to another. Units are indexes of the names beside them."""

    source: int
    target: int
    number: int


def fit(names: Sequence[str], flows: Sequence[Flow]) -> list[Flow]:
    """Return one flow for each pair of different units with all that went from one to the other."""
    sums: dict[tuple[int, int], int] = {}
    places = range(len(names))
    for one in flows:
        if one.source in places and one.target in places and one.source != one.target:
            pair = (one.source, one.target)
            sums[pair] = sums.get(pair, 0) + max(one.number, 0)
    return [Flow(*pair, number) for pair, number in sorted(sums.items()) if number]


def back_and_forth(flows: Sequence[Flow]) -> list[tuple[Flow, Flow]]:
    """Return the pairs between which both ways were used, those that `fit` returned."""
    by_pair = {(one.source, one.target): one for one in flows}
    return [
        (one, by_pair[one.target, one.source])
        for one in flows
        if one.source < one.target and (one.target, one.source) in by_pair
    ]


def table(names: Sequence[str], flows: Sequence[Flow]) -> DataTable:
    """Return the flows as a table: from, to, number."""
    rows = tuple((f"{names[one.source]} → {names[one.target]}", count(one.number)) for one in flows)
    return DataTable((gettext("From → to"), pgettext("column of counts", "Number")), rows)


def note(names: Sequence[str], flows: Sequence[Flow]) -> list[str]:
    """Return the sentence that names the pairs with both ways, if there are any."""
    pairs = [
        f"{names[one.source]} ⇄ {names[one.target]} ({count(one.number)}, {count(other.number)})"
        for one, other in back_and_forth(flows)
    ]
    if not pairs:
        return []
    return [gettext("Back and forth: %(pairs)s.") % {"pairs": listed(pairs)}]


def arrow_head(key: str) -> SafeString:
    """Return the head of an arrow that `marker-end="url(#key-head)"` draws with."""
    path = element("path", d="M0 0L6 3L0 6Z", class_="arrow-head")
    marker = element(
        "marker",
        path,
        id=f"{key}-head",
        markerWidth=6,
        markerHeight=6,
        refX=5,
        refY=3,
        orient="auto",
        markerUnits="userSpaceOnUse",
    )
    return element("defs", marker)

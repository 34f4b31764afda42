"""Lines of figures as rows of a table: names, counts, each rate with what it is counted from."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from dandang.interfaces.public import words
from dandang.interfaces.public.choice import Choice, Known
from dandang.interfaces.public.drawing import rates_of
from dandang.interfaces.shared.words.names import Names
from dandang.publication.figures.shapes import Dimension, Line, Rate


@dataclass(frozen=True, slots=True)
class RateCell:
    """A rate in a table: the share, how many it is of, and the share of silence."""

    share: str
    of: str
    silent: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line in words. `query` leads to its own board; `depth` is how far down the tree it is."""

    name: str
    query: str
    depth: int
    received: str
    open: str
    overdue: str
    ended: str
    rates: tuple[RateCell, ...]


def by_slice(lines: Iterable[Line], known: Known, names: Names) -> list[Row]:
    """Return a row for each line, named after its slice; what is a part follows its whole."""
    found = [(_path(line, known), line) for line in lines]
    order = {path: place for place, (path, _) in enumerate(found)}

    def place(path: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(order.get(path[: end + 1], len(order)) for end in range(len(path)))

    found.sort(key=lambda one: place(one[0]))
    return [
        _row(line, words.slice_name(line.slice, names), depth=len(path) - 1) for path, line in found
    ]


def topmost(lines: Iterable[Line], known: Known) -> list[Line]:
    """Return the lines of the highest level that has more than one, in the order given."""
    levels: dict[int, list[Line]] = {}
    for line in lines:
        levels.setdefault(len(_path(line, known)), []).append(line)
    in_order = [levels[level] for level in sorted(levels)]
    return next((level for level in in_order if len(level) > 1), in_order[0] if in_order else [])


def by_month(lines: Iterable[Line]) -> list[Row]:
    """Return a row for each line, named after its month."""
    return [_row(line, words.period_name(line.period)) for line in lines]


def _row(line: Line, name: str, depth: int = 0) -> Row:
    return Row(
        name=name,
        query=Choice(line.slice, line.period).query,
        depth=depth,
        received=words.cell(line.received),
        open=words.cell(line.open),
        overdue=words.cell(line.overdue),
        ended=words.cell(line.ended),
        rates=tuple(_cell(rate) for _, rate in rates_of(line)),
    )


def _path(line: Line, known: Known) -> tuple[str, ...]:
    """Return the codes from the top down to that of a line; units count each by itself."""
    code = line.slice.value
    if line.slice.dimension is Dimension.AREA and code in known.directory.areas:
        return known.directory.area_path(code)
    if line.slice.dimension is Dimension.CATEGORY and code in known.policy.categories:
        return known.policy.category_path(code)
    return (code,)


def _cell(rate: Rate) -> RateCell:
    if rate.part is None or rate.whole is None:
        return RateCell(words.STAR, "", "")
    share = words.percent(rate.part, rate.whole)
    if not rate.whole:
        return RateCell(share, "", "")
    of = gettext("of %(n)s") % {"n": words.count(rate.whole)}
    silent = words.STAR if rate.silent is None else words.percent(rate.silent, rate.asked)
    return RateCell(share, of, gettext("silent %(share)s") % {"share": silent})

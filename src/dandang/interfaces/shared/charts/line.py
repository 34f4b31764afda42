"""Lines over time: up to four, told apart by their dashes and marks and named at their side."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from dandang.interfaces.shared.charts.figure import (
    LINE,
    SIZE,
    WIDTH,
    DataTable,
    Drawing,
    Heading,
    figure,
    label,
)
from dandang.interfaces.shared.charts.markup import element, joined, number
from dandang.interfaces.shared.charts.measure import lines, width
from dandang.interfaces.shared.charts.scale import Scale, finite, ticks
from dandang.interfaces.shared.words.numbers import short

MOST = 4
"""More lines than these cannot be told apart; further ones stand in the table alone."""
_HEIGHT, _RIGHT, _MARK, _POINT = 180, 14, 3.5, 16
_MOST_TICKS, _MOST_MARKED = 4, 24


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a value for each place on the axis, None where there is none to show."""

    name: str
    values: tuple[float | None, ...]


def line(
    heading: Heading,
    places: Sequence[str],
    data: Sequence[Series],
    table: DataTable,
    *,
    top: float | None = None,
    sign: str = "",
) -> SafeString:
    """Return a line chart. `places` name the points of the axis; `sign` follows each number on it.

    It is wider than a phone where there are more points than can be told apart.
    """
    drawn = list(data[:MOST])
    values = [value for one in drawn for raw in one.values if (value := finite(raw)) is not None]
    if not places or not values:
        return figure(heading, None, table)
    marks = ticks(finite(top) or max(*values, 1.0), _MOST_TICKS)
    names = [short(mark) + sign for mark in marks]
    left = max(width(name, SIZE) for name in names) + 8
    whole = max(WIDTH, left + _RIGHT + _POINT * len(places))
    legend, above = _legend(drawn)
    up = Scale(0, marks[-1], above + _HEIGHT, above + SIZE)
    across = Scale(0, max(len(places) - 1, 1), left + 6, whole - _RIGHT)
    content = [legend]
    for mark, name in zip(marks, names, strict=True):
        y = up(mark)
        content += [
            element("line", x1=left, y1=y, x2=whole, y2=y, class_="grid"),
            label(name, left - 6, y + 5, anchor="end"),
        ]
    content += [_drawn(one, index, across, up) for index, one in enumerate(drawn)]
    content += _names(places, across, above + _HEIGHT + LINE, whole)
    height = above + _HEIGHT + LINE + 8
    return figure(heading, Drawing(joined(*content), height, whole), table)


def _drawn(series: Series, index: int, across: Scale, up: Scale) -> SafeString:
    parts: list[SafeString] = []
    stretch: list[str] = []
    for place, raw in enumerate((*series.values, None)):
        value = finite(raw)
        if value is None:
            if len(stretch) > 1:
                path = "M" + "L".join(stretch)
                parts.append(element("path", d=path, class_=f"series series-{index}"))
            stretch = []
            continue
        stretch.append(f"{number(across(place))} {number(up(value))}")
        if len(series.values) <= _MOST_MARKED:
            parts.append(_mark(index, across(place), up(value)))
    return element("g", *parts)


def _mark(index: int, x: float, y: float) -> SafeString:
    class_ = f"mark series-{index}"
    if index == 0:
        return element("circle", cx=x, cy=y, r=_MARK, class_=class_)
    half = _MARK
    corners = {
        1: ((-half, -half), (half, -half), (half, half), (-half, half)),
        2: ((0, -half - 1), (half + 1, half), (-half - 1, half)),
        3: ((0, -half - 1), (half + 1, 0), (0, half + 1), (-half - 1, 0)),
    }[index]
    points = " ".join(f"{number(x + dx)},{number(y + dy)}" for dx, dy in corners)
    return element("polygon", points=points, class_=class_)


def _legend(data: Sequence[Series]) -> tuple[SafeString, float]:
    if len(data) == 1:
        return SafeString(""), 0.0
    drawn, y = [], 0.0
    for index, one in enumerate(data):
        middle = y + SIZE - 5
        drawn += [
            element(
                "path",
                d=f"M2 {number(middle)}L34 {number(middle)}",
                class_=f"series series-{index}",
            ),
            _mark(index, 18, middle),
            label(lines(one.name, WIDTH - 50, SIZE, 1)[0], 42, y + SIZE),
        ]
        y += LINE
    return joined(*drawn), y + 6


def _names(places: Sequence[str], across: Scale, y: float, whole: float) -> list[SafeString]:
    """Return as many names of places as stand apart, the last one always among them."""
    drawn: list[SafeString] = []
    free = whole
    for index in range(len(places) - 1, -1, -1):
        name = lines(places[index], WIDTH / 2, SIZE, 1)[0]
        half = width(name, SIZE) / 2
        x = min(max(across(index), half), whole - half)
        if x + half <= free:
            drawn.append(label(name, x, y, anchor="middle"))
            free = x - half - 12
    return drawn

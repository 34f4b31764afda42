"""Hand-overs among a few units: numbered dots on a circle, arrows as wide as their counts."""

import math
from collections.abc import Sequence

from django.utils.safestring import SafeString

from dandang.interfaces.shared.charts.figure import (
    LINE,
    SIZE,
    WIDTH,
    Drawing,
    Heading,
    figure,
    label,
)
from dandang.interfaces.shared.charts.flows import (
    Flow,
    arrow_head,
    back_and_forth,
    fit,
    note,
    table,
)
from dandang.interfaces.shared.charts.markup import element, joined, number
from dandang.interfaces.shared.charts.matrix import matrix
from dandang.interfaces.shared.charts.measure import lines

MOST_UNITS = 12
"""With more units than these arrows cannot be told apart: they are drawn as a matrix."""
_DOT, _RADIUS, _MIDDLE = 14, 120, WIDTH / 2
_THINNEST, _THICKEST, _BEND = 1.5, 8.0, 0.18
_NAME_LINES = 2


def network(heading: Heading, names: Sequence[str], flows: Sequence[Flow]) -> SafeString:
    """Return the network of these units, in the order given; as a matrix if they are many.

    Pairs with arrows both ways are dashed and named in words.
    """
    if len(names) > MOST_UNITS:
        return matrix(heading, names, flows)
    kept = fit(names, flows)
    if not kept:
        return figure(heading, None, table(names, kept))
    most = max(one.number for one in kept)
    pairs = {(one.source, one.target) for both in back_and_forth(kept) for one in both}
    places = [_place(index, len(names)) for index in range(len(names))]
    content = [arrow_head(heading.key)]
    for one in kept:
        width = _THINNEST + (_THICKEST - _THINNEST) * one.number / most
        class_ = "flow both" if (one.source, one.target) in pairs else "flow"
        ends = (places[one.source], places[one.target])
        content.append(_arrow(*ends, width=width, class_=class_, key=heading.key))
    content += [_dot(index, place) for index, place in enumerate(places)]
    y = 2 * (_RADIUS + _DOT) + LINE
    named, height = _names(names, y)
    drawing = Drawing(joined(*content, *named), height)
    return figure(heading, drawing, table(names, kept), note(names, kept))


def _place(index: int, units: int) -> tuple[float, float]:
    angle = 2 * math.pi * index / units - math.pi / 2
    x = _MIDDLE + _RADIUS * math.cos(angle)
    return x, _RADIUS + _DOT + 2 + _RADIUS * math.sin(angle)


def _arrow(
    start: tuple[float, float], end: tuple[float, float], *, width: float, class_: str, key: str
) -> SafeString:
    """Return an arrow that bends to its right, so that one back the other way stays apart."""
    (x1, y1), (x2, y2) = start, end
    bend_x, bend_y = (x1 + x2) / 2 - (y2 - y1) * _BEND, (y1 + y2) / 2 + (x2 - x1) * _BEND
    from_x, from_y = _towards(x1, y1, bend_x, bend_y)
    to_x, to_y = _towards(x2, y2, bend_x, bend_y)
    path = (
        f"M{number(from_x)} {number(from_y)}Q{number(bend_x)} {number(bend_y)} "
        f"{number(to_x)} {number(to_y)}"
    )
    return element(
        "path", d=path, class_=class_, stroke_width=width, marker_end=f"url(#{key}-head)"
    )


def _towards(x: float, y: float, to_x: float, to_y: float) -> tuple[float, float]:
    far = math.hypot(to_x - x, to_y - y)
    step = (_DOT + 3) / far
    return x + (to_x - x) * step, y + (to_y - y) * step


def _dot(index: int, place: tuple[float, float]) -> SafeString:
    x, y = place
    circle = element("circle", cx=x, cy=y, r=_DOT, class_="node")
    return joined(circle, label(str(index + 1), x, y + 5, anchor="middle", class_="node-number"))


def _names(names: Sequence[str], y: float) -> tuple[list[SafeString], float]:
    drawn: list[SafeString] = []
    for index, name in enumerate(names):
        drawn.append(label(str(index + 1), 22, y + SIZE, anchor="end", class_="chart-number"))
        for row in lines(name, WIDTH - 34, SIZE, _NAME_LINES):
            drawn.append(label(row, 32, y + SIZE))
            y += LINE
    return drawn, y + 8

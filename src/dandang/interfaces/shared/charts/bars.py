"""Bars that lie, each under its own name, so that long names fit a phone. Order is the caller's."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from dandang.interfaces.shared.charts.figure import (
    LINE,
    NOTHING,
    SIZE,
    WIDTH,
    DataTable,
    Drawing,
    Heading,
    figure,
    hatching,
    label,
)
from dandang.interfaces.shared.charts.markup import element, joined
from dandang.interfaces.shared.charts.measure import lines, width
from dandang.interfaces.shared.charts.scale import Scale, finite
from dandang.interfaces.shared.words.numbers import short

LOOKS = ("solid", "hatched", "empty")
"""How the parts of a bar look, in this order; more parts than looks begin again."""
_BAR, _GAP, _SIDE, _NAME_LINES, _BETWEEN = 14, 12, 2, 2, 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `values` are its parts from the left; None where no number may be shown.

    `said` is what stands at its end, else the sum of the parts.
    """

    name: str
    values: tuple[float | None, ...]
    said: str = ""


def bars(
    heading: Heading,
    data: Sequence[Bar],
    table: DataTable,
    *,
    parts: Sequence[str] = (),
    top: float | None = None,
) -> SafeString:
    """Return a bar chart. `parts` names the parts of each bar, `top` is the value of a whole one.

    Without `top` the longest bar takes the whole width.
    """
    if not data:
        return figure(heading, None, table)
    longest = max(_length(one) for one in data)
    scale = Scale(0, finite(top) or longest, 0, WIDTH - 2 * _SIDE)
    content = [hatching(heading.key)]
    y = 0.0
    if len(parts) > 1:
        legend, y = _legend(parts, heading.key)
        content.append(legend)
    for one in data:
        drawn, y = _bar(one, scale, y, heading.key)
        content.append(drawn)
    return figure(heading, Drawing(joined(*content), y), table)


def _length(bar: Bar) -> float:
    return sum(max(finite(value) or 0.0, 0.0) for value in bar.values)


def _bar(bar: Bar, scale: Scale, y: float, key: str) -> tuple[SafeString, float]:
    is_known = any(finite(value) is not None for value in bar.values)
    said = bar.said or (short(_length(bar)) if is_known else NOTHING)
    (said,) = lines(said, WIDTH / 2, SIZE, 1)
    room = WIDTH - 2 * _SIDE - width(said, SIZE) - _BETWEEN
    drawn = [label(said, WIDTH - _SIDE, y + SIZE, anchor="end", class_="chart-number")]
    for row in lines(bar.name, room, SIZE, _NAME_LINES):
        drawn.append(label(row, _SIDE, y + SIZE))
        y += LINE
    top = y + 2
    ground = {"x": _SIDE, "y": top, "width": scale.end, "height": _BAR}
    drawn.append(element("rect", class_="ground", **ground))
    x = 0.0
    for index, value in enumerate(bar.values):
        size = scale(x_value(bar.values, index)) - x
        if (finite(value) or 0) > 0:
            drawn.append(_part(index, _SIDE + x, top, size, key))
        x += size
    return joined(*drawn), top + _BAR + _GAP


def x_value(values: Sequence[float | None], index: int) -> float:
    """Return where the part with this index ends: the sum up to it."""
    return sum(max(finite(value) or 0.0, 0.0) for value in values[: index + 1])


def _part(index: int, x: float, y: float, size: float, key: str) -> SafeString:
    look = LOOKS[index % len(LOOKS)]
    fill = f"url(#{key}-hatch)" if look == "hatched" else None
    class_ = f"part {look}"
    return element("rect", x=x, y=y, width=max(size, 1), height=_BAR, class_=class_, fill=fill)


def _legend(parts: Sequence[str], key: str) -> tuple[SafeString, float]:
    drawn, y = [], 0.0
    for index, name in enumerate(parts):
        drawn.append(_part(index, _SIDE, y + 2, _BAR, key))
        (row,) = lines(name, WIDTH - _BAR - _BETWEEN, SIZE, 1)
        drawn.append(label(row, _SIDE + _BAR + 8, y + SIZE))
        y += LINE
    return joined(*drawn), y + _GAP

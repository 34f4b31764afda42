"""Funnel plots: shares of many units beside what chance alone would do; never a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from dandang.interfaces.shared.charts.binomial import quantiles
from dandang.interfaces.shared.charts.figure import (
    LINE,
    WIDTH,
    DataTable,
    Drawing,
    Heading,
    figure,
    label,
)
from dandang.interfaces.shared.charts.markup import element, joined, number
from dandang.interfaces.shared.charts.scale import Scale, ticks
from dandang.interfaces.shared.words.numbers import count, listed, share, short

_LEFT, _RIGHT, _TOP, _HEIGHT = 52, 14, 8, 230
_DOT, _OUTSIDE_DOT = 4, 7
_POINTS = 48
_MOST_TICKS = 4


@dataclass(frozen=True, slots=True)
class Dot:
    """A unit: `part` of `whole`. What does not fit (whole below 1, part not within) is left out."""

    name: str
    part: int
    whole: int

    @property
    def share(self) -> float:
        """The part as a share of the whole."""
        return self.part / self.whole


@dataclass(frozen=True, slots=True)
class Reading:
    """What a funnel says: the share of all together, and whose own share lies outside.

    `beyond` are outside the 99.8 % limits, `doubtful` only outside the 95 % limits; both in the
    order they were given in. `is_wide`: so many lie beyond that chance around one common share
    explains little (overdispersion), and being outside says little about any one of them.
    """

    common: float
    beyond: tuple[Dot, ...]
    doubtful: tuple[Dot, ...]
    is_wide: bool


def reading(data: Sequence[Dot]) -> Reading:
    """Return what the dots say. Without any the common share is 0."""
    dots = _fit(data)
    whole = sum(dot.whole for dot in dots)
    common = sum(dot.part for dot in dots) / whole if whole else 0.0
    beyond, doubtful = [], []
    for dot in dots:
        lowest, low, high, highest = quantiles(dot.whole, common)
        if not lowest.limit <= dot.share <= highest.limit:
            beyond.append(dot)
        elif not low.limit <= dot.share <= high.limit:
            doubtful.append(dot)
    is_wide = 2 * len(beyond) > len(dots)
    return Reading(common, tuple(beyond), tuple(doubtful), is_wide)


def funnel(
    heading: Heading, data: Sequence[Dot], table: DataTable, notes: Sequence[str] = ()
) -> SafeString:
    """Return a funnel plot with exact 95 % and 99.8 % binomial limits around the common share.

    What it says stands below in words, then the `notes`.
    """
    dots = _fit(data)
    if not dots:
        return figure(heading, None, table)
    found = reading(dots)
    marks = ticks(max(dot.whole for dot in dots), _MOST_TICKS)
    across = Scale(0, marks[-1], _LEFT, WIDTH - _RIGHT)
    up = Scale(0, 1, _TOP + _HEIGHT, _TOP + 6)
    content = [*_axes(marks, across, up), *_limits(found.common, int(marks[-1]), across, up)]
    content += [_dot(dot, found, across, up) for dot in dots]
    height = _TOP + _HEIGHT + 2 * LINE + 10
    return figure(heading, Drawing(joined(*content), height), table, [*_notes(found), *notes])


def _fit(data: Sequence[Dot]) -> list[Dot]:
    return [dot for dot in data if dot.whole >= 1 and 0 <= dot.part <= dot.whole]


def _axes(marks: Sequence[float], across: Scale, up: Scale) -> list[SafeString]:
    drawn: list[SafeString] = []
    for percent in (0, 25, 50, 75, 100):
        y = up(percent / 100)
        drawn += [
            element("line", x1=_LEFT, y1=y, x2=WIDTH - _RIGHT, y2=y, class_="grid"),
            label(f"{percent}%", _LEFT - 8, y + 5, anchor="end"),
        ]
    bottom = _TOP + _HEIGHT + LINE
    for mark in marks:
        anchor = "end" if mark == marks[-1] else "middle"
        x = across(mark) + (_RIGHT if mark == marks[-1] else 0)
        drawn.append(label(short(mark), x, bottom, anchor=anchor))
    named = gettext("number of cases")
    return [*drawn, label(named, WIDTH - 2, bottom + LINE, anchor="end", class_="chart-number")]


def _limits(common: float, last: int, across: Scale, up: Scale) -> list[SafeString]:
    sizes = sorted({max(1, round(last * (at / _POINTS) ** 2)) for at in range(1, _POINTS + 1)})
    found = [(n, quantiles(n, common)) for n in sizes]

    drawn = []
    for index, class_ in enumerate(("limit far", "limit near", "limit near", "limit far")):
        points = (f"{number(across(n))} {number(up(one[index].limit))}" for n, one in found)
        drawn.append(element("path", d="M" + "L".join(points), class_=class_))
    y = up(common)
    middle = element("line", x1=_LEFT, y1=y, x2=WIDTH - _RIGHT, y2=y, class_="common")
    return [*drawn, middle]


def _dot(dot: Dot, found: Reading, across: Scale, up: Scale) -> SafeString:
    x, y = across(dot.whole), up(dot.share)
    if dot in found.beyond:
        return element("circle", cx=x, cy=y, r=_OUTSIDE_DOT, class_="dot beyond")
    return element("circle", cx=x, cy=y, r=_DOT, class_="dot")


def _notes(found: Reading) -> list[str]:
    notes = [
        gettext(
            "Each dot is a unit. Inside the funnel = no evidence of difference: chance alone "
            "spreads so far. Inner limits 95 %, outer limits 99.8 %."
        )
    ]
    if not found.beyond:
        return [*notes, gettext("No unit lies outside the outer limits.")]
    names = [
        pgettext("unit, rate, cases", "%(name)s (%(share)s, %(number)s)")
        % {"name": dot.name, "share": share(dot.part, dot.whole), "number": count(dot.whole)}
        for dot in found.beyond
    ]
    outside = ngettext(
        "Outside the outer limits (larger dot): %(names)s.",
        "Outside the outer limits (larger dots): %(names)s.",
        len(names),
    )
    notes.append(outside % {"names": listed(names)})
    if found.is_wide:
        notes.append(
            gettext(
                "Most units lie outside: their work differs too much for one funnel, and being "
                "outside says little about any one of them."
            )
        )
    return notes

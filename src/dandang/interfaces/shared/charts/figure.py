"""What every chart has around its drawing: title, description, finding, notes, table of its data.

A drawing is made for a phone: 360 wide with letters of 15, so that they stay above 12 pixels on a
screen of 320. What is wider scrolls in a region of its own that the keyboard reaches.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from dandang.interfaces.shared.charts.markup import Attribute, element, joined, words

WIDTH = 360
"""How wide a drawing is that fits a phone."""
SIZE = 15
"""The size of letters in a drawing of that width."""
LINE = 20
"""From one line of words to the next."""
NOTHING = "--"
"""Stands in a table where there is no number."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a chart is about. `key` is its name within the page (letters, digits, hyphens).

    `finding` says in one sentence what is to be seen. It stands below the drawing with the notes;
    together they describe it to whoever does not see it.
    """

    key: str
    title: str
    finding: str


@dataclass(frozen=True, slots=True)
class DataTable:
    """The data of a chart in words: the first cell of a row names it, the others are numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, and how much room it takes."""

    content: SafeString
    height: float
    width: float = WIDTH


def figure(
    heading: Heading, drawing: Drawing | None, table: DataTable, notes: Sequence[str] = ()
) -> SafeString:
    """Return the whole chart. Without a drawing it says that there is nothing to show yet."""
    if drawing is None:
        shown = element("p", words(gettext("There is nothing to show yet.")), class_="muted")
        return element("div", shown, class_="chart")
    said = [note for note in (heading.finding, *notes) if note]
    caption = joined(*(element("p", words(note)) for note in said))
    drawn = element(
        "figure",
        _drawn(heading, drawing, " ".join(said)),
        element("figcaption", caption) if said else SafeString(""),
    )
    return element("div", drawn, _folded(heading, table), class_="chart")


def _drawn(heading: Heading, drawing: Drawing, said: str) -> SafeString:
    key = heading.key
    size = f"0 0 {drawing.width:.0f} {drawing.height:.0f}"
    attributes: dict[str, Attribute] = {
        "viewBox": size,
        "width": drawing.width,
        "height": drawing.height,
        "role": "img",
        "aria-labelledby": f"{key}-title {key}-desc",
    }
    svg = element(
        "svg",
        element("title", words(heading.title), id=f"{key}-title"),
        element("desc", words(said or heading.title), id=f"{key}-desc"),
        drawing.content,
        **attributes,
    )
    if drawing.width <= WIDTH:
        return svg
    label = pgettext("a chart wider than the screen", "%(title)s (scrolls sideways)")
    return element(
        "div",
        svg,
        class_="chart-scroll",
        tabindex="0",
        role="region",
        aria_label=label % {"title": heading.title},
    )


def _folded(heading: Heading, table: DataTable) -> SafeString:
    summary = element("summary", words(gettext("Data as a table")))
    label = pgettext("the table of a chart", "%(title)s: data") % {"title": heading.title}
    region = element(
        "div",
        written(heading.title, table),
        class_="table-scroll",
        tabindex="0",
        role="region",
        aria_label=label,
    )
    return element("details", summary, region, class_="chart-data")


def written(title: str, table: DataTable) -> SafeString:
    """Return the table in HTML, with a caption."""
    first, *others = table.columns
    head = element("th", words(first), scope="col")
    heads = (element("th", words(one), scope="col", class_="number") for one in others)
    return element(
        "table",
        element("caption", words(title)),
        element("thead", element("tr", head, *heads)),
        element("tbody", *(_row(row) for row in table.rows)),
    )


def _row(row: tuple[str, ...]) -> SafeString:
    first, *others = row
    cells = (element("td", words(one), class_="number") for one in others)
    return element("tr", element("th", words(first), scope="row"), *cells)


def label(
    text: str, x: float, y: float, *, class_: str | None = None, anchor: str | None = None
) -> SafeString:
    """Return words in a drawing, on a base line."""
    return element("text", words(text), x=x, y=y, class_=class_, text_anchor=anchor)


def hatching(key: str) -> SafeString:
    """Return the pattern of slanted lines that `fill="url(#key-hatch)"` draws with."""
    line = element("path", d="M-1 1L1 -1M0 6L6 0M5 7L7 5", class_="hatch")
    return element(
        "defs",
        element(
            "pattern",
            line,
            id=f"{key}-hatch",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
        ),
    )

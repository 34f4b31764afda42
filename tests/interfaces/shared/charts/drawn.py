"""Reading a chart back as XML: its words, its tables, its coordinates."""

import re
from xml.etree import ElementTree as ET  # the tests read what the program itself wrote

from hypothesis import strategies as st

from dandang.interfaces.shared.charts.figure import DataTable, Heading

HEADING = Heading("waits", "Waits <by class>", 'One & "two" sentences')

anything = st.text(max_size=40)
"""Words of any kind: control characters, halves of pairs, mark-up."""

numbers = st.one_of(
    st.none(), st.integers(0, 10**9), st.floats(allow_nan=True, allow_infinity=True)
)


def parsed(chart) -> ET.Element:
    """Return the chart as a tree; whoever wrote it badly fails here."""
    return ET.fromstring(str(chart))


def said(tree: ET.Element) -> str:
    """Return every word of the chart."""
    return " ".join(tree.itertext())


def cells(tree: ET.Element) -> list[list[str]]:
    """Return the rows of the data table."""
    return [["".join(cell.itertext()) for cell in row] for row in tree.findall(".//table/tbody/tr")]


def visible(text: str) -> str:
    """Return the text as a parser gives it back: without what XML cannot hold."""
    kept = re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)
    return kept.replace("\r\n", "\n").replace("\r", "\n")


def table(rows) -> DataTable:
    """Return a table of two columns."""
    return DataTable(("Name", "Number"), tuple((name, str(value)) for name, value in rows))


def check(chart) -> ET.Element:
    """Check what holds for every chart, and return it as a tree."""
    tree = parsed(chart)
    assert (tree.tag, tree.get("class")) == ("div", "chart")
    svg = tree.find(".//svg")
    if svg is None:
        return tree
    assert svg.get("role") == "img"
    ids = {one.get("id") for one in tree.iter() if one.get("id")}
    assert set(svg.get("aria-labelledby").split()) <= ids
    assert svg[0].tag == "title"
    assert svg[1].tag == "desc"
    for one in tree.iter():
        assert "style" not in one.attrib
        assert not any(name.startswith("on") for name in one.attrib)
        assert one.tag not in {"script", "style", "foreignObject", "a", "image", "use"}
        for name, value in one.attrib.items():
            is_drawn = name not in {"aria-label", "class"}
            assert not (is_drawn and re.search("nan|inf", value.casefold())), (one.tag, name)
    assert tree.find(".//table/caption") is not None
    return tree

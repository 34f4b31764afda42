"""A described document as .docx: what it holds, how it lies on paper, what it says of itself."""

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.utils.translation import override
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from dandang.interfaces.desk.documents.docx_file import write
from dandang.interfaces.desk.documents.model import (
    Column,
    Document,
    Facts,
    Heading,
    Layout,
    Lines,
    Paragraph,
    SignOff,
    Style,
    Table,
)
from tests.architecture.tree import ROOT
from tests.interfaces.desk.paper import facts, opened, repeated_headers, rows, words

COLUMNS = (Column("No.", 20, is_head=True), Column("What", 80))
TABLE = Table("What happened", COLUMNS, (("1", "Opened"), ("2", "Read\nand answered")), "Nothing.")
EVERYTHING = (
    Paragraph("No. 7K4M", Style.NUMBER),
    Paragraph("To the water bureau:", Style.ADDRESS),
    Paragraph("Please act."),
    Heading("1. The matter"),
    Facts("The matter", (("Title", "No water"), ("Text", "The whole house\n3 Hubin Road"))),
    TABLE,
    Lines(2),
    SignOff("Signatures", ("Name", "Date"), ("Outgoing", "Incoming")),
    Paragraph("Supervision office\n12 Oct 2026", Style.CLOSING),
    Paragraph("A note.", Style.NOTE),
)


def document(*blocks, layout=Layout.LETTER, language="en"):
    return Document(
        title="Notice of follow-up",
        number="7K4M-9Q2X",
        body="Jiangcheng",
        language=language,
        layout=layout,
        made_at=datetime(2026, 10, 12, 1, tzinfo=UTC),
        blocks=blocks,
    )


def written(*blocks, **more):
    with override("en"):
        return write(document(*blocks, **more))


def test_everything_stands_there_in_order():
    assert words(opened(written(*EVERYTHING))) == (
        "Notice of follow-up No. 7K4M To the water bureau: Please act. 1. The matter "
        "Title No water Text The whole house 3 Hubin Road No. What 1 Opened 2 Read and answered "
        "Name Date Outgoing Incoming Supervision office 12 Oct 2026 A note."
    )


def test_tables_can_be_read_by_row_and_their_headers_are_repeated():
    paper = opened(written(*EVERYTHING))
    assert facts(paper) == {"Title": "No water", "Text": "The whole house\n3 Hubin Road"}
    assert rows(paper, "No.") == [["1", "Opened"], ["2", "Read\nand answered"]]
    assert repeated_headers(paper) == ["No.", ""]
    widths = [cell.width for cell in paper.tables[1].rows[1].cells]
    assert widths[1] // widths[0] in {3, 4}


def test_a_table_without_rows_is_a_sentence():
    paper = opened(written(Table("What happened", COLUMNS, (), "Nothing yet.")))
    assert paper.tables == []
    assert words(paper).endswith("Nothing yet.")


def test_there_are_lines_to_write_on():
    paper = opened(written(Lines(3)))
    assert [one.text for one in paper.paragraphs].count("\t") == 3


@pytest.mark.parametrize(
    ("layout", "width", "height", "orientation"),
    [
        (Layout.LETTER, Mm(210), Mm(297), WD_ORIENT.PORTRAIT),
        (Layout.RECORD, Mm(210), Mm(297), WD_ORIENT.PORTRAIT),
        (Layout.WIDE, Mm(297), Mm(210), WD_ORIENT.LANDSCAPE),
    ],
)
def test_the_paper_is_a4(layout, width, height, orientation):
    (section,) = opened(written(TABLE, layout=layout)).sections
    assert abs(section.page_width - width) < Mm(0.1)
    assert abs(section.page_height - height) < Mm(0.1)
    assert section.orientation == orientation


def test_every_page_says_what_it_is_and_its_number():
    (section,) = opened(written(TABLE)).sections
    assert section.header.paragraphs[0].text == "Jiangcheng · Notice of follow-up · 7K4M-9Q2X"
    foot = section.footer.paragraphs[0]
    fields = [one.get(qn("w:instr")) for one in foot._p.findall(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert foot.text == "Page  of "


def test_the_file_says_who_made_it_and_nothing_of_a_person():
    content = written(*EVERYTHING)
    about = opened(content).core_properties
    assert (about.author, about.last_modified_by) == ("Jiangcheng", "Jiangcheng")
    assert about.title == "Notice of follow-up 7K4M-9Q2X"
    assert about.comments == about.subject == about.keywords == ""
    assert about.created == about.modified == datetime(2026, 10, 12, 1, tzinfo=UTC)
    with zipfile.ZipFile(BytesIO(content)) as parts:
        others = [name for name in parts.namelist() if name != "word/document.xml"]
        assert not any(b"No water" in parts.read(name) for name in others)


@pytest.mark.parametrize("name", ["Normal", "Body Text", "Cell", "Label", "Title", "Heading 1"])
def test_every_style_names_a_chinese_font_and_is_black(name):
    style = opened(written(TABLE)).styles[name]
    fonts = style.element.rPr.rFonts
    assert re.search("[一-鿿]", fonts.get(qn("w:eastAsia")))
    assert fonts.get(qn("w:eastAsiaTheme")) is None
    assert str(style.font.color.rgb) == "000000"


def test_paragraphs_of_a_chinese_letter_begin_with_two_empty_characters():
    chinese = opened(written(TABLE, language="zh-Hans")).styles["Body Text"]
    assert chinese.paragraph_format.first_line_indent == 2 * chinese.font.size
    assert opened(written(TABLE)).styles["Body Text"].paragraph_format.first_line_indent is None


def test_what_xml_cannot_hold_is_left_out():
    wild = "a\x00b\x0b\x1fc\ufffe\ud800d <&> ]]> \U0001f4a7\ttab"
    paper = opened(written(Paragraph(wild), Facts("x", ((wild, wild),))))
    assert words(paper).count("abcd <&> ]]> \U0001f4a7 tab") == 3


def test_the_name_of_the_file_has_no_blanks():
    assert document().name == "Notice-of-follow-up-7K4M-9Q2X"


def test_every_width_has_its_style_on_the_page():
    styles = (ROOT / "src/dandang/interfaces/desk/static/desk/document.css").read_text("utf-8")
    for path in (ROOT / "src/dandang/interfaces/desk/documents").glob("*.py"):
        for width in re.findall(r"Column\(.*?, (\d+)", path.read_text("utf-8")):
            assert f".share-{width} {{ width: {width}%; }}" in styles or path.stem == "docx_file"

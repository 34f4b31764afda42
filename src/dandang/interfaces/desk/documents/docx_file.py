"""Writes a document as .docx, which every word processor opens."""

import re
from collections.abc import Sequence
from datetime import UTC
from io import BytesIO

import docx
from django.utils.translation import gettext as _
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Length
from docx.table import Table as PaperTable
from docx.table import _Row as PaperRow
from docx.text.paragraph import Paragraph as PaperParagraph

from dandang.interfaces.desk.documents.docx_style import (
    SIGNING_ROW,
    Format,
    format_of,
    set_styles,
)
from dandang.interfaces.desk.documents.model import (
    Block,
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

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LABELS = Column("", 24), Column("", 76)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FIELD = re.compile(r"%\((page|pages)\)s")
_FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}
_STYLES = {
    Style.NUMBER: "Number",
    Style.ADDRESS: "Address",
    Style.TEXT: "Body Text",
    Style.CLOSING: "Closing",
    Style.NOTE: "Note",
}


def write(document: Document) -> bytes:
    """Return the document as the bytes of a .docx file."""
    paper = docx.Document()
    form = format_of(document.layout, document.language)
    set_styles(paper, form, document.language)
    _set_page(paper, form, is_wide=document.layout is Layout.WIDE)
    _set_properties(paper, document)
    _set_header_and_footer(paper, document)
    paper.add_paragraph(_clean(document.title), style="Title")
    writer = _Writer(paper, form)
    for block in document.blocks:
        writer.add(block)
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


class _Writer:
    """Adds blocks to a paper, one after the other."""

    def __init__(self, paper: Paper, form: Format) -> None:
        self._paper = paper
        self._form = form
        section = paper.sections[0]
        assert section.page_width is not None
        assert section.left_margin is not None
        assert section.right_margin is not None
        self._width = section.page_width - section.left_margin - section.right_margin

    def add(self, block: Block) -> None:
        match block:
            case Heading(text=text):
                self._paper.add_paragraph(_clean(text), style="Heading 1")
            case Paragraph(text=text, style=style):
                self._paper.add_paragraph(_clean(text), style=_STYLES[style])
            case Facts():
                self._table(_LABELS, block.rows, heads=1)
            case Table() if block.rows:
                self._table(block.columns, block.rows, heads=0, header=block.columns)
            case Table():
                self._paper.add_paragraph(_clean(block.empty), style="Body Text")
            case Lines(count=count):
                self._lines(count)
            case SignOff():
                self._sign_off(block)

    def _lines(self, count: int) -> None:
        for _number in range(count):
            line = self._paper.add_paragraph("\t", style="Line")
            stops = line.paragraph_format.tab_stops
            stops.add_tab_stop(Emu(self._width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)

    def _sign_off(self, block: SignOff) -> None:
        share = 80 // len(block.columns)
        columns = [Column("", 20), *(Column(label, share) for label in block.columns)]
        room = ("",) * len(block.columns)
        rows = [(signer, *room) for signer in block.signers]
        table = self._table(columns, rows, heads=1, header=columns)
        for row in table.rows[1:]:
            row.height = SIGNING_ROW

    def _table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        *,
        heads: int,
        header: Sequence[Column] = (),
    ) -> PaperTable:
        """Add a table; the first `heads` cells of each row are written as labels."""
        widths = [Emu(self._width * column.width // 100) for column in columns]
        lines = [[column.label for column in header], *rows] if header else list(rows)
        table: PaperTable = self._paper.add_table(len(lines), len(columns), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for number, (row, texts) in enumerate(zip(table.rows, lines, strict=True)):
            is_header = bool(header) and number == 0
            labels = len(columns) if is_header else heads
            _fill(row, texts, widths, labels)
            _mark(row, "w:tblHeader" if is_header else "w:cantSplit")
        # Word joins tables that nothing separates.
        self._paper.add_paragraph(style="Gap")
        return table


def _fill(row: PaperRow, texts: Sequence[str], widths: Sequence[Length], labels: int) -> None:
    for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = widths[number]
        paragraph = cell.paragraphs[0]
        # Setting `style` would look the default style up again for each of thousands of cells.
        paragraph._p.style = "Label" if number < labels else "Cell"  # noqa: SLF001 see above
        paragraph.add_run(_clean(text))


def _mark(row: PaperRow, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 python-docx offers no other way


def _set_page(paper: Paper, form: Format, *, is_wide: bool) -> None:
    section = paper.sections[0]
    width, height = form.paper
    section.page_width, section.page_height = width, height
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (
        form.margins
    )


def _set_properties(paper: Paper, document: Document) -> None:
    """Say who made it and what it is; nothing here is about a person."""
    about = paper.core_properties
    about.author = about.last_modified_by = document.body
    about.title = f"{document.title} {document.number}"
    about.subject = about.keywords = about.comments = about.category = ""
    about.language = document.language
    about.created = about.modified = document.made_at.astimezone(UTC).replace(tzinfo=None)


def _set_header_and_footer(paper: Paper, document: Document) -> None:
    section = paper.sections[0]
    head = section.header.paragraphs[0]
    head.style = "Header"
    head.add_run(_clean(f"{document.body} · {document.title} · {document.number}"))
    foot = section.footer.paragraphs[0]
    foot.style = "Footer"
    for place, part in enumerate(_FIELD.split(_("Page %(page)s of %(pages)s"))):
        if place % 2:
            _add_field(foot, _FIELDS[part])
        else:
            foot.add_run(part)


def _add_field(paragraph: PaperParagraph, name: str) -> None:
    """Add a number that the word processor fills in."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = paragraph.add_run("1")
    field.append(run._r)  # noqa: SLF001 python-docx knows no fields
    paragraph._p.append(field)  # noqa: SLF001 as above


def _clean(text: str) -> str:
    """Leave out what XML cannot hold."""
    return _NOT_IN_XML.sub("", text)

"""How documents look in a word processor: paper, margins, fonts and sizes of each layout.

Letters follow the Chinese standard for official documents (GB/T 9704-2012) in paper, margins,
fonts and line spacing, without the red head, which belongs to documents that are issued as such.
"""

from dataclasses import dataclass, replace

from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from dandang.interfaces.desk.documents.model import Layout

LATIN = "Times New Roman"
FANG_SONG, SONG, HEI = "仿宋", "宋体", "黑体"
"""Text, titles and headings: fonts that Chinese editions of word processors bring along; others
put the nearest font they have in their place."""

SIGNING_ROW = Cm(1.3)
_A4 = Mm(210), Mm(297)
_BLACK = RGBColor(0, 0, 0)
_HANDWRITING = 30
"""Points between lines to write on."""


@dataclass(frozen=True, slots=True)
class Format:
    """Paper (width, height), margins (top, right, bottom, left), sizes of type in points.

    `line` is the distance between lines of text, None for what the font asks for.
    """

    paper: tuple[Length, Length]
    margins: tuple[Length, Length, Length, Length]
    title: float
    heading: float
    text: float
    cell: float
    line: float | None = None


_FORMATS = {
    Layout.LETTER: Format(
        paper=_A4,
        margins=(Mm(37), Mm(26), Mm(35), Mm(28)),
        title=22,
        heading=16,
        text=16,
        cell=12,
        line=28,
    ),
    Layout.RECORD: Format(
        paper=_A4,
        margins=(Mm(22), Mm(18), Mm(20), Mm(20)),
        title=18,
        heading=12,
        text=10.5,
        cell=9,
    ),
    Layout.WIDE: Format(
        paper=(_A4[1], _A4[0]),
        margins=(Mm(20), Mm(15), Mm(18), Mm(15)),
        title=18,
        heading=12,
        text=10.5,
        cell=9,
    ),
}
_ENGLISH_LETTER = replace(_FORMATS[Layout.LETTER], heading=13, text=12, cell=10.5, line=18)
"""Latin letters are set smaller and closer than Chinese ones of the same weight."""


@dataclass(frozen=True, slots=True)
class _Type:
    """How a kind of paragraph is set: type in points, spaces in points around it."""

    size: float
    chinese: str = FANG_SONG
    bold: bool = False
    align: WD_ALIGN_PARAGRAPH | None = None
    before: float = 0
    after: float = 0
    line: float | None = None


def format_of(layout: Layout, language: str) -> Format:
    """Return how a document of this layout looks in this language (a BCP 47 tag)."""
    if layout is Layout.LETTER and not _is_chinese(language):
        return _ENGLISH_LETTER
    return _FORMATS[layout]


def set_styles(paper: Paper, form: Format, language: str) -> None:
    """Give the paper its styles: those of its template, and `Number`, `Cell` and others."""
    for name, look in _types(form, stress=not _is_chinese(language)).items():
        _set_style(paper, name, look)
    _set_language(paper)
    for name in ("Closing", "Address"):
        paper.styles[name].paragraph_format.keep_with_next = True
    if _is_chinese(language) and form.line is not None:
        # Two characters, as Chinese paragraphs begin.
        paper.styles["Body Text"].paragraph_format.first_line_indent = Pt(2 * form.text)


def _is_chinese(language: str) -> bool:
    return language.startswith("zh")


def _types(form: Format, *, stress: bool) -> dict[str, _Type]:
    """Return every style. `stress` makes labels bold, which in Chinese have a font of their own."""
    text, cell, line = form.text, form.cell, form.line
    middle, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    return {
        "Normal": _Type(text),
        "Title": _Type(form.title, SONG, bold=True, align=middle, after=6),
        "Heading 1": _Type(form.heading, HEI, bold=stress, before=6, after=3),
        "Body Text": _Type(text, line=line, after=3),
        "Number": _Type(text, align=middle, after=6),
        "Address": _Type(text, line=line),
        "Line": _Type(text, line=_HANDWRITING),
        "Closing": _Type(text, line=line, align=right),
        "Note": _Type(cell, after=3),
        "Cell": _Type(cell, before=2, after=2),
        "Label": _Type(cell, HEI, bold=stress, before=2, after=2),
        "Gap": _Type(6),
        "Header": _Type(cell - 1, SONG, align=right),
        "Footer": _Type(cell - 1, SONG, align=middle),
    }


def _set_style(paper: Paper, name: str, look: _Type) -> None:
    """Set a paragraph style, which is made where the template has none."""
    if name not in paper.styles:
        paper.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style = paper.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.size = Pt(look.size)
    style.font.bold = look.bold
    style.font.italic = False
    style.font.color.rgb = _BLACK
    _set_fonts(style, look.chinese)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(look.before), Pt(look.after)
    spacing.alignment = look.align
    if look.line is None:
        spacing.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        spacing.line_spacing = Pt(look.line)
    _drop(style.element, "w:link")
    _drop(style.element.get_or_add_pPr(), "w:pBdr")


def _set_fonts(style: ParagraphStyle, chinese: str) -> None:
    """Name the fonts for Latin and Chinese letters; python-docx itself knows only the first."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for letters in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{letters}"), LATIN)
    fonts.set(qn("w:eastAsia"), chinese)


def _drop(element: BaseOxmlElement, name: str) -> None:
    """Take away what the template has: the rule under its title, the twin styles in its colours."""
    for child in element.findall(qn(name)):
        element.remove(child)


def _set_language(paper: Paper) -> None:
    """Tell the spelling checker the languages, so that it does not mark every line."""
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), "en-GB")
    tag.set(qn("w:eastAsia"), "zh-CN")
    paper.styles["Normal"].element.get_or_add_rPr().append(tag)

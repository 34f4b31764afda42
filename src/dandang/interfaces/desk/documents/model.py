"""What a document is made of, whatever it is written as: headings, texts, tables, signatures."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class Layout(StrEnum):
    """How a document lies on A4: a formal letter, a record, or a wide sheet."""

    LETTER = "letter"
    RECORD = "record"
    WIDE = "wide"


class Style(StrEnum):
    """What a paragraph is: `closing` names the issuing office and the date, at the right."""

    NUMBER = "number"
    ADDRESS = "address"
    TEXT = "text"
    CLOSING = "closing"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part."""

    kind: ClassVar[str] = "heading"

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; line feeds in its text begin new lines."""

    kind: ClassVar[str] = "paragraph"

    text: str
    style: Style = Style.TEXT


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known, as label and value."""

    kind: ClassVar[str] = "facts"

    caption: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `width` is its share of the table's width, in percent.

    `is_head`: its cells name their rows.
    """

    label: str
    width: int
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header is repeated on every page. `empty` stands there without rows.

    Each row has a text for every column; line feeds begin new lines.
    """

    kind: ClassVar[str] = "table"

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str

    def labelled_rows(self) -> Iterator[Iterator[tuple[Column, str]]]:
        """Yield every row as its cells, each with the column it stands in."""
        for row in self.rows:
            yield zip(self.columns, row, strict=True)


@dataclass(frozen=True, slots=True)
class Lines:
    """Empty lines to write on."""

    kind: ClassVar[str] = "lines"

    count: int

    def each(self) -> range:
        """Return something to go through, a step for each line."""
        return range(self.count)


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who signs: a row for each, with room for what `columns` names."""

    kind: ClassVar[str] = "sign_off"

    caption: str
    columns: tuple[str, ...]
    signers: tuple[str, ...]


Block = Heading | Paragraph | Facts | Table | Lines | SignOff


@dataclass(frozen=True, slots=True)
class Document:
    """One document. `number` identifies it and is no personal data; `body` is its author.

    `language` is a BCP 47 tag: `zh-Hans` or `en`. `made_at` is aware.
    """

    title: str
    number: str
    body: str
    language: str
    layout: Layout
    made_at: datetime
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        """The document's name without personal data, fit for a file: title and number."""
        return "-".join([*self.title.split(), self.number])

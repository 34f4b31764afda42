"""Reading a .docx again, as somebody who opens it would: its texts in order, its tables."""

from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table


def opened(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def words(paper: Document) -> str:
    """Return every text of the document in order, with single spaces between."""
    return " ".join(" ".join(_texts(paper)).split())


def _texts(paper: Document) -> Iterator[str]:
    for block in paper.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield from (cell.text for cell in row.cells)
        else:
            yield block.text


def rows(paper: Document, header: str) -> list[list[str]]:
    """Return the rows of the table whose first header cell is this, without the header."""
    table = next(one for one in paper.tables if one.cell(0, 0).text == header)
    return [[cell.text for cell in row.cells] for row in table.rows][1:]


def facts(paper: Document, table: int = 0) -> dict[str, str]:
    """Return a table of two columns as label and value."""
    return {row.cells[0].text: row.cells[1].text for row in paper.tables[table].rows}


def repeated_headers(paper: Document) -> list[str]:
    """Return the first cell of every row that is repeated on each page."""
    return [
        row.cells[0].text
        for table in paper.tables
        for row in table.rows
        if row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
    ]

"""Documents as files: for the browser's download and for the command line."""

from dataclasses import dataclass

from dandang.interfaces.desk.access import officer_now
from dandang.interfaces.desk.documents.docx_file import CONTENT_TYPE, write
from dandang.interfaces.desk.documents.making import case_document, handover_sheet
from dandang.interfaces.desk.documents.model import Document


@dataclass(frozen=True, slots=True)
class File:
    """A document to keep. `name` holds no personal data: a title and a number."""

    name: str
    content: bytes
    content_type: str = CONTENT_TYPE


def file_of(document: Document) -> File:
    """Return the document as a .docx file."""
    return File(f"{document.name}.docx", write(document))


def case_file(officer: str, reference: str, kind: str) -> File:
    """Return a document on a case for an officer, by staff code. Refuses as `case_document`."""
    return file_of(case_document(officer_now(officer), reference, kind))


def handover_file(officer: str, post: str) -> File:
    """Return the handover sheet of a post. Refuses as `handover_sheet`."""
    return file_of(handover_sheet(officer_now(officer), post))

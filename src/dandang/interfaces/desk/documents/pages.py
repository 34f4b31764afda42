"""The pages of documents: to be read, printed, and taken away as .docx."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from dandang.interfaces.desk.access import Officer, for_officers
from dandang.interfaces.desk.documents.files import file_of
from dandang.interfaces.desk.documents.making import case_document, handover_sheet
from dandang.interfaces.desk.documents.model import Document


@require_safe
@for_officers
def show_case_document(
    request: HttpRequest, officer: Officer, reference: str, kind: str
) -> HttpResponse:
    """Show a document on a case as a page to print."""
    document = case_document(officer, reference, kind)
    return _page(
        request,
        document,
        file=reverse("desk:case-document-file", args=[document.number, kind]),
        back=reverse("desk:case", args=[document.number]),
    )


@require_safe
@for_officers
def send_case_document(
    _request: HttpRequest, officer: Officer, reference: str, kind: str
) -> HttpResponse:
    """Send a document on a case as .docx."""
    return _download(case_document(officer, reference, kind))


@require_safe
@for_officers
def show_handover(request: HttpRequest, officer: Officer, post: str) -> HttpResponse:
    """Show the handover sheet of a post as a page to print."""
    return _page(
        request,
        handover_sheet(officer, post),
        file=reverse("desk:handover-file", args=[post]),
        back=reverse("desk:worklist"),
    )


@require_safe
@for_officers
def send_handover(_request: HttpRequest, officer: Officer, post: str) -> HttpResponse:
    """Send the handover sheet of a post as .docx."""
    return _download(handover_sheet(officer, post))


def _page(request: HttpRequest, document: Document, *, file: str, back: str) -> HttpResponse:
    context = {"here": "document", "document": document, "file": file, "back": back}
    return render(request, "desk/document.html", context)


def _download(document: Document) -> HttpResponse:
    file = file_of(document)
    disposition = content_disposition_header(as_attachment=True, filename=file.name)
    return HttpResponse(
        file.content,
        content_type=file.content_type,
        headers={"Content-Disposition": disposition},
    )

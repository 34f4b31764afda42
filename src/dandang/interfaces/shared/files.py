"""Photos and documents in forms and answers: the field for several files, and sending one."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from dandang.interfaces.shared.words.refusals import refusal
from dandang.lifecycle.casework.files.naming import safe_name
from dandang.lifecycle.casework.files.prepared import (
    MAX_FILES,
    MediaType,
    PreparedFile,
)
from dandang.lifecycle.casework.files.preparing import prepare
from dandang.lifecycle.casework.files.queries import FileContent
from dandang.terms import Code, Refusal

Uploaded: TypeAlias = "UploadedFile[Any]"

ACCEPTED = ",".join(MediaType)
"""What browsers offer to choose from; telephones then turn their own formats into JPEG."""


_LIMITS = gettext_lazy(
    "At most 6 at a time, of 10 MB each: photos (JPEG, PNG, WebP) or PDF. Please leave out faces "
    "and number plates that do not matter here."
)


class FilesInput(forms.FileInput):
    """Lets several files be chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.Field):
    """Several files, at most `MAX_FILES`. Yields what was uploaded, not checked yet."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 Django's
        kwargs.setdefault("label", gettext_lazy("Photos or documents"))
        kwargs.setdefault("help_text", _LIMITS)
        widget = FilesInput(attrs={"accept": ACCEPTED})
        super().__init__(required=False, widget=widget, **kwargs)

    @override
    def clean(self, value: Sequence[Uploaded] | None) -> list[Uploaded]:
        uploads = list(value or ())
        if len(uploads) > MAX_FILES:
            raise forms.ValidationError(refusal(Refusal(Code.TOO_MANY_FILES, limit=MAX_FILES)))
        return uploads


class FilesForm(forms.Form):
    """A form that takes files. `prepared` are those that may be kept, once the form is valid."""

    files = FilesField()  # type: ignore[assignment]  # fields are no attributes: Django takes them
    keep_place = forms.BooleanField(
        label=gettext_lazy("Keep in the photos where and when they were taken"),
        help_text=gettext_lazy("Else both are taken out before anything is kept."),
        required=False,
    )

    prepared: Sequence[PreparedFile] = ()

    @override
    def clean(self) -> dict[str, Any]:
        """Check the files and write them anew; a form that comes back has lost them."""
        given = super().clean() or self.cleaned_data
        uploads = given.pop("files", None) or ()
        keeps = bool(given.pop("keep_place", False))
        try:
            self.prepared = prepared(uploads, keep_original=keeps)
        except forms.ValidationError as refused:
            self.add_error("files", refused)
        if uploads and self.errors:
            self.ask_again()
        return given

    def ask_again(self) -> None:
        """Say that the files have to be chosen anew: no browser keeps them in a form."""
        self.add_error("files", _("Please choose your files again before you send it."))


def prepared(uploads: Sequence[Uploaded], *, keep_original: bool) -> tuple[PreparedFile, ...]:
    """Return the files as they may be kept.

    Raises ValidationError with a sentence for each that may not be kept, by its name.
    """
    found: list[PreparedFile] = []
    wrong: list[str] = []
    for upload in uploads:
        name = upload.name or ""
        try:
            upload.seek(0)  # a form may be looked at twice
            found.append(prepare(name, upload.read(), keep_original=keep_original))
        except Refusal as refused:
            words = {"name": safe_name(name, ""), "words": refusal(refused)}
            wrong.append(_("“%(name)s”: %(words)s") % words)
    if wrong:
        raise forms.ValidationError(wrong)
    return tuple(found)


def file_answer(file: FileContent) -> HttpResponse:
    """Return a kept file for whoever may have it: shown if it is a picture, else to be saved.

    Its type is the checked one, nothing in it may act, and nobody on the way keeps it.
    """
    disposition = content_disposition_header(not file.media_type.is_picture, file.name)
    return HttpResponse(
        file.content,
        content_type=file.media_type.value,
        headers={
            "Content-Disposition": disposition or "inline",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )

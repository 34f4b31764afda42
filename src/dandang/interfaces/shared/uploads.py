"""What may be uploaded, and where: large bodies only at addresses that say so, never on disk."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from typing_extensions import override

from dandang.lifecycle.casework.files.prepared import MAX_BYTES, MAX_FILES

_MULTIPART = "multipart/form-data"
_MARK = "takes_files"

Named = Mapping[str, Any]
View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View, when: Callable[[Named], bool] = lambda _named: True) -> View:
    """Let forms with files be sent to a view: always, or by the parts of its address.

    `urls.py` says so where it names the address; no other takes more than the ordinary limit.
    """
    setattr(view, _MARK, when)
    return view


def body_limit(request: HttpRequest) -> int:
    """Return how many bytes the body of this request may have."""
    ordinary = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if not is_upload(request):
        return ordinary
    return ordinary + MAX_FILES * MAX_BYTES


def is_upload(request: HttpRequest) -> bool:
    """Say whether this is a form with files, sent to an address that takes some."""
    if request.method != "POST" or request.content_type != _MULTIPART:
        return False
    try:
        found = resolve(request.path_info)
    except Resolver404:
        return False
    when = getattr(found.func, _MARK, None)
    return when is not None and bool(when(found.kwargs))


class InMemory(FileUploadHandler):
    """Keeps what is uploaded in memory, so that nobody's photo ever lies in a temporary file.

    Of a file that is too large only so much is kept that it can be seen to be too large.
    """

    @override
    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._kept = BytesIO()

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._kept.write(raw_data[: max(0, MAX_BYTES + 1 - start)])

    @override
    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        self._kept.seek(0)
        return InMemoryUploadedFile(
            file=self._kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

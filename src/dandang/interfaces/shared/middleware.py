"""What holds for every request and answer: size, characters, headers, error pages."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from dandang.interfaces.shared.errors import FILES_TOO_LARGE, error_page
from dandang.interfaces.shared.refused import refused_page
from dandang.interfaces.shared.uploads import body_limit, is_upload
from dandang.terms import Refusal

_FORM = "application/x-www-form-urlencoded"
_MOST_DIGITS = 20
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class Guard:
    """Refuses bodies that are too large (413) and characters that nothing can keep (400).

    Django would silently replace bytes that are not UTF-8, and PostgreSQL cannot hold NUL. A
    declared length above the limit is refused before a byte of the body is read, and nothing is
    read beyond it; a body without one counts as empty.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on what is fit to be read; give refusals and 405 a page with words."""
        try:
            status = _unfit(request)
        except RequestDataTooBig:
            status = 413
        if status:
            return _refuse(request, status)
        response = self._get_response(request)
        if response.status_code == 405 and not getattr(response, "content", b""):  # noqa: PLR2004 HTTP
            page = error_page(request, 405)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Answer what a view let through: a body found too large, a refusal."""
        if isinstance(exception, RequestDataTooBig):
            return _refuse(request, 413)
        if isinstance(exception, Refusal):
            return refused_page(request, exception)
        return None


class Headers:
    """Sets what every answer carries. Pages are not kept by anybody unless they say otherwise.

    The policy of contents is the same for all of them, so it is written once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._contents = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the headers that are not there yet."""
        response = self._get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault(HEADER, self._contents)
        return response


def _refuse(request: HttpRequest, status: int) -> HttpResponse:
    words = FILES_TOO_LARGE if status == 413 and is_upload(request) else None  # noqa: PLR2004 HTTP
    return error_page(request, status, words)


def _unfit(request: HttpRequest) -> int:
    """Return the status to refuse this request with, or 0."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isascii() or not length.isdigit():
        return 400
    if len(length) > _MOST_DIGITS or _is_too_large(request, int(length)):
        return 413
    if not _readable(request.META.get("QUERY_STRING", "").encode("latin-1", "replace")):
        return 400
    if request.content_type == _FORM and not _readable(request.body):
        return 400
    return 0


def _is_too_large(request: HttpRequest, length: int) -> bool:
    return length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and length > body_limit(request)


def _readable(urlencoded: bytes) -> bool:
    content = unquote_to_bytes(urlencoded)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in content

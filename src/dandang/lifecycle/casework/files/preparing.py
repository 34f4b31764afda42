"""From what somebody sent to what may be kept: checked by its content, cleaned, written anew."""

from dandang.lifecycle.casework.files.naming import safe_name
from dandang.lifecycle.casework.files.pdf import clean_pdf
from dandang.lifecycle.casework.files.pictures import clean_picture
from dandang.lifecycle.casework.files.prepared import (
    MAX_BYTES,
    MEGABYTE,
    MediaType,
    PreparedFile,
)
from dandang.lifecycle.casework.files.telling import Why, tell
from dandang.terms import Code, Refusal


def prepare(name: str, content: bytes, *, keep_original: bool = False) -> PreparedFile:
    """Return the file as it may be kept, under a safe name.

    Pictures are written anew from their pixels, upright and at most `MAX_EDGE` on the longer edge:
    what stood beside the pixels is gone, also place and time, unless `keep_original` says that
    the sender wants those two kept. Documents keep their pages and lose all that can act.

    Refuses `file_empty`, `file_too_large`, `file_kind_refused` (`why` is a `Why`) and
    `file_unreadable`; nothing else, whatever the bytes.
    """
    if not content:
        raise Refusal(Code.FILE_EMPTY)
    _check_size(content)
    kind = tell(content)
    if isinstance(kind, Why):
        raise Refusal(Code.FILE_KIND_REFUSED, why=kind.value)
    if kind is MediaType.PDF:
        made = clean_pdf(content)
        _check_size(made)
        return PreparedFile(name=safe_name(name, kind.extension), media_type=kind, content=made)
    picture = clean_picture(content, kind, keep_place_and_time=keep_original)
    _check_size(picture.content)
    return PreparedFile(
        name=safe_name(name, kind.extension),
        media_type=kind,
        content=picture.content,
        width=picture.width,
        height=picture.height,
        had_location=picture.had_location,
    )


def _check_size(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise Refusal(Code.FILE_TOO_LARGE, limit=MAX_BYTES // MEGABYTE)

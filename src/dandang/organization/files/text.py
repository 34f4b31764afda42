"""Turns the bytes of a file into text, and names what is wrong with them."""

from dandang.terms import InputError, Problem

MAX_BYTES = 32 * 1024 * 1024
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decode(content: bytes, source: str) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark.

    Raises InputError with one problem: `file_too_large`, `wrong_encoding` (with the encoding the
    file seems to have, or "") or `nul_byte`.
    """
    if len(content) > MAX_BYTES:
        raise InputError([Problem("file_too_large", source, 0, {"limit": MAX_BYTES})])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        params = {"encoding": _guess(content)}
        raise InputError([Problem("wrong_encoding", source, line, params)]) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError([Problem("nul_byte", source, line)])
    return text


def _guess(content: bytes) -> str:
    if content.startswith(_UTF_16_MARKS):
        return "UTF-16"
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GB18030"

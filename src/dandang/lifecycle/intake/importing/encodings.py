"""Which encoding a file is written in, and whether that is the one its map names."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from dandang.terms import InputError, Problem

_PIECE = 1024 * 1024
_CHINESE = "gb18030"
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_IDEOGRAPHS = range(0x4E00, 0xA000)
_ESCAPED = range(0xDC80, 0xDD00)
_LAST_ASCII = 0x7F
# A stray byte here and there does not make another encoding.
_STRAY = 10


def encoding_of(path: Path, declared: str) -> str:
    """Return the encoding to read the file with: that of its byte order mark, else `declared`.

    Raises InputError: `other_encoding` for a file that is clearly in another one (`encoding`, and
    `detected`, "" where it cannot be told), `file_unreadable`. A few wrong bytes are left to the
    rows they stand in.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(codecs.BOM_UTF8))
        encoding = next((name for mark, name in _MARKS.items() if start.startswith(mark)), declared)
        detected = _detected(path, codecs.lookup(encoding).name)
        readable = not detected and _is_readable(path, encoding)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError([Problem("file_unreadable", str(path), 0, {"reason": reason})]) from None
    if not readable:
        params = {"encoding": encoding, "detected": detected}
        raise InputError([Problem("other_encoding", str(path), 0, params)])
    return encoding


def _detected(path: Path, encoding: str) -> str:
    """Return the encoding that the file has instead, or "" where this one may be right."""
    if encoding in {"utf-8", "utf-8-sig"}:
        return _CHINESE if not _is_utf_8(path, if_ascii=True) and _is_chinese(path) else ""
    if encoding.startswith(("utf-16", "utf-32")):
        return ""
    return "utf-8" if _is_utf_8(path, if_ascii=False) else ""


def _is_utf_8(path: Path, *, if_ascii: bool) -> bool:
    """Say whether what goes beyond ASCII is UTF-8, a stray byte aside: it hardly is by chance."""
    good = bad = 0
    for text in _decoded(path, "utf-8", "surrogateescape"):
        if not text.isascii():
            codes = [ord(char) for char in text if ord(char) > _LAST_ASCII]
            escaped = sum(code in _ESCAPED for code in codes)
            good, bad = good + len(codes) - escaped, bad + escaped
    return good > bad * _STRAY if good or bad else if_ascii


def _is_chinese(path: Path) -> bool:
    found = False
    try:
        for text in _decoded(path, _CHINESE, "strict"):
            found = found or any(ord(char) in _IDEOGRAPHS for char in text)
    except UnicodeDecodeError:
        return False
    return found


def _is_readable(path: Path, encoding: str) -> bool:
    """Say whether wrong bytes, if any, can be passed through to the rows they stand in."""
    try:
        for _ in _decoded(path, encoding, "surrogateescape"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _decoded(path: Path, encoding: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)

"""Pictures as documents embed them: bytes of a JPEG or JPEG 2000 without what they tell. Pure."""

from collections.abc import Iterator

_START = b"\xff\xd8"
_SCAN, _END, _FILL = 0xDA, 0xD9, 0xFF
_ADOBE = 0xEE  # says which colours the numbers mean
_COMMENT = 0xFE
_RESTARTS = frozenset(range(0xD0, 0xD8))
_ALONE = _RESTARTS | {0x01, _END}
_TELLING = frozenset({*range(0xE0, 0xF0), _COMMENT}) - {_ADOBE}
_TELLING_BOXES = frozenset({b"xml ", b"uuid", b"uinf", b"jp2i"})
_CODESTREAM = b"\xff\x4f\xff\x51"
_BOX_HEADER = 8


def bare_jpeg(content: bytes) -> bytes:
    """Return a JPEG without application segments, comments and whatever follows its end.

    The Adobe segment stays, without which colours change. Raises ValueError or IndexError on what
    is no whole JPEG.
    """
    if not content.startswith(_START):
        raise ValueError("not a JPEG")
    kept = [part for marker, part in _segments(content) if marker not in _TELLING]
    return b"".join([_START, *kept])


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment up to the end of the picture."""
    at, marker = len(_START), 0
    while marker != _END:
        at = content.index(b"\xff", at)
        marker = content[at + 1]
        end = at + 2
        if marker == _FILL:
            at += 1
            continue
        if marker not in _ALONE:
            end += int.from_bytes(content[end : end + 2], "big")
        if end > len(content):
            raise ValueError("a segment is longer than its picture")
        if marker == _SCAN:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the next marker stands after the coded pixels of a scan."""
    while True:
        at = content.index(b"\xff", at)
        follows = content[at + 1]
        if follows != 0 and follows not in _RESTARTS:
            return at
        at += 2


def bare_jpeg2000(content: bytes) -> bytes:
    """Return a JPEG 2000 file without the boxes of free content. Raises ValueError on others."""
    if content.startswith(_CODESTREAM):
        return content
    return b"".join(box for kind, box in _boxes(content) if kind not in _TELLING_BOXES)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big") or len(content) - at
        kind = content[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(content[at + 8 : at + 16], "big")
        if length < _BOX_HEADER or at + length > len(content):
            raise ValueError("a box is longer than its picture")
        yield kind, content[at : at + length]
        at += length

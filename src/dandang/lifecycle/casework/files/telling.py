"""What a file is, by its first bytes: its name and what a browser says of it count for nothing."""

import re
from enum import StrEnum

from dandang.lifecycle.casework.files.prepared import MediaType

_LOOKED_AT = 4096


class Why(StrEnum):
    """Why a file is not kept, or what it is; words for people live in `interfaces/shared`."""

    HEIC = "heic"
    GIF = "gif"
    SVG = "svg"
    HTML = "html"
    OFFICE = "office"
    ARCHIVE = "archive"
    OTHER_PICTURE = "other_picture"
    FILM = "film"
    SOUND = "sound"
    TEXT = "text"
    PROGRAM = "program"
    UNKNOWN = "unknown"
    ANIMATED = "animated"
    PIXELS = "pixels"
    PAGES = "pages"
    LOCKED = "locked"


_BEGINNINGS: tuple[tuple[re.Pattern[bytes], MediaType | Why], ...] = tuple(
    (re.compile(pattern, re.DOTALL), what)
    for pattern, what in (
        (rb"\xff\xd8\xff", MediaType.JPEG),
        (rb"\x89PNG\r\n\x1a\n", MediaType.PNG),
        (rb"RIFF....WEBP", MediaType.WEBP),
        (rb"%PDF-", MediaType.PDF),
        (rb"....ftyp(hei|hev|mif1|msf1|avi[fs])", Why.HEIC),
        (rb"GIF8[79]a", Why.GIF),
        (
            rb"BM|II\*\x00|MM\x00\*|\x00\x00\x01\x00|8BPS|\x00\x00\x00\x0cjP  |\xff\x0a",
            Why.OTHER_PICTURE,
        ),
        (rb"\xd0\xcf\x11\xe0|\{\\rtf", Why.OFFICE),
        (rb"PK[\x03\x05\x07].*?(\[Content_Types\]|word/|xl/|ppt/|mimetypeapp)", Why.OFFICE),
        (rb"PK[\x03\x05\x07]|Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ", Why.ARCHIVE),
        (rb"RIFF....WAVE|ID3|OggS|fLaC|#!AMR|\xff[\xf2\xf3\xfb]|....ftypM4A", Why.SOUND),
        (
            rb"....ftyp|\x1a\x45\xdf\xa3|RIFF....AVI |\x00\x00\x01\xba|FLV|\x30\x26\xb2\x75",
            Why.FILM,
        ),
        (rb"MZ|\x7fELF|\xca\xfe\xba\xbe|#!", Why.PROGRAM),
    )
)
_SVG = re.compile(rb"<svg[\s>/]", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<(!doctype|html|head|body|script|iframe|\?xml|!--|[a-z]+[\s>/])", re.IGNORECASE
)


def tell(content: bytes) -> MediaType | Why:
    """Return what a file is: a type that can be kept, or why it is not one."""
    start = content[:_LOOKED_AT]
    for pattern, what in _BEGINNINGS:
        if pattern.match(start):
            return what
    return _tell_text(start)


def _tell_text(start: bytes) -> Why:
    if _SVG.search(start):
        return Why.SVG
    if _MARKUP.match(start.lstrip(b"\xef\xbb\xbf \t\r\n\f")):
        return Why.HTML
    try:
        text = start.decode()
    except UnicodeDecodeError as error:
        if error.start < len(start) - 3:  # a character may be cut in two at the end
            return Why.UNKNOWN
        text = start[: error.start].decode()
    return (
        Why.TEXT if all(char.isprintable() or char in "\t\r\n\f" for char in text) else Why.UNKNOWN
    )

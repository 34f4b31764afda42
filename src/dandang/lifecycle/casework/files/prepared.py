"""A file as it may be kept, and how much may be kept. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
"""The most bytes of one file, as it came in and as it is kept."""
MAX_FILES = 6
"""The most files of one act."""
MAX_OF_REQUESTER = 30
"""The most files that one requester, or all officers together, may leave with a case."""
MAX_OF_CASE = 256 * MEGABYTE
"""The most bytes of all files of a case."""
MAX_EDGE = 2560
"""The longer edge of a kept picture, in pixels: enough to read a number plate across a street."""
MAX_PIXELS = 64_000_000
"""The most pixels of a photo (JPEG) that is opened at all: those of today's telephones."""
MAX_PIXELS_WHOLE = 25_000_000
"""The most pixels of a PNG or WebP, which cannot be decoded small: many times a screenshot."""
MAX_PAGES = 100
"""The most pages of a document."""


class MediaType(StrEnum):
    """What is kept; everything else is refused."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"

    @property
    def extension(self) -> str:
        """The end of a file name of this type, with its dot."""
        return _EXTENSIONS[self]

    @property
    def is_picture(self) -> bool:
        """Whether a browser shows it as a picture."""
        return self is not MediaType.PDF


_EXTENSIONS = {
    MediaType.JPEG: ".jpg",
    MediaType.PNG: ".png",
    MediaType.WEBP: ".webp",
    MediaType.PDF: ".pdf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedFile:
    """A file that was checked and written anew: not one byte of `content` is the sender's.

    `name` is safe to be shown and saved, and personal. `width` and `height` are those of a
    picture in pixels. `had_location` says that the picture told where it was taken; it still does
    where its sender wanted that.
    """

    name: str
    media_type: MediaType
    content: bytes = field(repr=False)
    width: int | None = None
    height: int | None = None
    had_location: bool = False

    @property
    def size(self) -> int:
        """The number of bytes kept."""
        return len(self.content)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes kept, in hexadecimal: what the event of the act names."""
        return hashlib.sha256(self.content).hexdigest()


def digests(files: Sequence[PreparedFile]) -> tuple[str, ...] | None:
    """Return what the event of an act names of its files; None where it has none."""
    return tuple(file.sha256 for file in files) or None

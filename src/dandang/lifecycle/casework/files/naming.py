"""Names of files that can do no harm: on a page, in a header, on the disk of whoever saves them."""

import re
import unicodedata

MAX_STEM = 80
_MAX_STEM_BYTES = 200  # file systems hold 255 bytes, and browsers add " (1)"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_RESERVED_CHARACTERS = re.compile(r'[<>:"/\\|?*%]')
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")


def safe_name(name: str, extension: str, *, otherwise: str = "file") -> str:
    """Return the name under which a file is kept, with this extension whatever it had before.

    No folders, no control, invisible or bidirectional characters, nothing that a file system
    reserves, at most `MAX_STEM` characters before the extension; `otherwise` where nothing is left.
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = (" " if char.isspace() else char for char in last)
    text = "".join(char for char in shown if unicodedata.category(char) not in _INVISIBLE)
    text = _RESERVED_CHARACTERS.sub("_", unicodedata.normalize("NFC", text))
    stem = _cut(_stem(" ".join(text.split())))
    if _DEVICES.match(stem):
        stem = f"_{stem}"
    return f"{stem or otherwise}{extension}"


def _stem(text: str) -> str:
    """Return a name without its extensions, however many there are."""
    stem = text.strip(". ")
    while found := _EXTENSION.search(stem):
        stem = stem[: found.start()].strip(". ")
    return stem


def _cut(stem: str) -> str:
    short = stem[:MAX_STEM].encode()[:_MAX_STEM_BYTES].decode(errors="ignore")
    return short.strip(". ")

"""Building SVG and HTML: whatever comes from outside is made fit for XML and escaped here."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold: most control characters, halves of pairs, two that are none."""

Attribute = str | float | None
"""Numbers are coordinates and are rounded to a tenth; None leaves the attribute out."""


def words(text: str) -> SafeString:
    """Return the text escaped, without the characters that XML cannot hold."""
    return mark_safe(escape(_UNFIT.sub("", text)))  # noqa: S308 escaped right here


def element(name: str, *content: SafeString, **attributes: Attribute) -> SafeString:
    """Return an element. `class_` stands for `class`, and `_` within a name for `-`."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(content)
    end = f">{inner}</{name}>" if inner or name in _PAIRED else "/>"
    return mark_safe(f"<{name}{written}{end}")  # noqa: S308 names are ours, values escaped


def joined(*parts: SafeString) -> SafeString:
    """Return the parts one after the other."""
    return mark_safe("".join(parts))  # noqa: S308 all parts are safe


def number(value: float) -> str:
    """Return a coordinate: at most one digit after the point, never `-0`."""
    rounded = round(value, 1)
    whole = int(rounded)
    return str(whole) if rounded == whole else str(rounded)


def _value(value: str | float) -> str:
    return words(value) if isinstance(value, str) else number(value)


_PAIRED = frozenset({"svg", "g", "text", "title", "desc", "div", "td", "th", "p", "ul", "table"})
"""Elements that HTML wants closed by a tag of their own even when they are empty."""

"""QR codes as pictures that stand in a page: SVG of one path, without a style or a script."""

import segno
from django.utils.safestring import SafeString, mark_safe

QUIET = 4
"""The white edge that readers of QR codes need, in modules."""


def qr(text: str, *, name: str) -> SafeString:
    """Return a QR code of the text; `name` is what it is called for those who do not see it.

    Correction level M: it can be read with 15 % of it covered or smudged.
    """
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(omitsize=True, border=QUIET, svgclass="qr", lineclass=None, title=name)
    return mark_safe(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308 segno escapes the title

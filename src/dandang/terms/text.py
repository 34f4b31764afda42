"""The one check every free text passes before it goes anywhere."""

import unicodedata

from dandang.terms.refusal import Code, Refusal

MAX_TEXT = 10_000
_ALLOWED_CONTROLS = frozenset("\n\t")


def check_text(name: str, value: str, *, limit: int = MAX_TEXT, required: bool = True) -> str:
    """Return the text, trimmed, in NFC, with line feeds as line ends.

    Refuses `field_required` (empty), `text_too_long` (more than `limit` characters) and
    `text_unusable` (NUL, other control characters, lone surrogates: PostgreSQL and RFC 8785
    cannot hold them).
    """
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    text = unicodedata.normalize("NFC", text)  # before counting: a few characters become three
    if not text:
        if required:
            raise Refusal(Code.FIELD_REQUIRED, field=name)
        return ""
    if len(text) > limit:
        raise Refusal(Code.TEXT_TOO_LONG, field=name, limit=limit, length=len(text))
    for char in text:
        category = unicodedata.category(char)
        if category == "Cs" or (category == "Cc" and char not in _ALLOWED_CONTROLS):
            raise Refusal(Code.TEXT_UNUSABLE, field=name)
    return text

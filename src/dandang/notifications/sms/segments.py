"""How many text messages a text is charged as; pure (3GPP TS 23.038 and 23.040)."""

import math

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€\f")
_GSM_ALONE, _GSM_EACH = 160, 153
_WIDE_ALONE, _WIDE_EACH = 70, 67


def segments(text: str) -> int:
    """Return the number of parts: 160 letters, or 70 characters where one is not in the alphabet.

    Longer texts have 153 or 67 in each part, the rest of it says how the parts go together.
    """
    if all(char in _GSM or char in _GSM_TWICE for char in text):
        length = len(text) + sum(char in _GSM_TWICE for char in text)
        alone, each = _GSM_ALONE, _GSM_EACH
    else:
        length = len(text.encode("utf-16-be")) // 2
        alone, each = _WIDE_ALONE, _WIDE_EACH
    return 1 if length <= alone else math.ceil(length / each)

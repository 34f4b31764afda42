"""Which phone numbers take text messages; pure."""

import re
import unicodedata

_SPACING = re.compile(r"[\s().\-–—·/]+")
_CHINA = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})")
_ABROAD = re.compile(r"\+(?!86)[1-9]\d{7,14}")


def mobile(text: str) -> str:
    """Return the number of a mobile phone without spacing; "" for landlines and anything else.

    In China mobile numbers have eleven digits and begin with 13 to 19 (MIIT, numbering plan);
    elsewhere a number must be given with its country code.
    """
    plain = _SPACING.sub("", unicodedata.normalize("NFKC", text))
    if found := _CHINA.fullmatch(plain):
        return found[1]
    return plain if _ABROAD.fullmatch(plain) else ""

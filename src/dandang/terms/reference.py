"""Public references of requests and the access codes that go with them.

The alphabet leaves out 0 O 1 I L, which people confuse on paper and on the phone. A reference
names a request and is no secret; an access code opens it and carries 128 bits from the system's
random source (26 characters of 31: 26 × log2 31 = 128.8; ASVS 5.0 11.5.1).
"""

import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
REFERENCE_LENGTH = 8
ACCESS_CODE_LENGTH = 26


def _draw(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_reference() -> str:
    """Return a fresh reference such as `7K4M-9Q2X`."""
    drawn = _draw(REFERENCE_LENGTH)
    return f"{drawn[:4]}-{drawn[4:]}"


def new_access_code() -> str:
    """Return a fresh access code of 26 characters, without separators."""
    return _draw(ACCESS_CODE_LENGTH)


def _squeeze(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in wide if char.isalnum())


def normalise_reference(text: str) -> str:
    """Return the stored form of a reference as typed: any case, width, spaces or dashes."""
    squeezed = _squeeze(text)
    return f"{squeezed[:4]}-{squeezed[4:]}"


def normalise_access_code(text: str) -> str:
    """Return the stored form of an access code as typed."""
    return _squeeze(text)


def check_reference(text: str) -> bool:
    """Say whether the text, once normalised, has the shape of a reference."""
    squeezed = _squeeze(text)
    return len(squeezed) == REFERENCE_LENGTH and all(char in ALPHABET for char in squeezed)

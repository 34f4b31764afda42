"""Public references of requests and the access codes that go with them.

The alphabet leaves out 0 O 1 I L, which people confuse on paper and on the phone. A reference
names a request and is no secret; an access code opens it and carries 128 bits from the system's
random source (26 characters of 31: 26 × log2 31 = 128.8; ASVS 5.0 11.5.1).
"""

import hashlib
import secrets
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
REFERENCE_LENGTH = 8
ACCESS_CODE_LENGTH = 26
_DIGEST_LENGTH = 32


def _draw(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_reference() -> str:
    """Return a fresh reference such as `7K4M-9Q2X`."""
    drawn = _draw(REFERENCE_LENGTH)
    return f"{drawn[:4]}-{drawn[4:]}"


def new_access_code() -> str:
    """Return a fresh access code of 26 characters, without separators."""
    return _draw(ACCESS_CODE_LENGTH)


def access_code_from(digest: bytes) -> str:
    """Return the access code that belongs to a secret digest: always the same one.

    A digest of 256 bits makes every code as likely as any other, to one part in 2**127. Raises
    ValueError on a shorter one.
    """
    if len(digest) < _DIGEST_LENGTH:
        raise ValueError(f"{len(digest)} bytes are too few for an access code")
    number, letters = int.from_bytes(digest), ""
    for _ in range(ACCESS_CODE_LENGTH):
        number, position = divmod(number, len(ALPHABET))
        letters += ALPHABET[position]
    return letters


def access_hash(code: str) -> bytes:
    """Return what is kept of an access code: SHA-256 of its normalised characters.

    The code's own 128 bits make guessing hopeless, so a slow hash would protect nothing more.
    """
    return hashlib.sha256(code.encode("utf-8", "replace")).digest()


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

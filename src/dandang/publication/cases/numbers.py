"""The number by which the public knows a case: made of its ledger stream, leading nowhere else.

It is not the reference on anybody's receipt, so that who sees the one learns nothing of the other.
"""

import hashlib

from dandang.terms.reference import ALPHABET

LENGTH = 12
_GROUP = 4
_FOR = b"dandang public number\n"


def public_number(stream: bytes) -> str:
    """Return the public number of a case, such as `7K4M-9Q2X-B6TD`: always the same one.

    12 letters of 31, drawn from SHA-256: of ten million cases two share a number with a chance of
    1 in 15,000.
    """
    number, letters = int.from_bytes(hashlib.sha256(_FOR + stream).digest()), ""
    for _ in range(LENGTH):
        number, position = divmod(number, len(ALPHABET))
        letters += ALPHABET[position]
    return _grouped(letters)


def normal_number(typed: str) -> str:
    """Return a public number as typed in the form that is kept; "" for anything else."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    fits = len(letters) == LENGTH and all(letter in ALPHABET for letter in letters)
    return _grouped(letters) if fits else ""


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))

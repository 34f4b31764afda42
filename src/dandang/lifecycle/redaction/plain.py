"""Texts in the one width in which they are looked through, letter by letter at the same places."""

import unicodedata


def plain(text: str) -> str:
    """Return the text with wide letters and digits as narrow ones; every place stays the same."""
    return "".join(_narrow(character) for character in text)


def digits_of(text: str) -> str:
    """Return the digits of a text alone, as narrow ones."""
    return "".join(character for character in plain(text) if character in "0123456789")


def _narrow(character: str) -> str:
    found = unicodedata.normalize("NFKC", character)
    return found if len(found) == 1 else character

"""Whether a text names the very person who sent it. What is compared is kept nowhere."""

import re
from collections.abc import Iterable

from dandang.lifecycle.redaction.plain import digits_of, plain

_SHORTEST_NUMBER = 6
_LOCAL = 7
"""So many digits at the end of a phone number are its own; before them stand codes of places."""
_SHORTEST_WIDE, _SHORTEST_NAME = 2, 3
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[^0-9\w\n]{1,3}(?=[0-9])")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


def names_contact(text: str, contacts: Iterable[str]) -> bool:
    """Say whether a name, a phone number or an e-mail address stands in a text literally.

    Case and width make no difference, nor do spaces and ends of lines in a name, what separates
    the digits of a number, and the code before it. A single character is no name.
    """
    looked = _looked(text)
    digits = _BETWEEN_DIGITS.sub("", looked)
    return any(_stands_in(contact, looked, digits) for contact in contacts)


def _stands_in(contact: str, looked: str, digits: str) -> bool:
    number = digits_of(contact)
    own = number if "@" in contact else number[-_LOCAL:]
    if len(number) >= _SHORTEST_NUMBER and own in digits:
        return True
    words = " ".join(_looked(contact).split())
    if not words or words.isdigit():
        return False
    if words.isascii():
        whole = rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])"
        spaced = " ".join(looked.split())
        return len(words) >= _SHORTEST_NAME and re.search(whole, spaced) is not None
    name = "".join(words.split())
    return len(name) >= _SHORTEST_WIDE and name in "".join(looked.split())


def _looked(text: str) -> str:
    return _UNSEEN.sub("", plain(text)).casefold()

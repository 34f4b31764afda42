"""Whether a text names the very person who sent it. What is compared is kept nowhere."""

import re
from collections.abc import Iterable

from dandang.lifecycle.redaction.plain import digits_of, plain

_SHORTEST_NUMBER = 6
_SHORTEST_WIDE, _SHORTEST_NAME = 2, 3
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[^0-9\w\n]{1,3}(?=[0-9])")


def names_contact(text: str, contacts: Iterable[str]) -> bool:
    """Say whether a name, a phone number or an e-mail address stands in a text literally.

    Case and width make no difference, nor does what separates the digits of a number. A single
    character is no name.
    """
    looked = plain(text).casefold()
    digits = _BETWEEN_DIGITS.sub("", looked)
    return any(_stands_in(contact, looked, digits) for contact in contacts)


def _stands_in(contact: str, looked: str, digits: str) -> bool:
    number = digits_of(contact)
    if len(number) >= _SHORTEST_NUMBER and number in digits:
        return True
    words = " ".join(plain(contact).casefold().split())
    if not words or words.isdigit():
        return False
    if words.isascii():
        whole = rf"(?<![a-z0-9]){re.escape(words)}(?![a-z0-9])"
        return len(words) >= _SHORTEST_NAME and re.search(whole, looked) is not None
    return len(words) >= _SHORTEST_WIDE and words in looked

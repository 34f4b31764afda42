"""What somebody typed into the search box, as words, phrases and words that must not stand there.

Words stand apart by spaces, commas and other stops; what stands in quotation marks is one phrase;
a minus before a word or a phrase leaves out the cases that have it. Width and case make no
difference.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dandang.terms.bigrams import MOST_WORDS, normal, phrase

OPEN_LABEL = "A"
"""The label of texts that are not internal, in `IndexedCase.words`."""
LONGEST = 200
_WORD = re.compile(
    r"(?P<minus>(?<!\S)-)?"
    r'(?:"(?P<a>[^"]*)"|“(?P<b>[^”]*)”|「(?P<c>[^」]*)」|(?P<plain>[^\s"“「]+|["“「]))'
)
_QUOTED = re.compile(r'("[^"]*"|“[^”]*”|「[^」]*」)')
_STOPS = re.compile(r"(?<![0-9])[,;!?、。]|[,;!?、。](?![0-9])")
"""What parts words as a space does; not within a number."""
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_DIGITS = re.compile(r"(?<![0-9A-Za-z])\+?[0-9](?:[ ()\-.]?[0-9]){6,}(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?:\+?86)?1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[1-9][0-9]{8,10}")
_IDENTITY = re.compile(r"[1-9][0-9]{16}[0-9Xx]")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed. `words` have to stand in a case just so, `without` must not."""

    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def is_hopeless(self) -> bool:
        """Whether there is nothing to look for: signs alone, or only words to leave out."""
        return not self.words

    def is_of_index(self, *, internal: bool = True) -> bool:
        """Say whether the index alone tells who has it, without a look at the texts themselves.

        It does not know what stands beside what, what is internal, and what is not there.
        """
        return internal and not self.without and not any("<" in phrase(one) for one in self.words)

    def query(self, *, internal: bool = True) -> str:
        """Return it as PostgreSQL reads a `tsquery`; without `internal` texts where asked."""
        label = "" if internal else OPEN_LABEL
        parts = [phrase(one, label) for one in self.words]
        return " & ".join([*parts, *(f"!{phrase(one, label)}" for one in self.without)])


def asked(typed: str) -> Asked:
    """Return what was typed; what cannot be searched for is left out."""
    words: dict[str, None] = {}
    without: dict[str, None] = {}
    for word, leaves_out in _words(_parted(normal(typed[:LONGEST]))):
        if phrase(word):
            (without if leaves_out else words).setdefault(word)
    most = tuple(words)[:MOST_WORDS]
    return Asked(most, tuple(one for one in without if one not in words)[:MOST_WORDS])


def names_somebody(typed: str) -> bool:
    """Say whether a phone number, an identity number or an e-mail address stands in what was typed.

    Such words are not searched for here, and never stand in an address. What is far too long to be
    searched for is not looked through to its end.
    """
    text = normal(typed[: 2 * LONGEST])
    if _MAIL.search(text):
        return True
    for found in _DIGITS.finditer(text):
        digits = re.sub(r"[^0-9]", "", found[0])
        if any(one.fullmatch(digits) for one in (_MOBILE, _LANDLINE, _IDENTITY)):
            return True
    return bool(re.search(r"(?<![0-9])[1-9][0-9]{16}x(?![0-9a-z])", text))


def _parted(text: str) -> str:
    """Return a text with spaces for stops, but for those in quotation marks."""
    return "".join(
        one if at % 2 else _STOPS.sub(" ", one) for at, one in enumerate(_QUOTED.split(text))
    )


def _words(text: str) -> Iterator[tuple[str, bool]]:
    for found in _WORD.finditer(text):
        words = next((one for one in found.group("a", "b", "c", "plain") if one), "")
        if words.strip():
            yield words.strip(), bool(found["minus"])

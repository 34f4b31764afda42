"""Where words that were searched for stand in a text: a piece of it, with the hits marked.

Made anew at every reading from the text as it is then: of an erased text nothing is left to show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dandang.terms.bigrams import bigrams, normal

_AROUND = 28
_MOST = 110


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; `is_hit` where it is one of the words searched for."""

    text: str
    is_hit: bool = False


Snippet = tuple[Piece, ...]


def marked(text: str, words: Sequence[str]) -> Snippet:
    """Return a whole text with the hits in it, such as a title."""
    folded, origins = _folded(text)
    return _pieces(text, _spans(folded, origins, words), 0, len(text))


def snippet(text: str, words: Sequence[str]) -> Snippet:
    """Return a piece of a text around its first hit; () where none of the words stands in it."""
    folded, origins = _folded(text)
    spans = _spans(folded, origins, words)
    if not spans:
        return ()
    start = max(0, spans[0][0] - _AROUND)
    end = min(len(text), start + _MOST)
    inside = [(first, min(last, end)) for first, last in spans if first < end]
    before = (Piece("…"),) if start else ()
    after = (Piece("…"),) if end < len(text) else ()
    return (*before, *_pieces(text, inside, start, end), *after)


def beginning(text: str) -> Snippet:
    """Return how a text begins."""
    return (Piece(text[:_MOST]), Piece("…")) if len(text) > _MOST else (Piece(text),)


def hits(text: str, words: Sequence[str]) -> int:
    """Return how many of the words stand in a text."""
    folded, origins = _folded(text)
    return sum(bool(_spans(folded, origins, [word])) for word in words)


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text as texts are compared, and from which of its characters each of that came."""
    folded: list[str] = []
    origins: list[int] = []
    for at, character in enumerate(text):
        for one in normal(character):
            folded.append(one)
            origins.append(at)
    return "".join(folded), origins


def _spans(folded: str, origins: Sequence[int], words: Iterable[str]) -> list[tuple[int, int]]:
    """Return from where to where words stand in the text, in order, without any that overlap."""
    found = [
        (origins[at], origins[at + len(word) - 1] + 1)
        for word in words
        for at in _places(folded, word)
    ]
    spans: list[tuple[int, int]] = []
    for first, last in sorted(found, key=lambda one: (one[0], -one[1])):
        if not spans or first >= spans[-1][1]:
            spans.append((first, last))
    return spans


def _places(folded: str, word: str) -> Iterable[int]:
    """Yield where a word stands; one of letters and digits stands there whole."""
    at = folded.find(word)
    is_whole = len(bigrams(word)) == 1 and word.isascii()
    while at >= 0:
        end = at + len(word)
        inside = (at and folded[at - 1].isascii() and folded[at - 1].isalnum()) or (
            end < len(folded) and folded[end].isascii() and folded[end].isalnum()
        )
        if not (is_whole and inside):
            yield at
        at = folded.find(word, at + 1)


def _pieces(text: str, spans: Iterable[tuple[int, int]], start: int, end: int) -> Snippet:
    pieces: list[Piece] = []
    at = start
    for first, last in spans:
        if first > at:
            pieces.append(Piece(text[at:first]))
        pieces.append(Piece(text[first:last], is_hit=True))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end]))
    return tuple(pieces)

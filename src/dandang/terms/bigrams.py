"""Text as what it can be found by: characters and pairs of them for Chinese, words for the rest.

One function feeds both sides. `vector` is what is kept of a text, `query` what is asked of it; both
are written out as PostgreSQL reads them, so that no parser and no locale of a server decides what
a Chinese word is. A word of Chinese characters finds what a search for that very string would.
"""

import unicodedata
from collections.abc import Iterable, Iterator

MAX_POSITION = 16_383
"""PostgreSQL moves every later place of a text here; what is there cannot be told apart."""
MOST_WORDS = 12
_MOST_LETTERS = 64
_MOST_TOKENS = 200
_MOST_BYTES = 900_000
"""Of what PostgreSQL takes for one text: 1 MiB."""
_POSITION_BYTES, _TOKEN_BYTES = 2, 10
_APART = 8
"""Places between two texts: no phrase that anybody types leaps over them."""
_WIDE_FROM = "\u2e80"  # CJK radicals; everything from here on is written without spaces
_WIDE_TO = "\ua4cf"
_MORE_WIDE = (("\uac00", "\ud7af"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))


def bigrams(text: str) -> list[str]:
    """Return what a text can be found by, in order of place, repeated as it stands there.

    Of Chinese every character and every pair of neighbours, of other writing every word; case,
    width and forms of the same character make no difference.
    """
    return [token for token, _ in _placed(text)]


def vector(text: str) -> str:
    """Return what is kept of a text, as PostgreSQL reads a `tsvector`.

    What stands behind place `MAX_POSITION` is not kept: pieces of it would run together.
    """
    places: dict[str, list[int]] = {}
    for token, place in _placed(text):
        if place >= MAX_POSITION:
            break
        places.setdefault(token, []).append(place)
    return " ".join(
        f"'{token}':{','.join(map(str, found))}" for token, found in sorted(places.items())
    )


def labelled(parts: Iterable[tuple[str, str]]) -> str:
    """Return what is kept of several texts, each with its label, as PostgreSQL reads a `tsvector`.

    A label is one of A, B, C or "" (which is D there); a query can ask for some of them only. No
    phrase runs from one text into the next. Of what stands behind place `MAX_POSITION` the order is
    lost: characters, pairs and words of it are found, longer phrases are not. What does not fit
    into a `tsvector` is left out.
    """
    kept: dict[str, list[str]] = {}
    size, start = 0, 0
    for text, label in parts:
        last = start
        for token, at in _placed(text):
            last = min(start + at, MAX_POSITION)
            size += _POSITION_BYTES + (0 if token in kept else len(token.encode()) + _TOKEN_BYTES)
            if size > _MOST_BYTES:
                break
            kept.setdefault(token, []).append(f"{last}{label}")
        start = last + _APART
    return " ".join(f"'{token}':{','.join(found)}" for token, found in sorted(kept.items()))


def query(typed: str) -> str:
    """Return what was typed as PostgreSQL reads a `tsquery`: every word, each as it was written.

    "" where nothing of it can be searched. At most `MOST_WORDS` words.
    """
    words = normal(typed).split()
    asked = (phrase(word) for word in words)
    return " & ".join([one for one in asked if one][:MOST_WORDS])


def any_of(tokens: Iterable[str]) -> str:
    """Return tokens of `bigrams` as a `tsquery` that finds each of them."""
    return " | ".join(f"'{token}'" for token in tokens)


def normal(text: str) -> str:
    """Return the form in which texts are compared: one width, one case."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def phrase(written: str, label: str = "") -> str:
    """Return what stands in a text just so, as PostgreSQL reads a `tsquery`; "" for nothing.

    With a `label` (or several) only texts are meant that have it, see `labelled`.
    """
    runs = list(_runs(normal(written)))
    meant = f":{label}" if label else ""
    parts: list[str] = []
    before: int | None = None
    for run, place in runs:
        for token, at in _of_run(run, place, whole=False):
            parts += [f"<{at - before}>"] if before is not None else []
            parts.append(f"'{token}'{meant}")
            before = at
    return f"({' '.join(parts[: 2 * _MOST_TOKENS - 1])})" if parts else ""


def _placed(text: str) -> Iterator[tuple[str, int]]:
    for run, place in _runs(normal(text)):
        yield from _of_run(run, place, whole=True)


def _of_run(run: str, place: int, *, whole: bool) -> Iterator[tuple[str, int]]:
    """Yield what a run is found by: for a text the whole of it, for a query what suffices.

    A query of two characters or more asks for pairs alone.
    """
    if not _is_wide(run[0]):
        yield run[:_MOST_LETTERS], place
        return
    for at, character in enumerate(run):
        if whole or len(run) == 1:
            yield character, place + at
        if at + 1 < len(run):
            yield run[at : at + 2], place + at


def _runs(text: str) -> Iterator[tuple[str, int]]:
    """Yield runs of one kind of writing with their places; whatever stands between takes one.

    A character of Chinese takes a place, and so does a word of other writing.
    """
    place, start = 1, 0
    while start < len(text):
        kind, end = _kind(text[start]), start + 1
        while end < len(text) and _kind(text[end]) == kind:
            end += 1
        if kind:
            yield text[start:end], place
        place += end - start if kind == "wide" else 1
        start = end


def _kind(character: str) -> str:
    if _is_wide(character):
        return "wide"
    return "word" if unicodedata.category(character)[0] in "LNM" else ""


def _is_wide(character: str) -> bool:
    """Say whether a character belongs to writing without spaces between words."""
    if unicodedata.category(character)[0] not in "LNM":
        return False
    if _WIDE_FROM <= character <= _WIDE_TO:
        return True
    return any(first <= character <= last for first, last in _MORE_WIDE)

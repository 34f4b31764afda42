"""How wide words are and where they break: near enough to lay out labels without a browser."""

import re
import unicodedata

_WIDE = frozenset("WF")
_NARROW = frozenset("iIljtf.,:;'|!()[] ·")
_BROAD = frozenset("mwMW@%—…")
_NARROW_EM, _PLAIN_EM, _CAPITAL_EM, _BROAD_EM = 0.32, 0.56, 0.68, 0.9
_PIECES = re.compile(r"\s+|[^\s\u2e80-\uffef]+|.", re.DOTALL)
ELLIPSIS = "…"


def width(text: str, size: float) -> float:
    """Return about how wide the text is at this size; Chinese characters are as wide as high."""
    return size * sum(_em(one) for one in text)


def _em(one: str) -> float:
    if unicodedata.east_asian_width(one) in _WIDE:
        return 1.0
    if unicodedata.combining(one):
        return 0.0
    if one in _NARROW:
        return _NARROW_EM
    if one in _BROAD:
        return _BROAD_EM
    return _CAPITAL_EM if one.isupper() else _PLAIN_EM


def lines(text: str, room: float, size: float, most: int) -> tuple[str, ...]:
    """Break the text into at most so many lines that fit the room; an ellipsis ends a cut one.

    Latin words stay whole where they fit; Chinese breaks between any two characters.
    """
    rows = [""]
    for piece in _pieces(" ".join(text.split()), room, size):
        if width(rows[-1] + piece.rstrip(), size) > room and rows[-1]:
            rows.append("")
        rows[-1] += piece if rows[-1] else piece.lstrip()
    found = [row.strip() for row in rows]
    if len(found) <= most:
        return tuple(found)
    return (*found[: most - 1], _cut(found[most - 1] + ELLIPSIS, room, size))


def _pieces(text: str, room: float, size: float) -> list[str]:
    found: list[str] = []
    for piece in _PIECES.findall(text):
        found += [piece] if width(piece, size) <= room else list(piece)
    return found


def _cut(text: str, room: float, size: float) -> str:
    kept = text.removesuffix(ELLIPSIS)
    while kept and width(kept.rstrip() + ELLIPSIS, size) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS

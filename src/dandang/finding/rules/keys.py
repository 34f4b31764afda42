"""Keys: short codes by which rows of the index are narrowed, and blocks of time among them.

A block of level 0 is eight hours, each level above eight times as long; a row has one key for each
level. Any span of blocks is covered by few keys, so that the newest cases are looked through first
and older ones only where those do not suffice.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from enum import StrEnum

LEVELS = 5
_SECONDS = 8 * 60 * 60
_WIDTH = 8


class Key(StrEnum):
    """What a key tells of a case; its value is the letter before the colon."""

    NEAR_UNIT = "u"
    CAME_FROM = "f"
    ADDRESSED = "p"
    HOLDER_UNIT = "h"
    STATE = "s"
    CATEGORY = "c"
    AREA = "a"
    CASE_CLASS = "l"
    CHANNEL = "n"
    KIND = "k"
    REFERENCE = "r"
    HAS = "x"
    SAID = "e"
    INTERNAL = "i"
    TITLED = "y"
    SENT = "t"
    DUE = "d"


FILES = "files"
DEADLINE = "deadline"
"""What a case may have (`Key.HAS`)."""

NEVER = "never"
"""A key that no row has."""


def key(kind: Key, value: object) -> str:
    """Return the key that says this of a case."""
    return f"{kind.value}:{value}"


def keys(kind: Key, values: Iterable[object]) -> list[str]:
    """Return the keys of several values."""
    return [key(kind, value) for value in values]


OF_EVENTS = frozenset({Key.SAID, Key.INTERNAL, Key.TITLED})
"""Keys that name an event: one with texts, with internal ones, one of which the title is meant."""


def events_in(row_keys: Iterable[str]) -> Iterator[tuple[int, Key]]:
    """Yield the events whose texts a row was made of, and what of them it was made of."""
    for one in row_keys:
        kind, _, value = one.partition(":")
        if Key(kind) in OF_EVENTS:
            yield int(value), Key(kind)


def block(at: datetime) -> int:
    """Return the number of the block of level 0 that an instant is in."""
    return int(at.timestamp()) // _SECONDS


def beginning(number: int) -> datetime:
    """Return when a block of level 0 begins (UTC)."""
    return datetime.fromtimestamp(number * _SECONDS, tz=UTC)


def of_instant(kind: Key, at: datetime) -> list[str]:
    """Return the keys of the blocks that an instant is in, one for each level."""
    number = block(at)
    return [key(kind, f"{level}.{number // _WIDTH**level}") for level in range(LEVELS)]


def covering(kind: Key, first: int, last: int) -> list[str]:
    """Return the keys of blocks that cover those from `first` to `last` of level 0, and no other.

    Both ends are meant. () where there is none.
    """
    found: list[str] = []
    level = 0
    while first <= last:
        top = level == LEVELS - 1
        while first <= last and (top or first % _WIDTH):
            found.append(key(kind, f"{level}.{first}"))
            first += 1
        while first <= last and (last + 1) % _WIDTH:
            found.append(key(kind, f"{level}.{last}"))
            last -= 1
        if first <= last:
            first, last, level = first // _WIDTH, last // _WIDTH, level + 1
    return found

"""What a ledger tells apart from what is drawn or measured: two can be compared by it."""

from collections.abc import Iterator
from itertools import zip_longest

from dandang.ledger.queries import follow
from dandang.terms import Due
from dandang.terms.event import JsonValue

_PAGE = 2000

Line = tuple[int, int, str, str, str, str, tuple[tuple[str, JsonValue], ...], tuple[Due, ...]]
"""Which stream, which event of it, its type, who, for which post, when it happened, the fields, the
clocks."""


def outline() -> Iterator[Line]:
    """Yield every event of the ledger in its order, without what no two ledgers have in common.

    Streams are numbered as they first appear. Tags, salts, digests, hashes and the times of
    recording are left out. All events must have their index (`ledger.sequencer`).
    """
    numbers: dict[bytes, int] = {}
    after = -1
    while page := follow(after, limit=_PAGE):
        for after, event in page:  # noqa: B007 the last index is where the next page begins
            stream = numbers.setdefault(bytes(event.stream), len(numbers))
            yield (
                stream,
                event.seq,
                event.type,
                str(event.actor),
                event.post,
                event.occurred_at.isoformat(),
                tuple(sorted(event.fields.items())),
                event.dues,
            )


def first_difference(one: list[Line], other: list[Line]) -> tuple[Line | None, Line | None] | None:
    """Return the first two events that are not the same; None where all are."""
    pairs = zip_longest(one, other)
    return next((pair for pair in pairs if pair[0] != pair[1]), None)

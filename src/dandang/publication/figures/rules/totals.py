"""How counters add up to totals: the trees of what is kept, which figures are read off.

Whatever is part of something else here is also protected by it: a count that is not shown must not
be computable from a total and the other parts (`rules.hiding`).
"""

from collections.abc import Iterator, Mapping

from dandang.lifecycle.states import ENDS, State
from dandang.publication.figures.rules.contribution import AGES, ASKED

END_ORDER = tuple(state for state in State if state in ENDS)
ASKED_ORDER = tuple(state for state in END_ORDER if state in ASKED)
UNASKED_ORDER = tuple(state for state in END_ORDER if state not in ASKED)

_OVERDUE = tuple(f"overdue:{age}" for age in range(len(AGES)))

PARTS: Mapping[str, tuple[str, ...]] = {
    "received": (
        "response:decided",
        "response:undecided",
        "response:unneeded",
        "response:without",
    ),
    "response:decided": ("response:in_time", "response:late"),
    "response:late": ("response:none", "response:came"),
    "open": ("overdue", "open:in_time"),
    "overdue": _OVERDUE,
    "ended": ("asked", "unasked"),
    "asked": tuple(f"end:{state}" for state in ASKED_ORDER),
    "unasked": tuple(f"end:{state}" for state in UNASKED_ORDER),
    "rateable": ("rating:given", "rating:none"),
    "rating:given": ("rating:high", "rating:low"),
    "reopened": ("relapsed", "reopened:else"),
}
"""What each total is made of, without a rest."""

ROOTS = ("received", "open", "ended", "rateable", "reopened", "imported_end")
"""The totals that are part of nothing else that is kept."""

UNSHOWN = frozenset(
    {
        "response:late",
        "response:came",
        "response:without",
        "open:in_time",
        "rating:low",
        "reopened:else",
    }
)
"""Parts that are never shown. They follow from the others where nothing is hidden."""

_RECEIVED = ("received", "open", "overdue", *_OVERDUE)
_ENDED = ("ended", "asked", "unasked", "end:solved", "rateable", "reopened", "imported_end")
_RESPONSE = tuple(name for parts in PARTS.values() for name in parts if name.startswith("response"))

_DECIDED = ("received", "response:decided")

OPEN = frozenset({*_RECEIVED, *_RESPONSE, *_ENDED, "rating:given", "rating:none"})
"""What tells of the work of offices and not of whoever sent something: it is no secret, however
small. What else there is tells how requesters' matters ended and what they said."""

BASES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((*_RECEIVED, *_RESPONSE), ("received",)),
    **dict.fromkeys(("response:decided", *PARTS["response:decided"]), _DECIDED),
    **dict.fromkeys(PARTS["response:late"], _DECIDED),
    **dict.fromkeys(("ended", "unasked", *PARTS["unasked"], "rateable", "rating:none"), ("ended",)),
    **dict.fromkeys(("asked", *PARTS["asked"]), ("ended", "asked")),
    **dict.fromkeys(("rating:given", "rating:high"), ("rating:given",)),
    **dict.fromkeys(("reopened", "relapsed"), ("reopened",)),
    "imported_end": ("imported_end",),
}
"""The cases or ratings that a count is of. Where any of these are few, it is not told."""

_RESTS = {
    "response:came": ("response:late", ("response:none",)),
    "response:without": (
        "received",
        ("response:decided", "response:undecided", "response:unneeded"),
    ),
    "open:in_time": ("open", ("overdue",)),
    "reopened:else": ("reopened", ("relapsed",)),
}
"""Parts that are not counted but are what is left: of which total, without which parts."""

_SUMS = (
    "response:decided",
    "overdue",
    "asked",
    "unasked",
    "ended",
    "rating:given",
    "rateable",
)
"""Totals that are not counted but added up, each after its parts."""


def complete(counted: Mapping[str, int]) -> dict[str, int]:
    """Return the counters of a cell with every total and rest, without those that are 0."""
    found = {name: number for name, number in counted.items() if not name.startswith("wait:")}
    for name in _SUMS:
        found[name] = sum(found.get(part, 0) for part in PARTS[name])
    for name, (whole, others) in _RESTS.items():
        found[name] = found.get(whole, 0) - sum(found.get(part, 0) for part in others)
    return {name: number for name, number in found.items() if number}


def waits(counted: Mapping[str, int]) -> Iterator[tuple[str, str, int, int]]:
    """Yield what is kept of waits: by what (class or channel), its code, the step, how many."""
    for name, number in counted.items():
        if name.startswith("wait:"):
            _, by, rest = name.split(":", 2)
            code, _, step = rest.rpartition(":")
            yield by, code, int(step), number

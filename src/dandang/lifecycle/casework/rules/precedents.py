"""What a decided dispute leaves for later ones: its precedent, and how near it is to a new case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dandang.lifecycle.casework.events.custody import DisputeDecided, DisputeRaised
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.terms import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decided dispute in codes. No personal data: the reasons in words stay in the ledger.

    `event_id` is the ledger row of the decision, `decided_at` when it happened (UTC). `category`
    and `area` are those of the case at that time, `from_unit` held it then, `wanted_unit` is where
    the holder wanted it to go, `to_unit` and `to_post` got it. `reason` is the code that the
    dispute was raised with, `ground` what raised it: by_holder, second_return, third_hand_over.
    `basis` is the rule or the duty that the decision names.
    """

    event_id: int
    decided_at: datetime
    category: str | None
    area: str | None
    reason: str
    ground: str
    from_unit: str
    wanted_unit: str
    to_unit: str
    to_post: str
    basis: str


def decision(
    event_id: int, decided: Recorded, before: CaseState, raised: DisputeRaised | None
) -> Decision:
    """Return the precedent of a `dispute_decided`.

    `before` is the case as it stood when it was decided, `raised` the last dispute before that.
    """
    event = decided.event
    assert isinstance(event, DisputeDecided)
    return Decision(
        event_id=event_id,
        decided_at=decided.occurred_at,
        category=before.category,
        area=before.area,
        reason=raised.reason if raised else "",
        ground=raised.ground if raised else "",
        from_unit=before.holder_unit,
        wanted_unit=raised.wanted_unit if raised else "",
        to_unit=event.to_unit,
        to_post=event.to_post,
        basis=event.basis,
    )


class Watch:
    """Goes along with the events of one case, in order, and notes every decision of a dispute."""

    __slots__ = ("_raised", "found")

    found: list[Decision]

    def __init__(self) -> None:
        self._raised: DisputeRaised | None = None
        self.found = []

    def see(self, event_id: int, recorded: Recorded, before: CaseState | None) -> None:
        """Take in the next event; `before` is the case without it."""
        if isinstance(recorded.event, DisputeRaised):
            self._raised = recorded.event
        elif isinstance(recorded.event, DisputeDecided):
            assert before is not None
            self.found.append(decision(event_id, recorded, before, self._raised))


WATCHED = frozenset({DisputeRaised.type_name(), DisputeDecided.type_name()})
"""The names of the events that a `Watch` needs to see."""


def rank(found: Decision, path: Sequence[str], reason: str) -> int | None:
    """Return how near a decision is to a case, 0 being nearest; None where it is of another kind.

    `path` is the category of the case from the root down. 0: the same category and reason; 1: the
    same category; 2: a category above. Within a rank the newest goes first.
    """
    if found.category is None or found.category not in path:
        return None
    if found.category != path[-1]:
        return 2
    return 0 if reason and found.reason == reason else 1


def family(code: str, parents: Mapping[str, str | None]) -> frozenset[str]:
    """Return a code with everything above and below it in a tree; an unknown code stands alone."""
    return frozenset({code, *_above(code, parents), *below(code, parents)})


def below(code: str, parents: Mapping[str, str | None]) -> frozenset[str]:
    """Return a code with everything below it in a tree; an unknown code stands alone."""
    return frozenset({code, *(one for one in parents if code in _above(one, parents))})


def _above(code: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    above = parents.get(code)
    while above is not None:
        yield above
        above = parents.get(above)

"""What becomes of a promise to a requester: kept, broken, replaced by an earlier one, dropped."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from dandang.lifecycle.casework.events.work import PromiseBroken, PromiseKept, PromiseMade
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.terms import Event, Recorded


class Fate(StrEnum):
    """What became of a promise. Dropped: the case ended before, without the promised result."""

    KEPT = "kept"
    BROKEN = "broken"
    REPLACED = "replaced"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise in codes. No personal data: its words stay in the ledger.

    `event_id` is the ledger row of the promise, `made_at` when it was made and `promised_for` the
    time it names (UTC), `unit` what held the case then. `fate` is None as long as it is open,
    `settled_at` when it was settled.
    """

    event_id: int
    made_at: datetime
    promised_for: datetime
    unit: str
    fate: Fate | None = None
    settled_at: datetime | None = None


def made(event_id: int, recorded: Recorded, unit: str) -> Promise:
    """Return the promise of a `promise_made` by the unit that holds the case."""
    event = recorded.event
    assert isinstance(event, PromiseMade)
    return Promise(
        event_id=event_id,
        made_at=recorded.occurred_at,
        promised_for=event.promised_for,
        unit=unit,
    )


def fate_of(event: Event, *, still_promised: bool) -> Fate | None:
    """Return what an event makes of the promise that is open before it; None: it stays open.

    `still_promised` is whether the case has a promise after the event.
    """
    if isinstance(event, PromiseMade):
        return Fate.REPLACED
    if isinstance(event, PromiseKept):
        return Fate.KEPT
    if isinstance(event, PromiseBroken):
        return Fate.BROKEN
    return None if still_promised else Fate.DROPPED


class PromiseWatch:
    """Goes along with the events of one case, in order, and notes what became of its promises."""

    __slots__ = ("_open", "_settled")

    def __init__(self) -> None:
        self._open: Promise | None = None
        self._settled: list[Promise] = []

    @property
    def found(self) -> list[Promise]:
        """Every promise so far, the open one last."""
        return [*self._settled, *([self._open] if self._open else [])]

    def wants(self, event_type: str) -> bool:
        """Say whether it needs to see an event of this type now."""
        return self._open is not None or event_type == PromiseMade.type_name()

    def see(self, event_id: int, recorded: Recorded, after: CaseState) -> None:
        """Take in the next event, with the case after it."""
        fate = fate_of(recorded.event, still_promised=after.promised_for is not None)
        if self._open is not None and fate is not None:
            settled = replace(self._open, fate=fate, settled_at=recorded.occurred_at)
            self._settled.append(settled)
            self._open = None
        if isinstance(recorded.event, PromiseMade):
            self._open = made(event_id, recorded, after.holder_unit)

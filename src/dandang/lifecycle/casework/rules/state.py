"""What a case is: the responsibility state that every event moves on. No personal data.

The same state is kept in rows (`casework.models`) and rebuilt from the ledger (`replay`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dandang.lifecycle.deadlines.rules import Standing
from dandang.lifecycle.states import OPEN, Outcome, State, Verdict
from dandang.policy import ClockName
from dandang.terms import Due


@dataclass(frozen=True, slots=True)
class RequestState:
    """One requester's request within a case: its number, and what its sender said of the result.

    `withdrawn` requests take no part in judgements. `reachable` is whether a usable contact was
    left.
    """

    number: int
    sent_at: datetime
    reachable: bool
    verdict: Verdict | None = None
    judged_at: datetime | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class CaseState:
    """One case at one instant. Exactly one holder: `holder` is never empty.

    `counts_from` starts the total clock. `came_from` is the post a return goes back to ("" where
    there is none). `returns` counts returns by pair of units. `bound` says that a deciding office
    settled the holder. `acted_at` is the first action of the present holder, `seq` the number of
    the last event (from 0), `state_seq` that of the last one that moved custody or state.
    Instants are UTC.
    """

    state: State
    holder: str
    holder_unit: str
    kind: str
    channel: str
    policy: str
    case_class: str
    sent_at: datetime
    counts_from: datetime
    held_since: datetime
    seq: int = -1
    state_seq: int = 0
    category: str | None = None
    area: str | None = None
    happening_now: bool = False
    routed_by: str = ""
    came_from: str = ""
    hand_overs: int = 0
    returns: Mapping[str, int] = field(default_factory=dict)
    bound: bool = False
    acted_at: datetime | None = None
    first_response_at: datetime | None = None
    wanted_unit: str = ""
    questions: int = 0
    asked_at: datetime | None = None
    waited_minutes: int = 0
    outcome: Outcome | None = None
    outcome_reason: str = ""
    proposed_at: datetime | None = None
    refusals: int = 0
    ended_at: datetime | None = None
    end_cause: str = ""
    total: Due | None = None
    clocks: Mapping[str, Due] = field(default_factory=dict)
    requests: tuple[RequestState, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the case has not ended."""
        return self.state in OPEN

    @property
    def next_due(self) -> Due | None:
        """The running clock that is due first, of those by which somebody has to act.

        The look-back is not a deadline, and the return window is a right that ends.
        """
        running = [
            due
            for due in self.clocks.values()
            if not due.paused and due.clock not in (ClockName.LOOK_BACK, ClockName.RETURN_WINDOW)
        ]
        return min(running, key=_due_at, default=None)

    def request(self, number: int) -> RequestState | None:
        """Return the request with this number, or None."""
        return next((one for one in self.requests if one.number == number), None)

    def standing(self) -> Standing:
        """Return what the clocks need to know."""
        return Standing(
            state=self.state,
            outcome=self.outcome,
            counts_from=self.counts_from,
            clocks=self.clocks,
            total=self.total,
            waited_minutes=self.waited_minutes,
        )


def _due_at(due: Due) -> datetime:
    assert due.at is not None
    return due.at


def pair_of(one_unit: str, other_unit: str) -> str:
    """Return the key of an unordered pair of units, as used in `CaseState.returns`."""
    first, second = sorted((one_unit, other_unit))
    return f"{first}|{second}"

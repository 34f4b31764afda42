"""What a case is: the responsibility state that every event moves on. No personal data.

The same state is kept in rows (`casework.models`) and rebuilt from the ledger (`replay`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime
from functools import cache
from typing import Any

from dandang.lifecycle.casework.rules.particulars import (
    Appeal,
    Asked,
    AskedAbove,
    Assist,
    Call,
    Instruction,
    Objection,
    Pause,
    Unmasking,
)
from dandang.lifecycle.deadlines.clocks import NO_DEADLINES
from dandang.lifecycle.deadlines.rules import Away, Route, Standing
from dandang.lifecycle.states import OPEN, Outcome, State, Verdict
from dandang.policy import ClockName
from dandang.terms import Due


@dataclass(frozen=True, slots=True)
class RequestState:
    """One requester's request within a case: its number, and what its sender said of the result.

    `withdrawn` and `moved` requests take no part in judgements: a moved one went on in another
    case. `from_case` and `from_request` say where a request that came from another case has its
    reference. `reachable` is whether a usable contact was left. `stars` is the last rating, 1 to 5;
    `holds` what the sender said when asked again some time after the end.
    """

    number: int
    sent_at: datetime
    reachable: bool
    verdict: Verdict | None = None
    judged_at: datetime | None = None
    stars: int | None = None
    rated_at: datetime | None = None
    holds: bool | None = None
    withdrawn: bool = False
    moved: bool = False
    from_case: str = ""
    from_request: int = 0

    @property
    def is_active(self) -> bool:
        """Whether this case still answers to the sender of this request."""
        return not self.withdrawn and not self.moved


@dataclass(frozen=True)  # without slots: `changed` needs the dictionary
class CaseState:
    """One case at one instant. Exactly one holder: `holder` is never empty.

    `counts_from` starts the total clock. `came_from` is the post a return goes back to ("" where
    there is none). `returns` counts returns by pair of units. `bound` says that a deciding office
    settled the holder. `acted_at` is the first action of the present holder, `seq` the number of
    the last event (from 0), `state_seq` that of the last one that moved custody or state.
    Instants are UTC.

    Other cases are named by their ledger streams (base64url): `parent` and `root` of a child,
    `merged_into`. `set_by` is the post that set a decision or a part, and judges it. `cap` is the
    time the total clock of a part may never pass; for other cases the earliest of those that joined
    it. `promised_by` is when the total clock is due whatever the class says. `subject_units` are
    complained about, `conflicts` the officers who may not act, `deciders` those who have decided
    about the case.

    `last_entry_at` is the last substantive entry (`deadlines.clocks.ENTRIES`). `calls` are those
    not answered yet, `stepped` the steps of the ladder that were taken, each with its occasion
    (`deadlines.ladder`). Since `listed_at` the case is on the leader's list, since `published_at`
    its unit and age are public; at `condition_at` it is checked what an
    extension was granted for; `sponsor` is the post that answers for a long-standing case. `agreed`
    are the requests whose senders agreed to be shown publicly; `publishing` is what became of it
    (`agreement.Publishing`). `unmaskings` are what officers asked to see of the requesters, until
    it is refused or over.

    `explained` is the silence about which the holder said why (`deadlines.ladder`).

    `asked_above` are the missed deadlines about which a requester asked the office above. Until
    `look_back_until` the requesters of an ended case say whether it is still solved;
    `relapses` counts how often it was not. `away` are the times for which the case had
    ended before it came back.
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
    paused_minutes: int = 0
    inherited_at: datetime | None = None
    parent: str = ""
    root: str = ""
    set_by: str = ""
    children: int = 0
    open_children: int = 0
    merged_into: str = ""
    before_merge: str = ""
    cap: datetime | None = None
    promised_by: datetime | None = None
    external_ref: str = ""
    external_due: datetime | None = None
    extensions: int = 0
    extended_days: int = 0
    promised_for: datetime | None = None
    check_at: datetime | None = None
    condition_at: datetime | None = None
    confirm_not_before: datetime | None = None
    lapsed: bool = False
    last_entry_at: datetime | None = None
    listed_at: datetime | None = None
    published_at: datetime | None = None
    sponsor: str = ""
    look_back_until: datetime | None = None
    relapses: int = 0
    objected: int = 0
    appealed: int = 0
    publishing: str = ""
    explained: str = ""
    agreed: tuple[int, ...] = ()
    subject_units: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    deciders: tuple[str, ...] = ()
    stepped: tuple[str, ...] = ()
    calls: tuple[Call, ...] = ()
    asked_above: tuple[AskedAbove, ...] = ()
    instruction: Instruction | None = None
    assists: tuple[Assist, ...] = ()
    asked: Asked | None = None
    pause: Pause | None = None
    route: Route | None = None
    away: tuple[Away, ...] = ()
    objections: tuple[Objection, ...] = ()
    unmaskings: tuple[Unmasking, ...] = ()
    appeal: Appeal | None = None
    outcome: Outcome | None = None
    outcome_reason: str = ""
    proposed_at: datetime | None = None
    refusals: int = 0
    ended_at: datetime | None = None
    end_cause: str = ""
    total: Due | None = None
    clocks: Mapping[str, Due] = field(default_factory=dict)
    requests: tuple[RequestState, ...] = ()

    def changed(self, **values: Any) -> "CaseState":  # noqa: ANN401 of any field
        """Return the case with these fields changed.

        What `dataclasses.replace` does, for a tenth of the time where there are so many fields.
        Raises TypeError on a field that a case does not have.
        """
        known = vars(self)
        if not values.keys() <= known.keys():
            raise TypeError(f"a case has no {sorted(values.keys() - known.keys())}")
        case = object.__new__(CaseState)
        vars(case).update(known, **values)
        return case

    @classmethod
    def restored(cls, values: Mapping[str, Any]) -> "CaseState":
        """Return the case with these fields, and with the others as they are by default.

        As fast as `changed`, for rows that are read by the thousand. Raises TypeError on a field
        that a case does not have, or that is missing.
        """
        case = object.__new__(cls)
        vars(case).update(_at_first())
        vars(case).update(values)
        if vars(case).keys() != cls.__dataclass_fields__.keys():
            raise TypeError("not the fields of a case")
        return case

    @property
    def is_open(self) -> bool:
        """Whether the case has not ended."""
        return self.state in OPEN

    @property
    def next_due(self) -> Due | None:
        """The running clock that is due first, of those by which somebody has to act.

        The look-back is not a deadline, the return window is a right that ends, and reminders
        and steps of the ladder are the system's own.
        """
        running = [
            due for due in self.clocks.values() if not due.paused and due.clock not in NO_DEADLINES
        ]
        return min(running, key=_due_at, default=None)

    def request(self, number: int) -> RequestState | None:
        """Return the request with this number, or None."""
        return next((one for one in self.requests if one.number == number), None)

    def standing(self) -> Standing:
        """Return what the clocks need to know."""
        # A part is never later than its parent; what joined a case was promised like the case.
        bound = self.cap if self.parent else None
        return Standing(
            state=self.state,
            outcome=self.outcome,
            counts_from=self.counts_from,
            clocks=self.clocks,
            total=self.total,
            stood_still_minutes=self.waited_minutes + self.paused_minutes,
            is_paused=self.pause is not None,
            awaits_judgement=not self.lapsed and any(one.verdict is None for one in self.active),
            judged_from=self.confirm_not_before,
            extended_days=self.extended_days,
            route=self.route,
            cap=_earlier(bound, self.external_due),
            promised_by=self.promised_by or (None if self.parent else self.cap),
            is_dated=self.promised_by is not None,
            case_class=self.case_class,
            is_part=bool(self.parent),
            awaits_response=not self.parent and self.first_response_at is None,
            is_asked=self.asked is not None,
            has_objections=bool(self.objections),
            has_appeal=self.appeal is not None,
            given=self._given(),
            held_since=self.held_since,
            waited_minutes=self.waited_minutes,
            hand_overs=self.hand_overs,
            refusals=self.refusals,
            last_entry_at=self.last_entry_at or self.counts_from,
            stepped=self.stepped,
            away=self.away,
        )

    @property
    def active(self) -> tuple[RequestState, ...]:
        """Return the requests that this case still answers to."""
        return tuple(one for one in self.requests if one.is_active)

    def _given(self) -> dict[str, datetime]:
        """Return the clocks whose time was named by an act."""
        given = (
            (ClockName.PROMISE, self.promised_for),
            (ClockName.CHECK, self.check_at),
            (ClockName.CONDITION, self.condition_at),
            (ClockName.STATUTORY, self.route.due_at if self.route else None),
            (ClockName.ASSISTANCE, _first_of(self.assists)),
            (ClockName.CALL, _first_of(self.calls)),
            (ClockName.INSTRUCTION, self.instruction.due_at if self.instruction else None),
            (ClockName.UNMASKING_DECISION, _first_wait(self.unmaskings)),
        )
        return {clock: at for clock, at in given if at is not None}


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the earlier of two times, as far as they are there."""
    return min(one, other) if one and other else one or other


def _first_of(several: Sequence[Assist] | Sequence[Call]) -> datetime | None:
    """Return the first time of those that did not pass yet."""
    if not several:
        return None
    return min((one.due_at for one in several if not one.missed), default=None)


def _first_wait(several: Sequence[Unmasking]) -> datetime | None:
    """Return the first time by which somebody who waits is answered, of those not passed yet."""
    waiting = (one.due_at for one in several if one.waits and not one.missed)
    return min((at for at in waiting if at is not None), default=None)


def _due_at(due: Due) -> datetime:
    assert due.at is not None
    return due.at


@cache
def _at_first() -> Mapping[str, Any]:
    """Return the fields of a case that need not be given, with their values."""
    return {one.name: one.default for one in fields(CaseState) if one.default is not MISSING}


def pair_of(one_unit: str, other_unit: str) -> str:
    """Return the key of an unordered pair of units, as used in `CaseState.returns`."""
    first, second = sorted((one_unit, other_unit))
    return f"{first}|{second}"


def units_of(pair: str) -> tuple[str, str]:
    """Return the two units of a key of `pair_of`.

    >>> units_of(pair_of("water", "housing"))
    ('housing', 'water')
    """
    first, _, second = pair.partition("|")
    return first, second

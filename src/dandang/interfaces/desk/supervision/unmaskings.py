"""Officers who wait to be allowed to see who sent a request, for supervision to decide."""

from collections.abc import Sequence
from dataclasses import dataclass

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.clocks import ClockLine, ClockReader
from dandang.interfaces.shared.words.fields import choice
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.ledger.queries import events_of_types, personal_of
from dandang.lifecycle.casework.queries import HeldCase
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Unmasking
from dandang.lifecycle.casework.rules.permit import acting_post
from dandang.lifecycle.verbs import VERBS
from dandang.organization.directory import PostKind
from dandang.organization.queries import policy_by_hash
from dandang.policy import ClockName
from dandang.terms import Due

_ASKED = "unmasking_requested"


@dataclass(frozen=True, slots=True)
class Look:
    """One officer who waits: for which request of a case, what for, in what words, since when.

    `clock` says by when it is decided; None for what was asked before that had a time.
    `can_decide`: it is for this officer to answer, who is another one.
    """

    seq: int
    officer: str
    number: int
    purpose: str
    text: str
    since: str
    clock: ClockLine | None
    can_decide: bool


def allows(officer: Officer) -> bool:
    """Say whether one of the officer's posts decides who may see a contact."""
    return any(PostKind.SUPERVISION in post.kinds for post in officer.posts)


class Looks:
    """Who waits to look, in some cases, in words. Two queries where anybody does, else none."""

    def __init__(self, cases: Sequence[HeldCase], officer: Officer, names: Names) -> None:
        self._officer = officer
        self._names = names
        self._clocks = ClockReader(names, officer.calendar, officer.now)
        streams = [one.stream for one in cases if _waiting(one)] if allows(officer) else []
        asked = events_of_types(streams, [_ASKED]) if streams else []
        texts = personal_of([event.event_id for event in asked], ["text"]) if asked else {}
        self._said = {
            (one.stream, one.seq): str(texts.get(one.event_id, {}).get("text", "")) for one in asked
        }

    def of(self, one: HeldCase, facts: Facts) -> tuple[Look, ...]:
        """Return who waits in a case; nobody for an officer who does not decide about it."""
        if not allows(self._officer):
            return ()
        return tuple(self._look(waits, one, facts) for waits in _waiting(one))

    def _look(self, waits: Unmasking, one: HeldCase, facts: Facts) -> Look:
        return Look(
            seq=waits.seq,
            officer=self._names.officer(waits.by),
            number=waits.request,
            purpose=choice("purpose", waits.purpose),
            text=self._said.get((one.stream, waits.seq), ""),
            since=moment(waits.asked_at, self._officer.now),
            clock=self._clock(waits, one),
            can_decide=waits.by != self._officer.code
            and acting_post(facts, VERBS["allow-unmask"]) is not None,
        )

    def _clock(self, waits: Unmasking, one: HeldCase) -> ClockLine | None:
        if waits.due_at is None:
            return None
        due = Due(ClockName.UNMASKING_DECISION, waits.due_at, missed=waits.missed)
        return self._clocks.line(due, one.state, policy_by_hash(one.state.policy))


def _waiting(one: HeldCase) -> list[Unmasking]:
    return [waits for waits in one.state.unmaskings if waits.waits]

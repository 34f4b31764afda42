"""New requests as the dispatcher's list shows them: what was said, by when, for whom, and twins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.clocks import ClockLine, ClockReader
from dandang.interfaces.desk.dispatch.suggesting import Suggested, Weighed
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.near import Pair, twins
from dandang.lifecycle.casework.rules.permit import acting_post
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.verbs import VERBS
from dandang.policy import ClockName, Policy

ENDED_LATELY = timedelta(days=30)
"""So long a matter that ended is still compared: then it came back (domain rule 9)."""
_ASSIGN = VERBS["assign"]


@dataclass(frozen=True, slots=True)
class Twin:
    """Another case that may be the same matter."""

    reference: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """One new request in words. `is_mine` says that the officer may assign it.

    `clock` is its dispatch clock, or whatever is due next, None where nothing is.
    """

    reference: str
    seq: int
    title: str
    text: str
    place: str
    where: str
    category: str
    sent: str
    clock: ClockLine | None
    suggested: Suggested
    twins: tuple[Twin, ...]
    is_mine: bool
    is_happening_now: bool

    @property
    def is_ready(self) -> bool:
        """Whether one button assigns it from the list."""
        return self.is_mine and self.suggested.is_clear


def rows_of(found: Sequence[Weighed], officer: Officer, policy: Policy) -> list[Row]:
    """Return new requests in words. Six queries, whatever the number."""
    alike = twins(
        [one.one.place.row for one in found],
        policy,
        since=officer.now - ENDED_LATELY,
        hidden_from=officer.kept_out,
    )
    return [_row(one, officer, alike.get(one.one.place.row, ())) for one in found]


def _row(found: Weighed, officer: Officer, pairs: Sequence[Pair]) -> Row:
    one, facts = found.one, found.facts
    names = Names(facts.directory, facts.policy)
    where = [names.category(facts.case.category), names.area(facts.case.area)]
    return Row(
        reference=one.reference,
        seq=one.state.seq,
        title=one.title,
        text=one.text,
        place=one.location,
        where=" · ".join(part for part in where if part),
        category=facts.case.category or "",
        sent=moment(one.state.sent_at, officer.now),
        clock=clock_of(one.state, found, officer),
        suggested=found.suggested,
        twins=tuple(_twin(one.reference, pair) for pair in pairs),
        is_mine=acting_post(facts, _ASSIGN) is not None,
        is_happening_now=facts.case.happening_now,
    )


def clock_of(case: CaseState, found: Weighed, officer: Officer) -> ClockLine | None:
    """Return the clock by which the request is to be assigned, else what is due next."""
    due = case.clocks.get(ClockName.DISPATCH) or case.next_due
    if due is None or due.at is None:
        return None
    names = Names(found.facts.directory, found.facts.policy)
    reader = ClockReader(names, officer.calendar, officer.now)
    return reader.line(due, case, found.facts.policy)


def _twin(reference: str, pair: Pair) -> Twin:
    other = pair.earlier if pair.later.reference == reference else pair.later
    return Twin(other.reference, other.title)

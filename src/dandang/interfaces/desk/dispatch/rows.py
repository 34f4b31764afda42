"""New requests as the dispatcher's list shows them: what was said, by when, for whom, and twins."""

from collections.abc import Mapping, Sequence
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
from dandang.lifecycle.routing.bursts import Arrival, Burst, bursts
from dandang.lifecycle.verbs import VERBS
from dandang.lifecycle.watching.rules import passing
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


@dataclass(frozen=True, slots=True)
class Group:
    """Requests of one kind that came in together, perhaps one incident, the oldest first."""

    category: str
    area: str
    rows: tuple[Row, ...]
    suggested: Suggested

    @property
    def oldest(self) -> Row:
        """The request that the others would be joined with."""
        return self.rows[0]


def rows_of(found: Sequence[Weighed], officer: Officer, policy: Policy) -> list[Row]:
    """Return new requests in words. Six queries, whatever the number."""
    alike = twins(
        [one.one.place.row for one in found],
        policy,
        since=officer.now - ENDED_LATELY,
        hidden_from=officer.kept_out,
    )
    return [_row(one, officer, alike.get(one.one.place.row, ())) for one in found]


def groups_of(found: Sequence[Weighed], rows: Sequence[Row], policy: Policy) -> list[Group]:
    """Return what may be one incident among these requests: enough of a kind within a window."""
    arrivals = [
        Arrival(
            one.one.reference, one.facts.case.sent_at, one.suggested.category, one.facts.case.area
        )
        for one in found
        if one.suggested.category and one.facts.case.area
    ]
    limits = policy.limits
    known = {row.reference: row for row in rows if row.is_mine}
    together = bursts(arrivals, passing(limits.incident_window), least=limits.incident_requests)
    names = {one.one.reference: one for one in found}
    return [
        _group(burst, known, names)
        for burst in together
        if all(one.reference in known for one in burst.arrivals)
    ]


def _group(burst: Burst, known: Mapping[str, Row], found: Mapping[str, Weighed]) -> Group:
    first = found[burst.arrivals[0].reference]
    names = Names(first.facts.directory, first.facts.policy)
    return Group(
        category=names.category(burst.category),
        area=names.area(burst.area),
        rows=tuple(known[one.reference] for one in burst.arrivals),
        suggested=first.suggested,
    )


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

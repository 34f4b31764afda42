"""Requests that came in together, perhaps one incident: among all that wait, not one page alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.dispatch.suggesting import Suggested, Weighed, weigh
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.queries import PAGE
from dandang.lifecycle.casework.received import newcomers, received_named
from dandang.lifecycle.casework.rules.permit import acting_post
from dandang.lifecycle.routing.bursts import Arrival, Burst, bursts
from dandang.lifecycle.routing.suggesting import suggest_category
from dandang.lifecycle.verbs import VERBS
from dandang.lifecycle.watching.rules import passing
from dandang.policy import Policy

_LOOKED_AT = 1000
"""So many of the newest that wait are looked at."""
_WORDED = 100
"""Of so many that have no category, what they may be about is found out from their words."""
_MOST = 5
_ASSIGN = VERBS["assign"]


@dataclass(frozen=True, slots=True)
class Member:
    """One of the requests; `ticked` is what a form sends for it."""

    reference: str
    title: str
    sent: str
    ticked: str


@dataclass(frozen=True, slots=True)
class Group:
    """Requests of one kind that came in together, perhaps one incident, the oldest first.

    `number` is how many there are; a page of them at most is done at once.
    """

    category: str
    area: str
    number: int
    members: tuple[Member, ...]
    suggested: Suggested

    @property
    def oldest(self) -> Member:
        """The request that the others would be joined with."""
        return self.members[0]

    @property
    def left(self) -> int:
        """How many are not among the members."""
        return self.number - len(self.members)


def incidents(on_page: Sequence[Weighed], officer: Officer, policy: Policy) -> list[Group]:
    """Return what may be one incident among the newest requests that wait, the fullest first.

    `on_page` are those that have been weighed already. Ten queries at most, whatever the number.
    """
    weighed = {one.one.reference: one for one in on_page}
    arrivals = [*_weighed_arrivals(on_page), *_others(officer, policy, weighed)]
    limits = policy.limits
    found = bursts(arrivals, passing(limits.incident_window), least=limits.incident_requests)
    found.sort(key=lambda one: -len(one.arrivals))
    shown = {burst.category + burst.area: _references(burst) for burst in found[:_MOST]}
    wanted = {reference for them in shown.values() for reference in them} - weighed.keys()
    if wanted:
        more = weigh(received_named(wanted, officer.kept_out), officer)
        weighed |= {one.one.reference: one for one in more}
    groups = (_group(burst, weighed, officer) for burst in found[:_MOST])
    return [group for group in groups if group is not None]


def _weighed_arrivals(found: Iterable[Weighed]) -> Iterator[Arrival]:
    for one in found:
        case, category = one.facts.case, one.suggested.category
        if category and case.area:
            yield Arrival(one.one.reference, case.sent_at, category, case.area)


def _others(officer: Officer, policy: Policy, known: Mapping[str, Weighed]) -> Iterator[Arrival]:
    """Yield the newest that wait and are not known yet, with the category their words point to."""
    for one in reversed(newcomers(officer.kept_out, limit=_LOOKED_AT, worded=_WORDED)):
        if one.reference in known:
            continue
        category = one.category
        if category not in policy.categories:
            category = suggest_category(policy, one.words)
        if category:
            yield Arrival(one.reference, one.sent_at, category, one.area)


def _references(burst: Burst) -> list[str]:
    return [one.reference for one in burst.arrivals[:PAGE]]


def _group(burst: Burst, weighed: Mapping[str, Weighed], officer: Officer) -> Group | None:
    """Return a burst in words; None where it is not all the officer's to assign."""
    found = [weighed[one] for one in _references(burst) if one in weighed]
    if not found or any(acting_post(one.facts, _ASSIGN) is None for one in found):
        return None
    first = found[0]
    names = Names(first.facts.directory, first.facts.policy)
    return Group(
        category=names.category(burst.category),
        area=names.area(burst.area),
        number=len(burst.arrivals),
        members=tuple(_member(one, officer) for one in found),
        suggested=first.suggested,
    )


def _member(found: Weighed, officer: Officer) -> Member:
    one = found.one
    return Member(
        reference=one.reference,
        title=one.title,
        sent=moment(one.state.sent_at, officer.now),
        ticked=f"{one.reference}:{one.state.seq}",
    )

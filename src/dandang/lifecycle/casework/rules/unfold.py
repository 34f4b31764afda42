"""What one act does to a whole family of cases: children are born, parents are told. Pure."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from dandang.lifecycle.casework.rules.happen import Circumstances, Evolve, happen
from dandang.lifecycle.casework.rules.kin import (
    Birth,
    Births,
    ForOther,
    Item,
    bound_by,
    child_ended,
    child_reopened,
)
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.terms import Actor, Event, Recorded

Then = Callable[[CaseState], Sequence[Event]]
"""What follows for a case, given how it stands when its turn comes."""


@dataclass(slots=True)
class Change:
    """What happened to a case that was there before; `records` in order."""

    before: CaseState
    after: CaseState
    records: list[Recorded] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Born:
    """A child that the act opened. `parent` and `request` say where a requester went on from."""

    tag: str
    state: CaseState
    records: tuple[Recorded, ...]
    parent: str
    request: int | None


@dataclass(slots=True)
class Unfolded:
    """Everything an act changes, by ledger stream."""

    changes: dict[str, Change] = field(default_factory=dict)
    born: list[Born] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Means:
    """How events change cases here, in which circumstances, and where new streams come from."""

    evolve: Evolve
    how: Circumstances
    draw: Callable[[], str]

    @property
    def of_itself(self) -> "Means":
        """Return the means for what follows without anybody's doing."""
        return replace(self, how=replace(self.how, by=Actor.system(), post=""))


def unfold(
    tag: str, items: Iterable[Item], family: Mapping[str, CaseState], means: Means
) -> Unfolded:
    """Return what the items of an act on the case `tag` make of it and of its family.

    `family` holds the case itself and every case the act may reach, by tag. A child that ends or
    is reopened tells its parent, and so on upwards; a parent whose total clock moved takes its
    children with it, downwards.
    """
    unfolded = Unfolded()
    living = dict(family)
    waiting: deque[tuple[str, Then, Means]] = deque()
    own: list[Event] = []
    for item in items:
        if isinstance(item, ForOther):
            waiting.append((item.tag, partial(_as_said, item.events), means))
        elif isinstance(item, Births):
            own.append(item.event([_bear(birth, tag, unfolded, means) for birth in item.children]))
        else:
            own.append(item)
    waiting.appendleft((tag, partial(_as_said, own), means))
    while waiting:
        which, then, doing = waiting.popleft()
        before = living[which]
        events = then(before)
        if not events:
            continue
        after, records = happen(before, events, doing.evolve, doing.how)
        living[which] = after
        change = unfolded.changes.setdefault(which, Change(before, after))
        change.after = after
        change.records += records
        for kin, consequence in _consequences(which, before, after, living):
            waiting.append((kin, consequence, means.of_itself))
    return unfolded


def _as_said(events: Sequence[Event], _case: CaseState) -> Sequence[Event]:
    return events


def _bear(birth: Birth, parent: str, unfolded: Unfolded, means: Means) -> str:
    tag = means.draw()
    state, records = happen(None, [birth.opening, *birth.then], means.evolve, means.how)
    request = birth.opening.parent_request
    unfolded.born.append(Born(tag, state, tuple(records), parent, request))
    return tag


def _consequences(
    tag: str, before: CaseState, after: CaseState, living: Mapping[str, CaseState]
) -> Iterator[tuple[str, Then]]:
    if after.parent in living and before.is_open != after.is_open:
        yield after.parent, partial(_of_child, tag, after)
        # The parent's clock may have moved while the child was ended and could not follow.
        yield tag, partial(_of_reopening, living)
    if before.total != after.total:
        for kin, state in living.items():
            if state.parent == tag and state.is_open:
                yield kin, partial(_of_parent, after)


def _of_child(tag: str, child: CaseState, parent: CaseState) -> Sequence[Event]:
    if child.is_open:
        return [child_reopened(parent, tag)]
    return [child_ended(parent, tag, child.state)]


def _of_reopening(living: Mapping[str, CaseState], child: CaseState) -> Sequence[Event]:
    bound = bound_by(living[child.parent])
    if not child.is_open or child.total is None or child.total.at is None:
        return []
    return [bound] if bound.due_by < child.total.at else []


def _of_parent(parent: CaseState, _child: CaseState) -> Sequence[Event]:
    return [bound_by(parent)]

"""What may happen between cases: split, merge, a child for one requester, parents and children.

Besides events of its own case a rule here may open children (`Births`) and say what happens to
another case (`ForOther`); `unfold` gives each case its part.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dandang.lifecycle.casework.events.custody import CaseOpened, TotalMoved
from dandang.lifecycle.casework.events.shape import (
    ChildEnded,
    ChildReopened,
    Merged,
    Recurred,
    RequestAttached,
    RequestDetached,
    Split,
    SplitRefused,
    SplitRequested,
    Unmerged,
)
from dandang.lifecycle.casework.rules.agreement import agreed, taken_back
from dandang.lifecycle.casework.rules.changes import (
    Changes,
    again_open,
    change_request,
    end,
    is_settled,
    reopen,
    result_of,
    take,
    unchanged,
)
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Asked, Wanted
from dandang.lifecycle.casework.rules.state import CaseState, RequestState
from dandang.lifecycle.states import Outcome, State
from dandang.terms import Event, Recorded


@dataclass(frozen=True, slots=True)
class Birth:
    """A child case: how it opens, and what happens to it at once."""

    opening: CaseOpened
    then: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Births:
    """Children that the case gets; their event in it is `split`."""

    children: tuple[Birth, ...]
    cause: str
    request: int | None = None
    text: str | None = None

    def event(self, tags: Iterable[str]) -> Split:
        """Return the event that names the children, once they have their streams."""
        return Split(tuple(tags), self.cause, self.request, self.text)


@dataclass(frozen=True, slots=True)
class ForOther:
    """What happens to another case by the same act."""

    tag: str
    events: tuple[Event, ...]


Item = Event | Births | ForOther
"""What a rule may return."""


def child_ended(parent: CaseState, child: str, ended_as: State) -> ChildEnded:
    """Return what the end of a child means for its parent, which may have waited for it alone."""
    results_in = parent.state
    if parent.is_open and parent.open_children == 1 and is_settled(parent):
        results_in = result_of(parent.requests)[0]
    return ChildEnded(child, ended_as, results_in)


def child_reopened(parent: CaseState, child: str) -> ChildReopened:
    """Return what it means for a parent that a child is worked on again: it has not ended yet."""
    results_in = parent.state
    if not parent.is_open:
        judged = parent.outcome is Outcome.RESOLVED and is_settled(
            replace(parent, state=State.PROPOSED)
        )
        results_in = State.PROPOSED if judged else State.IN_PROGRESS
    return ChildReopened(child, results_in)


def bound_by(parent: CaseState) -> TotalMoved:
    """Return how a part follows its parent's total clock: it is never due later (domain rule 7).

    One that was bound by its parent alone may be given more time when the parent was; one with a
    date of its own keeps that.
    """
    assert parent.total is not None
    assert parent.total.at is not None
    return TotalMoved("parent", parent.total.at)


def units_near(tag: str, family: Mapping[str, CaseState]) -> frozenset[str]:
    """Return the units that hold the parent of a case or a part of it."""
    parent = family[tag].parent
    return frozenset(
        case.holder_unit for one, case in family.items() if one == parent or case.parent == tag
    )


def inherited(facts: Facts, *, title: str, text: str, post: str, unit: str) -> CaseOpened:
    """Return the opening of a child: it has the age, the promise and the deadline of its parent."""
    case = facts.case
    return CaseOpened(
        kind=case.kind,
        channel=case.channel,
        to_post=post,
        to_unit=unit,
        policy=case.policy,
        case_class=case.case_class,
        sent_at=case.sent_at,
        counts_from=case.counts_from,
        reachable=False,
        title=title,
        text=text,
        category=case.category,
        area=case.area,
        happening_now=case.happening_now,
        subject_units=case.subject_units,
        conflicts=case.conflicts,
        parent=facts.tag,
        root=case.root or facts.tag,
        due_by=case.total.at if case.total else None,
        promised_by=case.total.at if case.total else None,
    )


def _split_requested(case: CaseState, _event: SplitRequested, recorded: Recorded) -> CaseState:
    return replace(case, asked=Asked(Wanted.SPLIT, recorded.by.code))


def _split_refused(case: CaseState, _event: SplitRefused, _recorded: Recorded) -> CaseState:
    return replace(case, asked=None)


def _split(case: CaseState, event: Split, _recorded: Recorded) -> CaseState:
    if event.request is not None:
        case = change_request(case, event.request, moved=True)
    asked = case.asked
    if asked is not None and asked.what is Wanted.SPLIT:
        asked = None
    born = len(event.children)
    return replace(
        case,
        asked=asked,
        children=case.children + born,
        open_children=case.open_children + born,
    )


def _child_ended(case: CaseState, event: ChildEnded, recorded: Recorded) -> CaseState:
    case = replace(case, open_children=case.open_children - 1)
    if event.results_in is case.state:
        return case
    return end(case, recorded, event.results_in, "children")


def _child_reopened(case: CaseState, event: ChildReopened, recorded: Recorded) -> CaseState:
    case = replace(case, open_children=case.open_children + 1)
    if event.results_in is case.state:
        return case
    if event.results_in is State.PROPOSED:
        return replace(again_open(case, recorded), state=State.PROPOSED)
    return reopen(case, recorded)


def _attached(case: CaseState, event: RequestAttached, _recorded: Recorded) -> CaseState:
    request = RequestState(
        event.request,
        event.sent_at,
        event.reachable,
        from_case=event.from_case or "",
        from_request=event.from_request or 0,
    )
    case = replace(case, requests=(*case.requests, request))
    if event.may_publish:
        case = agreed(case, event.request)
    if event.due_by is None:
        return case
    cap = event.due_by if case.cap is None else min(case.cap, event.due_by)
    promised_by = case.promised_by and min(case.promised_by, cap)
    return replace(case, cap=cap, promised_by=promised_by)


def _detached(case: CaseState, event: RequestDetached, recorded: Recorded) -> CaseState:
    case = change_request(case, event.request, moved=True)
    if event.results_in is case.state:
        return case
    return end(case, recorded, event.results_in, "judged")


def _merged(case: CaseState, event: Merged, recorded: Recorded) -> CaseState:
    before = case.state.value
    # What its senders say from now on they say in the other case; unmerging brings it back.
    case = taken_back(end(case, recorded, State.MERGED, ""), *case.agreed)
    return replace(case, merged_into=event.into, before_merge=before)


def _unmerged(case: CaseState, event: Unmerged, recorded: Recorded) -> CaseState:
    if event.to_post != case.holder:
        case = take(case, recorded, event.to_post, event.to_unit)
    return replace(reopen(case, recorded, event.results_in), merged_into="", before_merge="")


def _total_moved(case: CaseState, event: TotalMoved, _recorded: Recorded) -> CaseState:
    """Return a part bound by the new time of its parent; a date of its own stays if it can."""
    own = case.promised_by
    promised_by = event.due_by if own == case.cap else own and min(own, event.due_by)
    return replace(case, cap=event.due_by, promised_by=promised_by)


CHANGES: Changes = {
    SplitRequested: _split_requested,
    SplitRefused: _split_refused,
    Split: _split,
    ChildEnded: _child_ended,
    ChildReopened: _child_reopened,
    RequestAttached: _attached,
    RequestDetached: _detached,
    Recurred: unchanged,
    Merged: _merged,
    Unmerged: _unmerged,
    TotalMoved: _total_moved,
}

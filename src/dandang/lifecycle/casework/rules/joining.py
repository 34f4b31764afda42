"""What may happen when cases are split and joined again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from dandang.lifecycle.casework.events.custody import Assigned, Reopened
from dandang.lifecycle.casework.events.shape import (
    Merged,
    Recurred,
    RequestAttached,
    RequestDetached,
    SplitRefused,
    SplitRequested,
    Unmerged,
)
from dandang.lifecycle.casework.rules.agreement import agreed_there
from dandang.lifecycle.casework.rules.changes import change_request, without_request
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import last_holder, may_lead
from dandang.lifecycle.casework.rules.kin import Birth, Births, ForOther, Item, inherited
from dandang.lifecycle.casework.rules.particulars import Wanted
from dandang.lifecycle.casework.rules.permit import may_read
from dandang.lifecycle.casework.rules.state import CaseState, RequestState
from dandang.lifecycle.casework.rules.subjects import keep_out, of_parts
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.routing.rules import Why
from dandang.lifecycle.states import State
from dandang.terms import Code, Event, Refusal


@dataclass(frozen=True, slots=True)
class AskSplit:
    """Ask the dispatcher for a split, with the reasons."""

    text: str


@dataclass(frozen=True, slots=True)
class RefuseSplit:
    """Refuse the split that was asked for."""

    text: str


@dataclass(frozen=True, slots=True)
class SplitOff:
    """Open a part of the case as a case of its own; `due_by` is its own date, if it has one."""

    to_post: str
    title: str
    text: str
    category: str = ""
    due_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Join the case into the one with the reference `into`."""

    into: str
    text: str


@dataclass(frozen=True, slots=True)
class Unmerge:
    """Undo a merge."""

    text: str


COMES_BACK = frozenset(
    {
        State.SOLVED,
        State.PARTLY_SOLVED,
        State.NOT_SOLVED,
        State.UNANSWERED,
        State.UNREACHABLE,
        State.EXPLAINED,
    }
)
"""Ends after which the same matter can come back and join its old case (domain rule 9)."""


def ask_split(facts: Facts, wish: AskSplit) -> tuple[Item, ...]:
    """Ask the dispatcher for a split. Refuses `already_asked` while something is undecided."""
    if facts.case.asked is not None:
        raise Refusal(Code.ALREADY_ASKED)
    return (SplitRequested(wish.text),)


def refuse_split(facts: Facts, wish: RefuseSplit) -> tuple[Item, ...]:
    """Refuse the split that was asked for. Refuses `nothing_asked`."""
    if facts.case.asked is None or facts.case.asked.what is not Wanted.SPLIT:
        raise Refusal(Code.NOTHING_ASKED)
    return (SplitRefused(wish.text),)


def split(facts: Facts, wish: SplitOff) -> tuple[Item, ...]:
    """Open a part of the case as a child of its own, held by another post or the same.

    The child inherits the age of its parent and is never due later; the post that splits it off
    judges its result (domain rule 7). Refuses `unknown_post`, `unknown_category`,
    `assist_only_duty`, `duty_withdrawn`, `subject_of_complaint`, `later_than_parent`,
    `in_the_past` (a date of its own).
    """
    target = facts.directory.post(wish.to_post)
    category = wish.category or facts.case.category
    path = facts.policy.category_path(category) if category else ()
    may_lead(facts, target, path)
    setter = facts.directory.post(facts.post)
    opening = inherited(facts, title=wish.title, text=wish.text, post=setter.code, unit=setter.unit)
    opening = replace(opening, category=category, set_by=setter.code)
    if wish.due_by is not None:
        _check_date(facts, wish.due_by)
        opening = replace(opening, promised_by=wish.due_by)
    if category != facts.case.category:
        case_class = facts.policy.case_class(category, happening_now=facts.case.happening_now)
        opening = replace(opening, case_class=case_class.code, promised_by=wish.due_by)
    assigned = Assigned(target.code, target.unit, Why.DISPATCHER.value)
    return (Births((Birth(opening, (assigned,)),), "parts"),)


def merge(facts: Facts, wish: Merge) -> tuple[Item, ...]:
    """Join the case into another one about the same matter; every requester keeps a reference.

    Where the other one has ended, the matter came back: it is worked on again under its old total
    clock (domain rule 9). Refuses `not_found`, `same_case`, `part_of_a_family` (a part, or a case
    that has parts, is not joined), `not_mergeable` (the other case ended in a way that nothing
    comes back from), `recurrence_window_passed`, `subject_of_complaint`.
    """
    case, into = facts.case, _other(facts)
    if facts.other == facts.tag:
        raise Refusal(Code.SAME_CASE)
    if case.parent or case.children or into.parent:
        raise Refusal(Code.PART_OF_A_FAMILY)
    comes_back = not into.is_open
    if comes_back:
        _check_recurrence(facts, into)
    _check_subjects(facts, into)
    of_other = replace(facts, case=into, tag=facts.other)
    kept_out = (case.subject_units, case.conflicts, wish.text)
    there = list(keep_out(of_other, *kept_out))
    if comes_back:
        post = last_holder(replace(of_other, case=_impartial(into, case)))
        there.append(Reopened(post.code, post.unit, "recurred"))
    there += _attachments(facts, into)
    here: list[Event] = [Recurred(facts.other)] if comes_back else []
    return (
        *here,
        Merged(facts.other, wish.text),
        ForOther(facts.other, tuple(there)),
        *of_parts(of_other, *kept_out),
    )


def unmerge(facts: Facts, wish: Unmerge) -> tuple[Item, ...]:
    """Undo a merge: the case is as before, under the same total clock.

    Refuses `part_of_a_family` when a request of it went on in a part of the other case.
    """
    case, out_of = facts.case, _other(facts)
    joined = [one for one in out_of.requests if one.from_case == facts.tag]
    newest = {one.from_request: one for one in joined}
    if any(one.moved for one in newest.values()):
        raise Refusal(Code.PART_OF_A_FAMILY)
    post = last_holder(facts)
    unmerged = Unmerged(facts.other, post.code, post.unit, _resumed_as(case), wish.text)
    here = {one.number: number for number, one in newest.items()}
    detached = ForOther(facts.other, tuple(_detachments(facts, out_of, newest.values())))
    return (unmerged, *agreed_there(out_of, here), detached)


def _check_date(facts: Facts, due_by: datetime) -> None:
    total = facts.case.total.at if facts.case.total else None
    if due_by <= facts.now:
        raise Refusal(Code.IN_THE_PAST, field="due_by")
    if total is not None and due_by > total:
        raise Refusal(Code.LATER_THAN_PARENT, field="due_by")


def _other(facts: Facts) -> CaseState:
    """Return the second case; to whom may not read it, it does not exist."""
    other = facts.family.get(facts.other)
    if other is None or not may_read(replace(facts, case=other, tag=facts.other)):
        raise Refusal(Code.NOT_FOUND)
    return other


def _impartial(into: CaseState, case: CaseState) -> CaseState:
    """Return a case with the units and officers kept out of another one kept out of it as well."""
    return replace(
        into,
        subject_units=(*into.subject_units, *case.subject_units),
        conflicts=(*into.conflicts, *case.conflicts),
    )


def _check_recurrence(facts: Facts, into: CaseState) -> None:
    if into.state not in COMES_BACK or into.end_cause == "imported":
        raise Refusal(Code.NOT_MERGEABLE, state=into.state.value)
    assert into.ended_at is not None
    window = facts.policy.limits.recurrence_window
    if facts.now > end_of(window, into.ended_at, facts.calendar).at:
        raise Refusal(Code.RECURRENCE_WINDOW_PASSED)


def _check_subjects(facts: Facts, into: CaseState) -> None:
    """Refuse to put a complaint into the hands of whom it is about."""
    for unit in facts.case.subject_units:
        if facts.directory.in_subtree(into.holder_unit, unit):
            raise Refusal(Code.SUBJECT_OF_COMPLAINT, unit=unit)


def _attachments(facts: Facts, into: CaseState) -> Iterator[RequestAttached]:
    number = max(one.number for one in into.requests)
    due_by = facts.case.total.at if facts.case.total else None
    for one in facts.case.active:
        number += 1
        yield RequestAttached(
            request=number,
            channel=facts.case.channel,
            sent_at=one.sent_at,
            reachable=one.reachable,
            text="",
            from_case=facts.tag,
            from_request=one.number,
            due_by=due_by,
            may_publish=one.number in facts.case.agreed,
        )


def _detachments(
    facts: Facts, out_of: CaseState, requests: Iterable[RequestState]
) -> Iterator[RequestDetached]:
    for one in requests:
        results_in = without_request(out_of, one.number) if out_of.is_open else out_of.state
        yield RequestDetached(one.number, facts.tag, results_in)
        out_of = change_request(out_of, one.number, moved=True)


def _resumed_as(case: CaseState) -> State:
    """Return the state to go on in: what waited or was proposed is worked on again."""
    before = State(case.before_merge)
    return before if before in (State.RECEIVED, State.ASSIGNED) else State.IN_PROGRESS

"""What may happen about whom a complaint is about, and about officers who are not impartial."""

from collections.abc import Iterator
from dataclasses import replace

from dandang.lifecycle.casework.events.custody import ConflictDeclared, Recused, SubjectNamed
from dandang.lifecycle.casework.rules.changes import Changes, reopen, take
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import can_act, is_subject, substitute
from dandang.lifecycle.casework.rules.kin import ForOther, Item
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.rules.waiting import moved_on
from dandang.lifecycle.casework.rules.wishes import DeclareConflict, NameSubject
from dandang.lifecycle.states import State
from dandang.terms import Code, Event, Recorded, Refusal

_STAYS = frozenset({State.RECEIVED, State.PROPOSED, State.DISPUTED, State.ON_LEGAL_ROUTE})
"""Where a case stays when only the officers of its post were not impartial."""


def name_subject(facts: Facts, wish: NameSubject) -> tuple[Item, ...]:
    """Say that the complaint is about a unit; it loses the case and every part of it at once.

    Refuses `unknown_unit`, `already_named`, `nobody_outside` (no post would be left to hold it).
    """
    unit = facts.directory.unit(wish.unit)
    if unit.code in facts.case.subject_units:
        raise Refusal(Code.ALREADY_NAMED, unit=unit.code)
    return (*named(facts, unit.code, wish.text), *for_parts(facts, unit.code, wish.text))


def named(facts: Facts, unit: str, text: str) -> tuple[Event, ...]:
    """Return what happens to a case when a unit is what it is about. Refuses `nobody_outside`."""
    case = facts.case
    if unit in case.subject_units:
        return ()
    helping = {one.of_post for one in case.assists if _within(facts, one.of_unit, unit)}
    known = SubjectNamed(unit=unit, text=text, released=tuple(sorted(helping)))
    after = replace(facts, case=replace(case, subject_units=(*case.subject_units, unit)))
    if not case.is_open or not _must_go(after):
        return (known,)
    other = substitute(after)
    if other is None:
        raise Refusal(Code.NOBODY_OUTSIDE)
    return (known, *moved_on(facts), Recused(other.code, other.unit, "subject"))


def for_parts(facts: Facts, unit: str, text: str) -> Iterator[ForOther]:
    """Yield what it means for the parts of the case, and for theirs."""
    for tag, part in facts.family.items():
        if part.parent != facts.tag or not facts.tag:
            continue
        of_part = replace(facts, case=part, tag=tag)
        events = named(of_part, unit, text)
        if events:
            yield ForOther(tag, events)
        yield from for_parts(of_part, unit, text)


def declare_conflict(facts: Facts, wish: DeclareConflict) -> tuple[Event, ...]:
    """Step back from a case; where nobody is left in its post, another post takes it over."""
    officer = facts.by.code
    declared = ConflictDeclared(officer=officer, text=wish.text)
    case = facts.case
    after = replace(facts, case=replace(case, conflicts=(*case.conflicts, officer)))
    if not case.is_open or can_act(after, case.holder):
        return (declared,)
    other = substitute(after)
    if other is None:
        # Nobody else may lead it: the declaration stands, and the hole shows in the findings.
        return (declared,)
    return (declared, *moved_on(facts), Recused(other.code, other.unit, "conflict"))


def _within(facts: Facts, unit: str, subject: str) -> bool:
    return is_subject(facts.directory, unit, (subject,))


def _must_go(after: Facts) -> bool:
    case = after.case
    holds_it = is_subject(after.directory, case.holder_unit, case.subject_units)
    return holds_it or not can_act(after, case.holder)


def _named(case: CaseState, event: SubjectNamed, _recorded: Recorded) -> CaseState:
    return replace(
        case,
        subject_units=(*case.subject_units, event.unit),
        assists=tuple(one for one in case.assists if one.of_post not in event.released),
    )


def _declared(case: CaseState, event: ConflictDeclared, _recorded: Recorded) -> CaseState:
    return replace(case, conflicts=(*case.conflicts, event.officer))


def _recused(case: CaseState, event: Recused, recorded: Recorded) -> CaseState:
    taken = replace(take(case, recorded, event.to_post, event.to_unit), came_from="")
    if event.cause == "subject" and case.state is not State.ON_LEGAL_ROUTE:
        # What a unit proposed or was granted falls when the complaint is about it.
        return replace(reopen(taken, State.ASSIGNED), bound=False)
    if case.state in _STAYS:
        return replace(taken, wanted_unit=case.wanted_unit)
    return replace(taken, state=State.ASSIGNED)


CHANGES: Changes = {
    SubjectNamed: _named,
    ConflictDeclared: _declared,
    Recused: _recused,
}

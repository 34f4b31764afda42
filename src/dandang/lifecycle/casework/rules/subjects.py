"""What may happen about whom a complaint is about, and about officers who are not impartial."""

from collections.abc import Iterable, Iterator, Sequence
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
    unit = facts.directory.unit(wish.unit).code
    if unit in facts.case.subject_units:
        raise Refusal(Code.ALREADY_NAMED, unit=unit)
    return (*keep_out(facts, (unit,), (), wish.text), *of_parts(facts, (unit,), (), wish.text))


def declare_conflict(facts: Facts, wish: DeclareConflict) -> tuple[Item, ...]:
    """Step back from a case and its parts; a post in which nobody is left loses them to another."""
    officers = (facts.by.code,)
    return (*keep_out(facts, (), officers, wish.text), *of_parts(facts, (), officers, wish.text))


def keep_out(
    facts: Facts, units: Iterable[str], officers: Iterable[str], text: str
) -> tuple[Event, ...]:
    """Return what happens to a case when these units and officers may have nothing to do with it.

    Refuses `nobody_outside`. Where others than those complained about may not act, and there is no
    other post, the case stays: a holder whose officers have to be replaced.
    """
    case = facts.case
    new_units = [unit for unit in units if unit not in case.subject_units]
    new_officers = [officer for officer in officers if officer not in case.conflicts]
    events: list[Event] = [
        SubjectNamed(unit=unit, text=text, released=_helping(facts, unit)) for unit in new_units
    ]
    events += [ConflictDeclared(officer=officer, text=text) for officer in new_officers]
    after = replace(
        facts,
        case=replace(
            case,
            subject_units=(*case.subject_units, *new_units),
            conflicts=(*case.conflicts, *new_officers),
        ),
    )
    return (*events, *_moves_on(facts, after))


def of_parts(
    facts: Facts, units: Sequence[str], officers: Sequence[str], text: str
) -> Iterator[ForOther]:
    """Yield what keeping them out means for the parts of the case, and for theirs."""
    parts = [(tag, part) for tag, part in facts.family.items() if part.parent == facts.tag]
    for tag, part in parts if facts.tag else ():
        of_part = replace(facts, case=part, tag=tag)
        events = keep_out(of_part, units, officers, text)
        if events:
            yield ForOther(tag, events)
        yield from of_parts(of_part, units, officers, text)


def _moves_on(facts: Facts, after: Facts) -> tuple[Event, ...]:
    case = after.case
    about_it = is_subject(after.directory, case.holder_unit, case.subject_units)
    if not case.is_open or (not about_it and can_act(after, case.holder)):
        return ()
    other = substitute(after)
    if other is not None:
        cause = "subject" if about_it else "conflict"
        return (*moved_on(facts), Recused(other.code, other.unit, cause))
    if about_it:
        raise Refusal(Code.NOBODY_OUTSIDE)
    return ()


def _helping(facts: Facts, unit: str) -> tuple[str, ...]:
    """Return the posts of a unit that were asked for help."""
    return tuple(
        one.of_post
        for one in facts.case.assists
        if is_subject(facts.directory, one.of_unit, (unit,))
    )


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
        return replace(reopen(taken, recorded, State.ASSIGNED), bound=False)
    if case.state in _STAYS:
        return replace(taken, wanted_unit=case.wanted_unit)
    return replace(taken, state=State.ASSIGNED)


CHANGES: Changes = {
    SubjectNamed: _named,
    ConflictDeclared: _declared,
    Recused: _recused,
}

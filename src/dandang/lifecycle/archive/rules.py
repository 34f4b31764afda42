"""How personal values of an ended case are erased by law: one officer asks, another one does it."""

from dataclasses import dataclass, replace

from dandang.lifecycle.archive.events import Erased, ErasureRequested
from dandang.lifecycle.casework.rules.agreement import taken_back
from dandang.lifecycle.casework.rules.asking import nothing_undecided, undecided
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Asked, Wanted
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.contact.rules import evolve as evolve_contact
from dandang.terms import Code, Event, Recorded, Refusal


@dataclass(frozen=True, slots=True)
class AskErase:
    """Ask that the personal values are erased; `basis` is the rule that demands it."""

    basis: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Erase them, as somebody else asked."""


def ask_erase(facts: Facts, wish: AskErase) -> tuple[Event, ...]:
    """Ask for an erasure. Refuses `already_asked`."""
    nothing_undecided(facts)
    return (ErasureRequested(wish.basis),)


def erase(facts: Facts, _wish: Erase) -> tuple[Event, ...]:
    """Erase what another officer asked to be erased (four eyes).

    The facts name the digests of the values that the ledger still has of the case.
    Refuses `nothing_asked`, `decider_involved` (the officer who asked), `nothing_to_erase`.
    """
    asked = undecided(facts, Wanted.ERASURE)
    if not facts.digests:
        raise Refusal(Code.NOTHING_TO_ERASE)
    return (Erased(basis=asked.article, digests=facts.digests, second_officer=asked.by),)


def evolve(case: CaseState | None, recorded: Recorded) -> CaseState:
    """Return the case after any event at all; None is the case before it was opened."""
    event = recorded.event
    if case is not None and isinstance(event, ErasureRequested):
        return replace(case, asked=Asked(Wanted.ERASURE, recorded.by.code, article=event.basis))
    if case is not None and isinstance(event, Erased):
        return taken_back(replace(case, asked=None), *case.agreed)
    return evolve_contact(case, recorded)

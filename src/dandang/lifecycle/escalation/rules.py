"""What going up means for a case, and where it goes."""

from dataclasses import replace

from dandang.lifecycle.casework.rules.changes import take
from dandang.lifecycle.casework.rules.evolve import evolve as evolve_casework
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import supervisor
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.escalation.events import Escalated
from dandang.lifecycle.states import State
from dandang.terms import Recorded


def to_supervision(facts: Facts, step: str) -> Escalated:
    """Return the event that puts a case before the office above its holder's unit.

    Refuses `nobody_outside` where every such office is complained about.
    """
    post = supervisor(facts, facts.case.holder_unit)
    return Escalated(step=step, to_post=post.code, to_unit=post.unit)


def evolve(case: CaseState, recorded: Recorded) -> CaseState:
    """Return the case after an event of escalation or of a stage below."""
    event = recorded.event
    if not isinstance(event, Escalated):
        return evolve_casework(case, recorded)
    if event.to_post is None or event.to_unit is None:
        return case
    taken = take(case, recorded, event.to_post, event.to_unit)
    return replace(taken, state=State.IN_PROGRESS, came_from="")

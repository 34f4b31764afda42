"""Putting a case before the office above its holder's unit."""

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import supervisor
from dandang.lifecycle.escalation.events import Escalated


def to_supervision(facts: Facts, step: str) -> Escalated:
    """Return the event that puts a case before the office above its holder's unit.

    Refuses `nobody_outside` where every such office is complained about.
    """
    post = supervisor(facts, facts.case.holder_unit)
    return Escalated(step=step, to_post=post.code, to_unit=post.unit)

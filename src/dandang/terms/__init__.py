"""Words used everywhere: refusals, problems in files, actors, references, events. Stdlib only."""

from dandang.terms.actor import Actor, ActorKind
from dandang.terms.event import Due, Event, Recorded
from dandang.terms.four_eyes import four_eyes
from dandang.terms.problem import InputError, Problem
from dandang.terms.reference import (
    access_code_from,
    access_hash,
    check_reference,
    new_access_code,
    new_reference,
    normalise_access_code,
    normalise_reference,
)
from dandang.terms.refusal import Code, Refusal
from dandang.terms.text import MAX_TEXT, check_text

__all__ = [
    "MAX_TEXT",
    "Actor",
    "ActorKind",
    "Code",
    "Due",
    "Event",
    "InputError",
    "Problem",
    "Recorded",
    "Refusal",
    "access_code_from",
    "access_hash",
    "check_reference",
    "check_text",
    "four_eyes",
    "new_access_code",
    "new_reference",
    "normalise_access_code",
    "normalise_reference",
]

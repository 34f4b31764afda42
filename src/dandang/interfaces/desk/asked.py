"""Which fields of a verb an officer is asked for: some are for those who work on the case alone."""

from collections.abc import Mapping
from types import MappingProxyType

from dandang.lifecycle.casework.rules.behalf import is_collected
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.states import Remedy
from dandang.lifecycle.verbs import Field, Verb

_OF_WORK: Mapping[str, frozenset[str]] = MappingProxyType({"note": frozenset({"internal"})})
_OF_COLLECTING: Mapping[str, frozenset[str]] = MappingProxyType(
    {"note": frozenset({"request", "channel"})}
)


def asked_of(verb: Verb, facts: Facts) -> list[Field]:
    """Return the fields of a verb that this officer fills in, in the order of the table.

    Whoever works on a case writes notes of their own; others take down what a requester says. A
    post is named only where a case is to be given away.
    """
    collects = is_collected(facts, None, "")
    left_out = (_OF_WORK if collects else _OF_COLLECTING).get(verb.name, frozenset())
    asked = facts.case.asked
    if verb.name == "decide-support" and asked and asked.remedy != Remedy.REASSIGNMENT:
        left_out |= {"to_post"}
    return [field for field in verb.fields if field.name not in left_out]

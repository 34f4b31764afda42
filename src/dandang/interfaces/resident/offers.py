"""Which acts to offer a requester: those that the rules themselves would let happen now."""

from collections.abc import Mapping
from types import MappingProxyType

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.casework.rules.wishes import Answer, Note, Reopen, Withdraw
from dandang.lifecycle.confirmation.rules import Judge
from dandang.lifecycle.rulebook import refusal_of
from dandang.lifecycle.states import Verdict

_SAMPLES: Mapping[str, object] = MappingProxyType(
    {
        "judge": Judge(Verdict.SOLVED),
        "answer": Answer(text="-"),
        "note": Note(text="-"),
        "reopen": Reopen(text="-"),
        "withdraw": Withdraw(),
    }
)
"""An ordinary wish for each verb: what the rule says to it, it says to any."""


def offered(facts: Facts) -> dict[str, bool]:
    """Say of each verb a requester has on the web whether its rule would let it happen now."""
    possible = {verb.name for verb in possible_verbs(facts)}
    return {
        verb: verb in possible and refusal_of(verb, facts, wish) is None
        for verb, wish in _SAMPLES.items()
    }

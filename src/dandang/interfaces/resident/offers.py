"""Which acts to offer a requester: those that the rules themselves would let happen now."""

from collections.abc import Mapping
from types import MappingProxyType

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.rulebook import RULES, refusal_of
from dandang.lifecycle.states import Verdict

_SAMPLES: Mapping[str, tuple[Mapping[str, object], ...]] = MappingProxyType(
    {
        "judge": ({"verdict": Verdict.SOLVED}, {"verdict": Verdict.NO}),
        "rate": ({"stars": 3},),
        "look-back": ({"holds": True}, {"holds": False}),
        "ask-escalation": ({},),
        "answer": ({"text": "-"},),
        "note": ({"text": "-"},),
        "reopen": ({"text": "-"},),
        "object": ({"text": "-"},),
        "appeal": ({"text": "-"},),
        "allow-publishing": ({"allowed": False},),
        "withdraw": ({},),
    }
)
"""Ordinary wishes for each verb: where the rule takes none of them, it takes nothing."""


def offered(facts: Facts) -> dict[str, bool]:
    """Say of each verb a requester has on the web whether its rule would let it happen now."""
    possible = {verb.name for verb in possible_verbs(facts)}
    return {
        verb: verb in possible and any(_is_taken(verb, facts, values) for values in samples)
        for verb, samples in _SAMPLES.items()
    }


def _is_taken(verb: str, facts: Facts, values: Mapping[str, object]) -> bool:
    return refusal_of(verb, facts, RULES[verb].wish(**values)) is None

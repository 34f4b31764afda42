"""Sample wishes: asking a rule what it would refuse, before anybody has filled in a form."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.wishes import Ask, Resume
from dandang.lifecycle.confirmation.rules import Judge
from dandang.lifecycle.rulebook import RULES, refusal_of
from dandang.lifecycle.states import Outcome, Verdict
from dandang.lifecycle.verbs import Kind, Verb
from dandang.policy import Reason
from dandang.terms import Code, Refusal

_SAID = "-"
_SOON = timedelta(minutes=1)
_NOT_FOR_THIS_ACTOR = frozenset(
    {
        Code.UNKNOWN_REASON,
        Code.NOT_THE_DISPATCHER,
        Code.NOT_THE_DECIDING_OFFICE,
        Code.NOT_PROPOSED,
        Code.DISPATCHER_ONLY_END,
        Code.END_NOT_ALLOWED,
    }
)


def reasons_for(verb: Verb, facts: Facts) -> list[Reason]:
    """Return the reasons this actor may give for a verb now, in the order of the policy."""
    return [reason for reason in _reasons(verb, facts) if _is_for_this_actor(verb, facts, reason)]


def lacks_reason(verb: Verb, facts: Facts) -> bool:
    """Say whether a reason has to be given where this actor has none to give."""
    asks = any(one.kind is Kind.REASON and one.required for one in verb.fields)
    return asks and not reasons_for(verb, facts)


def outcome_of(reason: Reason) -> Outcome:
    """Return which proposal a reason belongs to."""
    return Outcome.EXPLAINED if "explain" in reason.verbs else Outcome.DECLINED


def refused_whatever(verb: Verb, facts: Facts) -> Refusal | None:
    """Return why a verb would be refused whatever were said, or None where it would not."""
    if lacks_reason(verb, facts):
        return _why_no_reason(verb, facts)
    refused = None
    for wish in _wishes(verb, facts):
        refused = refusal_of(verb.name, facts, wish)
        if refused is None:
            return None
    return refused


def _why_no_reason(verb: Verb, facts: Facts) -> Refusal:
    """Return what the rule says to the last reason there is; all of them are refused."""
    refused = Refusal(Code.UNKNOWN_REASON, verb=verb.name)
    for reason in _reasons(verb, facts):
        refused = refusal_of(verb.name, facts, _with_reason(verb, facts, reason)) or refused
    return refused


def _reasons(verb: Verb, facts: Facts) -> list[Reason]:
    found = {
        reason.code: reason for name in verb.reasons for reason in facts.policy.reasons_for(name)
    }
    return list(found.values())


def _wishes(verb: Verb, facts: Facts) -> list[object]:
    """Return wishes of which one is taken if any is; none where too much depends on the fields."""
    match verb.name:
        case "ask":
            return [Ask(_SAID, _SAID)]
        case "resume":
            return [Resume()]
        case "return":
            return [_with_reason(verb, facts, reason) for reason in reasons_for(verb, facts)]
        case "judge":
            return [
                Judge(verdict, request=one.number)
                for one in facts.case.active
                for verdict in (Verdict.SOLVED, Verdict.NO)
            ]
        case _:
            return []


def _is_for_this_actor(verb: Verb, facts: Facts, reason: Reason) -> bool:
    refused = refusal_of(verb.name, facts, _with_reason(verb, facts, reason))
    return refused is None or refused.code not in _NOT_FOR_THIS_ACTOR


def _with_reason(verb: Verb, facts: Facts, reason: Reason) -> object:
    """Return a wish that gives this reason, with something in every other field."""
    said = {one.name: _SAMPLES[one.kind](facts) for one in verb.fields if one.kind in _SAMPLES}
    said["reason"] = reason.code
    if any(one.name == "outcome" for one in verb.fields):
        said["outcome"] = outcome_of(reason)
    return RULES[verb.name].wish(**said)


def _elsewhere(facts: Facts) -> str:
    return next(code for code in facts.directory.posts if code != facts.case.holder)


_SAMPLES: Mapping[Kind, Callable[[Facts], object]] = MappingProxyType(
    {
        Kind.LINE: lambda _: _SAID,
        Kind.TEXT: lambda _: _SAID,
        Kind.POST: _elsewhere,
        Kind.NUMBER: lambda _: 1,
        Kind.INSTANT: lambda facts: facts.now + _SOON,
    }
)

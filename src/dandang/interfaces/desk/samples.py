"""Sample wishes: asking a rule what it would refuse, before anybody has filled in a form."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import acting_post
from dandang.lifecycle.confirmation.rules.judging import Judge
from dandang.lifecycle.confirmation.rules.looking_back import LookBack
from dandang.lifecycle.confirmation.rules.rating import MOST_STARS, Rate
from dandang.lifecycle.rulebook import RULES, refusal_of
from dandang.lifecycle.states import Decision, Outcome, Verdict
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
_WHATEVER = frozenset(
    {
        *(Code.ALREADY_ASKED, Code.NOTHING_ASKED, Code.CHILDREN_OPEN, Code.PART_OF_A_FAMILY),
        *(Code.DECIDER_INVOLVED, Code.WRONG_STATE, Code.EXTENSION_USED, Code.DEADLINE_PASSED),
        *(Code.ALREADY_PAUSED, Code.NO_CONDITION, Code.SECOND_NO_REQUIRED),
    }
)
"""What a rule says of the case, not of what was said about it."""

_DECISIVE: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {"verdict": Verdict, "decision": Decision, "outcome": Outcome, "holds": bool}
)
"""Fields of which the answer decides what happens."""
_YES_NO = ("yes", "no")
_ALWAYS_TELLING = frozenset({"ask", "resume", "return", "judge", "rate", "look-back"})
_BOTH = (True, False)
"""Verbs whose sample is refused only where everything would be."""


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
        refused = _refusal(verb, facts, wish)
        if refused is None or not (verb.name in _ALWAYS_TELLING or refused.code in _WHATEVER):
            return None
    return refused


def _refusal(verb: Verb, facts: Facts, wish: object) -> Refusal | None:
    """Return what the rule says to a wish of this actor; for a merge, with a case just like it."""
    facts = replace(facts, post=acting_post(facts, verb) or "", tag="this", other="that")
    like_it = replace(facts.case, parent="", children=0)
    return refusal_of(verb.name, replace(facts, family={"that": like_it}), wish)


def _why_no_reason(verb: Verb, facts: Facts) -> Refusal:
    """Return what the rule says to the last reason there is; all of them are refused."""
    refused = Refusal(Code.UNKNOWN_REASON, verb=verb.name)
    for reason in _reasons(verb, facts):
        refused = _refusal(verb, facts, _wish(verb, facts, reason)) or refused
    return refused


def _reasons(verb: Verb, facts: Facts) -> list[Reason]:
    found = {
        reason.code: reason for name in verb.reasons for reason in facts.policy.reasons_for(name)
    }
    return list(found.values())


def _wishes(verb: Verb, facts: Facts) -> list[object]:
    """Return wishes of which one is taken if any is; none where none can be made up."""
    if verb.undoes_a_merge:
        return []
    if verb.name == "judge":
        return [
            Judge(verdict, request=one.number)
            for one in facts.case.active
            for verdict in (Verdict.SOLVED, Verdict.NO)
        ]
    if verb.name == "rate":
        return [Rate(MOST_STARS, request=one.number) for one in facts.case.active]
    if verb.name == "look-back":
        return [LookBack(holds, request=one.number) for one in facts.case.active for holds in _BOTH]
    if any(one.kind is Kind.REASON and one.required for one in verb.fields):
        return [_wish(verb, facts, reason) for reason in reasons_for(verb, facts)]
    return [_wish(verb, facts)]


def variants(verb: Verb, facts: Facts) -> list[tuple[str, str, object]]:
    """Return sample wishes, one for each choice on which what a verb does depends.

    Each with the name of the field and the value chosen ("" and "" where there is no such choice).
    None for a verb that undoes a merge, or where the officer has no reason to give.
    """
    if verb.undoes_a_merge or lacks_reason(verb, facts):
        return []
    needs = any(one.kind is Kind.REASON and one.required for one in verb.fields)
    reason = reasons_for(verb, facts)[0] if needs else None
    wish = _to_somebody(verb, facts, _wish(verb, facts, reason))
    active = facts.case.active
    if active and hasattr(wish, "request"):
        wish = _with(wish, "request", active[0].number)
    asked = next((one for one in verb.fields if one.name in _DECISIVE), None)
    if asked is None:
        return [("", "", wish)]
    if asked.kind is Kind.YES_NO:
        return [(asked.name, word, _with(wish, asked.name, word == "yes")) for word in _YES_NO]
    if asked.name == "outcome":
        by_outcome = {outcome_of(one): one for one in reasons_for(verb, facts)}
        return [
            (asked.name, one, _wish(verb, facts, by_outcome.get(Outcome(one))))
            for one in asked.choices
            if one == Outcome.RESOLVED or one in by_outcome
        ]
    kind = _DECISIVE[asked.name]
    return [(asked.name, one, _with(wish, asked.name, kind(one))) for one in asked.choices]


def _to_somebody(verb: Verb, facts: Facts, wish: object) -> object:
    """Return the wish with a post that may get the case, if any may."""
    if not hasattr(wish, "to_post"):
        return wish
    others = (code for code in facts.directory.posts if code != facts.case.holder)
    found = (_with(wish, "to_post", code) for code in others)
    return next((one for one in found if _refusal(verb, facts, one) is None), wish)


def _with(wish: Any, name: str, value: object) -> object:  # noqa: ANN401 any wish
    return replace(wish, **{name: value})


def _is_for_this_actor(verb: Verb, facts: Facts, reason: Reason) -> bool:
    refused = _refusal(verb, facts, _wish(verb, facts, reason))
    return refused is None or refused.code not in _NOT_FOR_THIS_ACTOR


def _wish(verb: Verb, facts: Facts, reason: Reason | None = None) -> object:
    """Return a wish that gives this reason, with something in every other field that takes it."""
    said: dict[str, object] = {}
    for one in verb.fields:
        if one.kind in _SAMPLES:
            said[one.name] = _SAMPLES[one.kind](facts)
        elif one.name == "outcome":
            said[one.name] = outcome_of(reason) if reason else Outcome.RESOLVED
        elif one.name == "decision":
            said[one.name] = Decision.GRANTED
        elif one.kind is Kind.CHOICE:
            said[one.name] = one.choices[0]
        elif one.kind is Kind.YES_NO and one.required:
            said[one.name] = False
    if reason is None:
        said.pop("reason", None)
    else:
        said["reason"] = reason.code
    return RULES[verb.name].wish(**said)


def _other_category(facts: Facts) -> str:
    return next(code for code in facts.policy.categories if code != facts.case.category)


def _elsewhere(facts: Facts) -> str:
    named = {facts.case.holder, *(one.of_post for one in facts.case.assists)}
    return next((code for code in facts.directory.posts if code not in named), facts.case.holder)


_SAMPLES: Mapping[Kind, Callable[[Facts], object]] = MappingProxyType(
    {
        Kind.LINE: lambda _: _SAID,
        Kind.TEXT: lambda _: _SAID,
        Kind.POST: _elsewhere,
        Kind.UNIT: lambda facts: next(iter(facts.directory.units)),
        Kind.CASE: lambda _: _SAID,
        Kind.CATEGORY: _other_category,
        Kind.NUMBER: lambda _: 1,
        Kind.INSTANT: lambda facts: facts.now + _SOON,
    }
)

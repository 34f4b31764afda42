"""Which verbs to offer an actor: those whose rule would not refuse whatever the actor said."""

from collections.abc import Callable, Mapping

from dandang.lifecycle.casework.rules.agreement import Publishing
from dandang.lifecycle.casework.rules.answers import may_look_back, may_rate
from dandang.lifecycle.casework.rules.appealing import may_decide_appeal, was_refused_enough
from dandang.lifecycle.casework.rules.asking import may_decide, may_decide_unmasking
from dandang.lifecycle.casework.rules.called import may_act
from dandang.lifecycle.casework.rules.ends import may_reopen
from dandang.lifecycle.casework.rules.extending import may_ask_extension, may_promise
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.missed import may_ask_above
from dandang.lifecycle.casework.rules.objections import may_answer, may_object
from dandang.lifecycle.casework.rules.particulars import Wanted
from dandang.lifecycle.casework.rules.pausing import has_condition, may_go_on, may_pause
from dandang.lifecycle.casework.rules.permit import acting_post, is_kept_out
from dandang.lifecycle.casework.rules.publishing import is_about_own_words
from dandang.lifecycle.casework.rules.stalling import may_explain
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.states import Outcome, State
from dandang.lifecycle.verbs import READY, Verb


def possible_verbs(facts: Facts) -> list[Verb]:
    """Return the verbs to offer this actor for this case now, in table order.

    A rule may still refuse one of them, for its fields or its limits.
    """
    if is_kept_out(facts):
        return []
    return [
        verb
        for verb in READY.values()
        if facts.case.state in verb.states
        and acting_post(facts, verb) is not None
        and _makes_sense(facts, verb.name)
    ]


def _makes_sense(facts: Facts, verb: str) -> bool:
    by_case, by_facts = _OFFERED_WHEN.get(verb), _OFFERED_WHILE.get(verb)
    return (by_case is None or by_case(facts.case)) and (by_facts is None or by_facts(facts))


def _is_judgeable(case: CaseState) -> bool:
    return case.state is not State.PROPOSED or case.outcome is Outcome.RESOLVED


_OFFERED_WHEN: Mapping[str, Callable[[CaseState], bool]] = {
    "assign": lambda case: case.bound or case.state in (State.RECEIVED, State.DISPUTED),
    "hand-over": lambda case: not case.bound,
    "dispute": lambda case: not case.bound,
    "return": lambda case: bool(case.came_from),
    "judge": _is_judgeable,
    "ask-split": lambda case: case.asked is None,
    "refuse-split": lambda case: case.asked is not None and case.asked.what is Wanted.SPLIT,
    "ask-legal-route": lambda case: case.asked is None,
    "ask-erase": lambda case: case.asked is None,
    "explain": lambda case: case.outcome is Outcome.EXPLAINED,
    "publish-text": lambda case: bool(case.publishing),
    "withhold-text": lambda case: case.publishing not in ("", Publishing.WITHHELD),
    **dict.fromkeys(
        ("change-contact", "erase-contact", "replace-code", "unmask", "ask-unmask"),
        lambda case: not case.set_by,
    ),
    "appeal": lambda case: not case.appealed and case.end_cause != "imported",
}
"""What the case itself settles."""

_OFFERED_WHILE: Mapping[str, Callable[[Facts], bool]] = {
    "act-on-call": may_act,
    "pause": may_pause,
    "resume": may_go_on,
    "check-condition": has_condition,
    "ask-extension": may_ask_extension,
    "decide-extension": lambda facts: may_decide(facts, Wanted.EXTENSION),
    "enter-legal-route": lambda facts: may_decide(facts, Wanted.LEGAL_ROUTE),
    "refuse-legal-route": lambda facts: may_decide(facts, Wanted.LEGAL_ROUTE),
    "promise": may_promise,
    "explain-stall": may_explain,
    "decide-support": lambda facts: may_decide(facts, Wanted.SUPPORT),
    "reopen": may_reopen,
    "object": may_object,
    "answer-objection": may_answer,
    "close-not-solved": was_refused_enough,
    "decide-appeal": may_decide_appeal,
    "ask-escalation": may_ask_above,
    "rate": may_rate,
    "look-back": may_look_back,
    "erase": lambda facts: may_decide(facts, Wanted.ERASURE),
    "allow-publishing": is_about_own_words,
    **dict.fromkeys(("allow-unmask", "refuse-unmask"), may_decide_unmasking),
}
"""What depends on the actor, the policy or the time, too."""

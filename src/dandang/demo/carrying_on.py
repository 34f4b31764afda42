"""What happens to a case whose story was left: because somebody else acted, or sent it. Pure."""

from collections.abc import Iterable, Mapping
from itertools import takewhile
from random import Random

from dandang.demo.stories import Step
from dandang.demo.texts import Texts
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.states import Outcome, State

_BEFORE: Mapping[State, tuple[str, ...]] = {
    State.RECEIVED: ("accept", "contacted", "propose", "judge"),
    State.ASSIGNED: ("accept", "contacted", "propose", "judge"),
    State.IN_PROGRESS: ("contacted", "propose", "judge"),
    State.WAITING_REQUESTER: ("answer", "propose", "judge"),
    State.PROPOSED: ("judge",),
    State.DISPUTED: ("decide-dispute", "accept", "contacted", "propose", "judge"),
}
_REQUESTERS = frozenset({"answer", "judge"})


def carry_on(case: CaseState, texts: Texts, rng: Random, *, judged: bool) -> tuple[Step, ...]:
    """Return the steps that such a case takes from here; none for an ended one.

    `judged` says that the city plays the requester; for a visitor's own request it does not.
    """
    verbs = _BEFORE.get(case.state, ())
    if case.state is State.PROPOSED and case.outcome is Outcome.EXPLAINED:
        verbs = ("explain",)
    if not judged:
        verbs = tuple(takewhile(lambda verb: verb not in _REQUESTERS, verbs))
    return steps_of(verbs, texts, rng)


def steps_of(verbs: Iterable[str], texts: Texts, rng: Random) -> tuple[Step, ...]:
    """Return ordinary steps with these verbs."""
    return tuple(_STEPS[verb](texts, rng) for verb in verbs)


def _accept(_texts: Texts, rng: Random) -> Step:
    return Step("holder", "accept", rng.uniform(0.3, 3))


def _contacted(texts: Texts, rng: Random) -> Step:
    values = {"how": "phone", "text": texts.word("call", rng)}
    return Step("holder", "contacted", rng.uniform(0.5, 4), values)


def _propose(texts: Texts, rng: Random) -> Step:
    values = {"outcome": "resolved", "text": texts.word("done", rng)}
    return Step("holder", "propose", rng.uniform(4, 14), values)


def _judge(texts: Texts, rng: Random) -> Step:
    values = {"verdict": "solved", "text": texts.word("thanks", rng)}
    return Step("asker", "judge", rng.uniform(2, 20), values)


def _answer(texts: Texts, rng: Random) -> Step:
    return Step("requester", "answer", rng.uniform(1, 12), {"text": texts.word("answer", rng)})


def _decide(texts: Texts, rng: Random) -> Step:
    basis, text = texts.word("list", rng), texts.word("decided", rng)
    values = {"to_post": "@holder", "basis": basis, "text": text}
    return Step("deciding", "decide-dispute", rng.uniform(1, 6), values)


def _explain(texts: Texts, rng: Random) -> Step:
    values = {
        "reason": "lawful_and_in_order",
        "basis": texts.word("permit", rng),
        "text": texts.word("lawful", rng),
    }
    return Step("deciding", "explain", rng.uniform(1, 8), values)


_STEPS = {
    "accept": _accept,
    "contacted": _contacted,
    "propose": _propose,
    "judge": _judge,
    "answer": _answer,
    "decide-dispute": _decide,
    "explain": _explain,
}

"""Which acts the case page offers an officer, in which order, and why some are not possible."""

from collections.abc import Sequence
from dataclasses import dataclass

from dandang.interfaces.desk.samples import lacks_reason, refused_whatever
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.verbs import VERB_WORDS
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.verbs import Verb
from dandang.policy import ClockName

_ORDER = (
    *("decide-dispute", "decide-appeal", "decide-extension", "enter-legal-route"),
    *("refuse-legal-route", "split", "refuse-split", "answer-objection", "assign", "accept"),
    *("give-assist", "update-legal-route", "contacted", "reply", "propose", "ask", "resume"),
    *("check-condition", "judge", "explain", "decline", "reject-proposal", "close-not-solved"),
    *("conclude", "reopen", "promise", "note", "attach", "request-assist", "ask-other", "pause"),
    *("ask-legal-route", "leave-legal-route", "ask-extension", "ask-split", "hand-over", "return"),
    *("dispute", "merge", "unmerge", "change-category", "name-subject", "link-external"),
    *("correct", "object", "declare-conflict", "appeal", "answer", "withdraw", "lapse", "ask-erase", "erase"),
)
_FIRST = (
    *("decide-dispute", "decide-appeal", "decide-extension", "enter-legal-route", "assign"),
    *("accept", "give-assist", "resume", "contacted", "propose", "judge"),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """One act. `is_whole`: it asks for nothing, so that one button does it."""

    verb: str
    words: str
    submit: str
    is_whole: bool
    is_first: bool


@dataclass(frozen=True, slots=True)
class Offers:
    """What an officer can do now; `closed` are acts that would be refused, each with the reason."""

    open: tuple[Offer, ...]
    closed: tuple[tuple[str, str], ...]


def offers(facts: Facts) -> Offers:
    """Return the acts of this officer for this case now; at most one of them is the first."""
    verbs = [verb for verb in possible_verbs(facts) if not lacks_reason(verb, facts)]
    refusals = {verb.name: refused_whatever(verb, facts) for verb in verbs}
    going = [verb for verb in verbs if refusals[verb.name] is None]
    first = _first(facts, [verb.name for verb in going])
    going.sort(key=lambda verb: (verb.name != first, _ORDER.index(verb.name)))
    return Offers(
        open=tuple(_offer(verb, is_first=verb.name == first) for verb in going),
        closed=tuple(
            (str(VERB_WORDS[name].name), refusal(refused))
            for name, refused in refusals.items()
            if refused is not None
        ),
    )


def _offer(verb: Verb, *, is_first: bool) -> Offer:
    words = VERB_WORDS[verb.name]
    return Offer(verb.name, str(words.name), str(words.submit), not verb.fields, is_first)


def _first(facts: Facts, names: Sequence[str]) -> str:
    """Return the act that the case waits for; "" where nothing goes before the rest."""
    waits = ClockName.FIRST_RESPONSE in facts.case.clocks
    wanted = (name for name in _FIRST if name in names and (waits or name != "contacted"))
    return next(wanted, "")

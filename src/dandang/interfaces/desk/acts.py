"""Which acts the case page offers an officer, in which order, and why some are not possible."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dandang.interfaces.desk.samples import lacks_reason, refused_whatever
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.verbs import VERB_WORDS
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import Verb
from dandang.policy import ClockName

_ORDER = (
    *("act-on-call", "decide-dispute", "decide-appeal", "decide-extension", "enter-legal-route"),
    *("decide-support", "explain-stall"),
    *("refuse-legal-route", "split", "refuse-split", "answer-objection", "assign", "accept"),
    *("give-assist", "update-legal-route", "contacted", "reply", "propose", "ask", "resume"),
    *("check-condition", "judge", "look-back", "rate", "answer", "explain", "decline"),
    *("reject-proposal", "close-not-solved"),
    *("conclude", "reopen", "promise", "note", "attach", "request-assist", "ask-other", "pause"),
    *("ask-legal-route", "leave-legal-route", "ask-extension", "ask-split", "hand-over", "return"),
    *(
        "name-sponsor",
        "dispute",
        "merge",
        "unmerge",
        "change-category",
        "name-subject",
        "link-external",
    ),
    *("correct", "object", "declare-conflict", "publish-text", "withhold-text"),
    *("allow-publishing", "ask-erase", "erase"),
    *("allow-unmask", "refuse-unmask", "unmask", "ask-unmask", "see-earlier"),
    *("change-contact", "replace-code", "erase-contact"),
    *("ask-escalation", "appeal", "withdraw", "lapse"),
)
_SELDOM = frozenset(
    {
        *("request-assist", "ask-other", "pause", "ask-legal-route", "ask-extension", "ask-split"),
        *("conclude", "merge", "split", "change-category", "name-subject", "link-external"),
        *("correct", "object", "declare-conflict", "ask-erase", "promise", "name-sponsor"),
        *("publish-text", "withhold-text", "allow-publishing"),
        *("change-contact", "replace-code", "rate", "unmask", "ask-unmask", "see-earlier"),
    }
)
"""What most cases never need: it stands under the rest, as links."""
_KEYS = MappingProxyType(
    {
        "accept": "a",
        "return": "b",
        "contacted": "c",
        "hand-over": "h",
        "judge": "v",
        "note": "n",
        "propose": "p",
        "ask": "q",
        "reply": "r",
        "assign": "s",
        "decide-dispute": "d",
    }
)
_AFTER_A_CHECK = frozenset({"change-contact", "replace-code"})
_NEVER_WITHOUT_A_PAGE = frozenset({"erase"})
_FIRST = (
    *(
        "act-on-call",
        "decide-dispute",
        "decide-appeal",
        "decide-extension",
        "enter-legal-route",
        "decide-support",
        "assign",
    ),
    *("accept", "give-assist", "resume", "contacted", "propose", "judge", "look-back"),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """One act. `is_whole`: it asks for nothing, so that one button does it.

    `is_seldom`: it stands under the others. `needs_identity`: it is done where identity is checked.
    `key` is the single key that does it, for officers who chose to use such keys.
    """

    verb: str
    words: str
    submit: str
    is_whole: bool
    is_first: bool
    is_seldom: bool
    needs_identity: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """What an officer can do now; `closed` are acts that would be refused, each with the reason."""

    open: tuple[Offer, ...]
    closed: tuple[tuple[str, str], ...]

    def has(self, verb: str) -> bool:
        """Say whether this act can be done now."""
        return any(one.verb == verb for one in self.open)

    @property
    def usual(self) -> tuple[Offer, ...]:
        """What stands there as buttons."""
        return tuple(one for one in self.open if not one.is_seldom)

    @property
    def seldom(self) -> tuple[Offer, ...]:
        """What stands under the buttons."""
        return tuple(one for one in self.open if one.is_seldom)


def offers(facts: Facts) -> Offers:
    """Return the acts of this officer for this case now; at most one of them is the first."""
    verbs = [verb for verb in possible_verbs(facts) if not lacks_reason(verb, facts)]
    refusals = {verb.name: refused_whatever(verb, facts) for verb in verbs}
    going = [verb for verb in verbs if refusals[verb.name] is None]
    first = _first(facts, [verb.name for verb in going])
    going.sort(key=lambda verb: (verb.name != first, verb.name in _SELDOM, _ORDER.index(verb.name)))
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
    return Offer(
        verb=verb.name,
        words=str(words.name),
        submit=str(words.submit),
        is_whole=not verb.fields and verb.name not in _NEVER_WITHOUT_A_PAGE,
        is_first=is_first,
        is_seldom=verb.name in _SELDOM and not is_first,
        needs_identity=verb.name in _AFTER_A_CHECK,
        key=_KEYS.get(verb.name, ""),
    )


def _first(facts: Facts, names: Sequence[str]) -> str:
    """Return the act that the case waits for; "" where nothing goes before the rest."""
    waited_for = {
        "contacted": ClockName.FIRST_RESPONSE in facts.case.clocks,
        "resume": facts.case.state is not State.IN_PROGRESS,
    }
    wanted = (name for name in _FIRST if name in names and waited_for.get(name, True))
    return next(wanted, "")

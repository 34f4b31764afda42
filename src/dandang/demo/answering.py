"""How people who are called answer: in time, late or never; by which act, in which words. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from dandang.demo.everyday import tables
from dandang.demo.moments import Hours
from dandang.demo.stories import Step, Value
from dandang.demo.texts import Texts
from dandang.policy import CallAnswer, CallTarget

_SHORT = timedelta(hours=2)
"""Who is called for so little time answers at any hour: somebody rings them up."""


class Manner(StrEnum):
    """How calls about a matter are answered.

    Usually most of them are, and what is ordered gets done; `answered` says the same of each.
    `passed`: the lowest level lets its time pass. `idle`: everybody orders and nobody does
    anything. `silent`: nobody answers.
    """

    USUAL = ""
    ANSWERED = "answered"
    PASSED = "passed"
    IDLE = "idle"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Called:
    """A call: about which case, upon which post, at which level, and which acts answer it.

    `seq` is the number of its event in the case.
    """

    reference: str
    seq: int
    post: str
    target: CallTarget
    answers: tuple[str, ...]
    at: datetime
    due_at: datetime

    @property
    def wants_sponsor(self) -> bool:
        """Whether only a named sponsor will do, or taking the matter over."""
        return CallAnswer.DECIDED not in self.answers


def answers(call: Called, manner: Manner, rng: Random) -> bool:
    """Say whether whoever is called does anything about it."""
    if manner is Manner.SILENT:
        return False
    if manner is Manner.PASSED:
        return call.target not in {CallTarget.OFFICER, CallTarget.UNIT_HEAD}
    return manner is not Manner.USUAL or rng.random() >= tables()["calls"]["silence"][call.target]


def answered_at(call: Called, now: datetime, hours: Hours, rng: Random) -> datetime:
    """Return when the call is answered, within its time; `now` is when one hears of it."""
    share = rng.uniform(0.15, 0.85)
    if call.due_at - call.at <= _SHORT:
        return max(now, call.at) + share * max(call.due_at - max(now, call.at), timedelta())
    whole = hours.calendar.working_time_between(call.at, call.due_at, provisional_ok=True)
    return hours.office(max(now, call.at), share * (whole / timedelta(hours=1)))


def answer(call: Called, texts: Texts, rng: Random, *, may_take: bool) -> Step:
    """Return what the called person does: a step beside those of the story.

    `may_take` says that it can be taken over: nobody else is at work on it.
    """
    who = f"post:{call.post}"
    if call.wants_sponsor:
        named: dict[str, Value] = {
            "to_post": tables()["calls"]["sponsor"],
            "text": texts.word("sponsor", rng),
        }
        return Step(who, "name-sponsor", 0, named, beside=True)
    shares, drawn = tables()["calls"], rng.random()
    if may_take and call.target is not CallTarget.OFFICER and drawn < shares["taken_over"]:
        values: dict[str, Value] = {"act": "took_over", "text": texts.word("called_took_over", rng)}
        return Step(who, "act-on-call", 0, values, beside=True)
    least, most = shares["gives"][call.target]
    act = "decided" if drawn > 1 - shares["decided"] else "instructed"
    values = {
        "act": act,
        "text": texts.word(f"called_{act}", rng),
        "due_at": f"@in:{rng.uniform(least, most):.2f}",
    }
    return Step(who, "act-on-call", 0, values, beside=True)

"""Doing any ready verb by its name: the door that desk, command line and REST share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from dandang.lifecycle.casework.actions.act import Act, Done, Rule, act
from dandang.lifecycle.casework.rules import custody, ends, wishes, work
from dandang.lifecycle.confirmation import rules as confirmation
from dandang.lifecycle.intake.actions import Receipt, attach_request
from dandang.lifecycle.intake.rules import Attach, evolve
from dandang.lifecycle.verbs import READY
from dandang.lifecycle.verbs.values import parse
from dandang.terms import Actor, Code, Refusal


@dataclass(frozen=True, slots=True)
class Performed:
    """What an act did; `receipt` is there when it attached a request."""

    done: Done
    receipt: Receipt | None = None


@dataclass(frozen=True, slots=True)
class _Door:
    wish: type
    rule: Rule


_DOORS: Mapping[str, _Door] = MappingProxyType(
    {
        "assign": _Door(wishes.Assign, custody.assign),
        "accept": _Door(wishes.Accept, custody.accept),
        "hand-over": _Door(wishes.HandOver, custody.hand_over),
        "return": _Door(wishes.Return, custody.give_back),
        "dispute": _Door(wishes.Dispute, custody.dispute),
        "decide-dispute": _Door(wishes.DecideDispute, custody.decide_dispute),
        "ask": _Door(wishes.Ask, work.ask),
        "answer": _Door(wishes.Answer, work.answer),
        "contacted": _Door(wishes.Contacted, work.contacted),
        "note": _Door(wishes.Note, work.note),
        "reply": _Door(wishes.Reply, work.reply),
        "resume": _Door(wishes.Resume, work.resume),
        "propose": _Door(wishes.Propose, ends.propose),
        "reject-proposal": _Door(wishes.RejectProposal, ends.reject_proposal),
        "explain": _Door(wishes.Explain, ends.explain),
        "decline": _Door(wishes.Decline, ends.decline),
        "reopen": _Door(wishes.Reopen, ends.reopen),
        "withdraw": _Door(wishes.Withdraw, ends.withdraw),
        "judge": _Door(confirmation.Judge, confirmation.judge),
        "lapse": _Door(confirmation.Lapse, confirmation.lapse),
    }
)


def perform(
    verb: str,
    reference: str,
    values: Mapping[str, object],
    *,
    by: Actor,
    now: datetime,
    seen_seq: int | None = None,
) -> Performed:
    """Do a verb with the values of its fields, as typed or already of the right type.

    Empty values of optional fields may be left out. Refuses `unknown_verb`, the codes of
    `verbs.values.parse` and those of `casework.actions.act`.
    """
    if verb not in READY:
        raise Refusal(Code.UNKNOWN_VERB, verb=verb)
    given = parse(READY[verb], values)
    if verb == "attach":
        wish = Attach(**given)
        done, receipt = attach_request(reference, wish, by=by, now=now, seen_seq=seen_seq)
        return Performed(done, receipt)
    door = _DOORS[verb]
    what = Act(READY[verb], door.rule, evolve)
    wish = door.wish(**given)
    return Performed(act(what, reference, wish, by=by, now=now, seen_seq=seen_seq))

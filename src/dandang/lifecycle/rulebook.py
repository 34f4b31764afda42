"""The rule of every ready verb. Pure: actions, tests and explanations share it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dandang.lifecycle.archive import rules as archive
from dandang.lifecycle.casework.rules import (
    appealing,
    categories,
    correcting,
    custody,
    ends,
    extending,
    helping,
    joining,
    legal_route,
    objections,
    pausing,
    publishing,
    stalling,
    subjects,
    wishes,
    work,
)
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.kin import Item
from dandang.lifecycle.confirmation.rules import judging, looking_back, rating
from dandang.lifecycle.contact import earlier, unmasking
from dandang.lifecycle.contact import rules as contact
from dandang.lifecycle.escalation.rules import asking as asking_above
from dandang.lifecycle.escalation.rules import calling
from dandang.lifecycle.intake import rules as intake
from dandang.lifecycle.verbs import VERBS
from dandang.terms import Refusal


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an actor wants with a verb, and the rule that turns it into what happens, or refuses."""

    wish: type
    rule: Callable[[Facts, Any], Sequence[Item]]


RULES: Mapping[str, Ruling] = MappingProxyType(
    {
        "attach": Ruling(intake.Attach, intake.attach),
        "assign": Ruling(wishes.Assign, custody.assign),
        "accept": Ruling(wishes.Accept, custody.accept),
        "hand-over": Ruling(wishes.HandOver, custody.hand_over),
        "return": Ruling(wishes.Return, custody.give_back),
        "dispute": Ruling(wishes.Dispute, custody.dispute),
        "decide-dispute": Ruling(wishes.DecideDispute, custody.decide_dispute),
        "ask-split": Ruling(joining.AskSplit, joining.ask_split),
        "refuse-split": Ruling(joining.RefuseSplit, joining.refuse_split),
        "split": Ruling(joining.SplitOff, joining.split),
        "merge": Ruling(joining.Merge, joining.merge),
        "unmerge": Ruling(joining.Unmerge, joining.unmerge),
        "ask": Ruling(wishes.Ask, work.ask),
        "answer": Ruling(wishes.Answer, work.answer),
        "contacted": Ruling(wishes.Contacted, work.contacted),
        "note": Ruling(wishes.Note, work.note),
        "reply": Ruling(wishes.Reply, work.reply),
        "resume": Ruling(wishes.Resume, pausing.resume),
        "request-assist": Ruling(wishes.RequestAssist, helping.request_assist),
        "give-assist": Ruling(wishes.GiveAssist, helping.give_assist),
        "ask-other": Ruling(wishes.AskOther, helping.ask_other),
        "pause": Ruling(wishes.PauseStep, pausing.pause),
        "check-condition": Ruling(wishes.CheckCondition, pausing.check_condition),
        "ask-extension": Ruling(wishes.AskExtension, extending.ask_extension),
        "decide-extension": Ruling(wishes.DecideExtension, extending.decide_extension),
        "promise": Ruling(wishes.MakePromise, extending.promise),
        "ask-legal-route": Ruling(wishes.AskLegalRoute, legal_route.ask_legal_route),
        "enter-legal-route": Ruling(wishes.EnterLegalRoute, legal_route.enter_legal_route),
        "refuse-legal-route": Ruling(wishes.RefuseLegalRoute, legal_route.refuse_legal_route),
        "update-legal-route": Ruling(wishes.UpdateLegalRoute, legal_route.update_legal_route),
        "leave-legal-route": Ruling(wishes.LeaveLegalRoute, legal_route.leave_legal_route),
        "explain-stall": Ruling(stalling.ExplainStall, stalling.explain_stall),
        "decide-support": Ruling(stalling.DecideSupport, stalling.decide_support),
        "correct": Ruling(wishes.Correct, correcting.correct),
        "change-category": Ruling(wishes.ChangeCategory, categories.change_category),
        "link-external": Ruling(wishes.LinkExternal, categories.link_external),
        "name-subject": Ruling(wishes.NameSubject, subjects.name_subject),
        "declare-conflict": Ruling(wishes.DeclareConflict, subjects.declare_conflict),
        "object": Ruling(wishes.ObjectTo, objections.object_to),
        "answer-objection": Ruling(wishes.AnswerObjection, objections.answer_objection),
        "conclude": Ruling(wishes.Conclude, appealing.conclude),
        "close-not-solved": Ruling(wishes.CloseNotSolved, appealing.close_not_solved),
        "appeal": Ruling(wishes.OpenAppeal, appealing.appeal),
        "decide-appeal": Ruling(wishes.DecideAppeal, appealing.decide_appeal),
        "propose": Ruling(wishes.Propose, ends.propose),
        "reject-proposal": Ruling(wishes.RejectProposal, ends.reject_proposal),
        "explain": Ruling(wishes.Explain, ends.explain),
        "decline": Ruling(wishes.Decline, ends.decline),
        "reopen": Ruling(wishes.Reopen, ends.reopen),
        "withdraw": Ruling(wishes.Withdraw, ends.withdraw),
        "act-on-call": Ruling(calling.ActOnCall, calling.act_on_call),
        "name-sponsor": Ruling(calling.NameSponsor, calling.name_sponsor),
        "ask-escalation": Ruling(asking_above.AskEscalation, asking_above.ask_escalation),
        "judge": Ruling(judging.Judge, judging.judge),
        "rate": Ruling(rating.Rate, rating.rate),
        "look-back": Ruling(looking_back.LookBack, looking_back.look_back),
        "lapse": Ruling(judging.Lapse, judging.lapse),
        "change-contact": Ruling(contact.ChangeContact, contact.change_contact),
        "erase-contact": Ruling(contact.EraseContact, contact.erase_contact),
        "replace-code": Ruling(contact.ReplaceCode, contact.replace_code),
        "see-earlier": Ruling(earlier.SeeEarlier, earlier.see_earlier),
        "unmask": Ruling(unmasking.Unmask, unmasking.unmask),
        "ask-unmask": Ruling(unmasking.AskUnmask, unmasking.ask_unmask),
        "allow-unmask": Ruling(unmasking.AllowUnmask, unmasking.allow_unmask),
        "refuse-unmask": Ruling(unmasking.RefuseUnmask, unmasking.refuse_unmask),
        "allow-publishing": Ruling(publishing.AllowPublishing, publishing.allow_publishing),
        "publish-text": Ruling(publishing.PublishText, publishing.publish_text),
        "withhold-text": Ruling(publishing.WithholdText, publishing.withhold_text),
        "ask-erase": Ruling(archive.AskErase, archive.ask_erase),
        "erase": Ruling(archive.Erase, archive.erase),
    }
)


def happens(verb: str, facts: Facts, wish: object) -> Sequence[Item]:
    """Return what a ready verb does: the answer to calls upon the actor, and what its rule says.

    Refuses what the rule refuses.
    """
    items = RULES[verb].rule(facts, wish)
    return (*calling.answers_by(facts, VERBS[verb]), *items)


def refusal_of(verb: str, facts: Facts, wish: object) -> Refusal | None:
    """Return why the rule of a ready verb would refuse this wish, or None where it would not."""
    try:
        RULES[verb].rule(facts, wish)
    except Refusal as refused:
        return refused
    return None

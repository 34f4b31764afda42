"""How a call is answered: by taking over, an instruction or a decision. Reading is not acting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dandang.lifecycle.casework.rules.called import own_calls
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import is_subject
from dandang.lifecycle.casework.rules.particulars import Call
from dandang.lifecycle.casework.rules.waiting import moved_on
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.escalation.events import BY_REQUESTER, ActedOnCall, Escalated, SponsorNamed
from dandang.lifecycle.escalation.rules.above import RANKS, closes
from dandang.lifecycle.states import ENDS, State
from dandang.lifecycle.verbs import Verb
from dandang.policy import CallAnswer, CallTarget
from dandang.terms import ActorKind, Code, Event, Refusal

_MOVE_THE_TOTAL = frozenset({"decide-extension", "enter-legal-route"})


@dataclass(frozen=True, slots=True)
class ActOnCall:
    """What a called officer does. Orders and decisions name `due_at`; an order may name `who`."""

    act: CallAnswer
    text: str
    who: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NameSponsor:
    """The post that will answer for a long-standing case until its end."""

    to_post: str
    text: str = ""


def act_on_call(facts: Facts, wish: ActOnCall) -> tuple[Event, ...]:
    """Answer the calls upon one's post with what one does about the case.

    Taking over moves the case to the called post. An instruction says who does what until when, a
    decision until when it shows: when that passes, the next above is called. Refuses `not_called`,
    `answer_not_enough` (another act is asked for), `already_held_there`, `wrong_state` (taking
    over while requesters are asked), `field_required`, `in_the_past`, `too_late`, `unknown_post`,
    `value_invalid` (a field that the act does not have).
    """
    calls = own_calls(facts)
    if not calls:
        raise Refusal(Code.NOT_CALLED)
    answered = [one for one in calls if one.answered_by(wish.act)]
    if wish.act is CallAnswer.NAMED_SPONSOR or not answered:
        raise Refusal(Code.ANSWER_NOT_ENOUGH, act=wish.act.value)
    _check_fields(facts, wish)
    answer = _topmost(answered)
    acted = ActedOnCall(
        call=answer.seq,
        act=wish.act.value,
        text=wish.text,
        who=wish.who,
        due_at=wish.due_at,
        asked_for=_was_asked_for(facts, answer, wish.act),
    )
    if wish.act is CallAnswer.TOOK_OVER:
        return (acted, *moved_on(facts), _taken_over(facts, answer))
    return (acted,)


def name_sponsor(facts: Facts, wish: NameSponsor) -> tuple[Event, ...]:
    """Name the officer in a post as sponsor of a case: the first to be called from now on.

    Refuses `unknown_post`, `subject_of_complaint`, `already_held_there` (the holder itself),
    `already_named` and `nobody_there` (an empty post).
    """
    post = facts.directory.post(wish.to_post)
    if post.ended is not None:
        raise Refusal(Code.UNKNOWN_POST, post=post.code)
    if is_subject(facts.directory, post.unit, facts.case.subject_units):
        raise Refusal(Code.SUBJECT_OF_COMPLAINT, unit=post.unit)
    if post.code == facts.case.holder:
        raise Refusal(Code.ALREADY_HELD_THERE, post=post.code)
    if post.code == facts.case.sponsor:
        raise Refusal(Code.ALREADY_NAMED, post=post.code)
    officers = facts.directory.officers_of(post.code, facts.now)
    if not officers:
        raise Refusal(Code.NOBODY_THERE, post=post.code)
    return (
        SponsorNamed(
            sponsor_post=post.code,
            sponsor_unit=post.unit,
            officer=officers[0].code,
            text=wish.text or None,
        ),
    )


def answers_by(facts: Facts, verb: Verb) -> tuple[Event, ...]:
    """Return the answers to calls upon the actor that a verb done to the case itself gives.

    Where the case is overdue and stays so, the decision has to show within the longest time that
    an instruction may have.
    """
    act = verb.answers
    if act is None or facts.by.kind is not ActorKind.OFFICER:
        return ()
    answered = [one for one in own_calls(facts) if one.answered_by(act)]
    if not answered:
        return ()
    due_at = _longest(facts) if _stays_overdue(facts, verb) else None
    answer = _topmost(answered)
    asked_for = _was_asked_for(facts, answer, act)
    return (ActedOnCall(call=answer.seq, act=act.value, due_at=due_at, asked_for=asked_for),)


def _was_asked_for(facts: Facts, answer: Call, act: CallAnswer) -> bool | None:
    """Say whether this answers a call for which a requester asked; None where it does not."""
    answered = (one for one in facts.case.calls if closes(answer, act, one))
    return any(one.step == BY_REQUESTER for one in answered) or None


def _stays_overdue(facts: Facts, verb: Verb) -> bool:
    total = facts.case.total
    if not facts.case.is_open or total is None or not total.missed:
        return False
    ends = bool(verb.goes_to) and verb.goes_to <= ENDS
    return not ends and verb.name not in _MOVE_THE_TOTAL


def _longest(facts: Facts) -> datetime:
    return end_of(facts.policy.limits.longest_instruction, facts.now, facts.calendar).at


def _topmost(answered: Sequence[Call]) -> Call:
    """Return the call to answer by an event; that closes the lower ones, too."""
    return max(answered, key=lambda one: (RANKS[CallTarget(one.target)], one.seq))


def _check_fields(facts: Facts, wish: ActOnCall) -> None:
    if wish.who is not None:
        if wish.act is not CallAnswer.INSTRUCTED:
            raise Refusal(Code.VALUE_INVALID, field="who")
        if facts.directory.post(wish.who).ended is not None:
            raise Refusal(Code.UNKNOWN_POST, post=wish.who)
    if wish.act is not CallAnswer.TOOK_OVER:
        _check_until(facts, wish.due_at)
    elif wish.due_at is not None:
        raise Refusal(Code.VALUE_INVALID, field="due_at")


def _check_until(facts: Facts, due_at: datetime | None) -> None:
    if due_at is None:
        raise Refusal(Code.FIELD_REQUIRED, field="due_at")
    if due_at <= facts.now:
        raise Refusal(Code.IN_THE_PAST, field="due_at")
    if due_at > _longest(facts):
        raise Refusal(Code.TOO_LATE, field="due_at")


def _taken_over(facts: Facts, answered: Call) -> Escalated:
    if answered.post == facts.case.holder:
        raise Refusal(Code.ALREADY_HELD_THERE, post=answered.post)
    if facts.case.state is State.PROPOSED:
        raise Refusal(Code.WRONG_STATE, verb="act-on-call", state=facts.case.state.value)
    return Escalated(step="took_over", to_post=answered.post, to_unit=answered.unit)

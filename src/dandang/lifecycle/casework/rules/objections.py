"""What may happen with written objections: filed by somebody protected, answered in writing."""

from dataclasses import replace

from dandang.lifecycle.casework.events.work import ObjectionAnswered, ObjectionFiled
from dandang.lifecycle.casework.rules.changes import Changes
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import may_lead, supervisor
from dandang.lifecycle.casework.rules.particulars import Objection
from dandang.lifecycle.casework.rules.permit import acts_as
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.rules.wishes import AnswerObjection, ObjectTo
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.states import State
from dandang.lifecycle.verbs import Who
from dandang.organization.directory import Post
from dandang.terms import ActorKind, Code, Event, Recorded, Refusal


def object_to(facts: Facts, wish: ObjectTo) -> tuple[Event, ...]:
    """Object in writing: an officer to a post of their choice, a requester to an explanation.

    A requester's objection goes to the office above the holder's unit, once and within the
    policy's window. Refuses `field_required`, `field_unknown` and `value_invalid` (the addressee),
    `unknown_post`, `subject_of_complaint`, `nobody_without_conflict`, `wrong_state`,
    `objection_window_passed`, `already_objected`.
    """
    by_requester = facts.by.kind is ActorKind.REQUESTER
    post = _supervising(facts, wish) if by_requester else _addressee(facts, wish)
    return (ObjectionFiled(to_post=post.code, to_unit=post.unit, text=wish.text),)


def answer_objection(facts: Facts, wish: AnswerObjection) -> tuple[Event, ...]:
    """Answer an objection in writing: the addressee or a deciding office, never its author.

    Refuses `unknown_objection`, `decider_involved`, `not_the_deciding_office` (the addressee of
    another objection).
    """
    found = next((one for one in facts.case.objections if one.seq == wish.objection_seq), None)
    if found is None:
        raise Refusal(Code.UNKNOWN_OBJECTION, number=wish.objection_seq)
    if _is_author(facts, found):
        raise Refusal(Code.DECIDER_INVOLVED)
    is_addressee = any(post.code == found.to_post for post in facts.posts)
    if not is_addressee and not acts_as(facts, Who.DECIDING):
        raise Refusal(Code.NOT_THE_DECIDING_OFFICE)
    return (ObjectionAnswered(objection_seq=found.seq, text=wish.text),)


def may_object(facts: Facts) -> bool:
    """Say whether an objection is open to the actor: to officers always, to requesters once."""
    if facts.by.kind is ActorKind.OFFICER:
        return True
    case, limits = facts.case, facts.policy.limits
    if case.state is not State.EXPLAINED or case.objected >= limits.max_objections:
        return False
    return _is_in_time(facts)


def may_answer(facts: Facts) -> bool:
    """Say whether there is an objection that somebody else wrote."""
    return any(not _is_author(facts, one) for one in facts.case.objections)


def _addressee(facts: Facts, wish: ObjectTo) -> Post:
    if not wish.to_post:
        raise Refusal(Code.FIELD_REQUIRED, field="to_post")
    post = facts.directory.post(wish.to_post)
    if any(own.code == post.code for own in facts.posts):
        raise Refusal(Code.VALUE_INVALID, field="to_post")
    # Whoever answers gets to read the case, like whoever holds it.
    may_lead(facts, post, ())
    return post


def _supervising(facts: Facts, wish: ObjectTo) -> Post:
    case, limits = facts.case, facts.policy.limits
    if wish.to_post:
        raise Refusal(Code.FIELD_UNKNOWN, verb="object", field="to_post")
    if case.state is not State.EXPLAINED:
        raise Refusal(Code.WRONG_STATE, verb="object", state=case.state.value)
    if case.objected >= limits.max_objections:
        raise Refusal(Code.ALREADY_OBJECTED)
    if not _is_in_time(facts):
        raise Refusal(Code.OBJECTION_WINDOW_PASSED)
    return supervisor(facts, case.holder_unit)


def _is_in_time(facts: Facts) -> bool:
    assert facts.case.ended_at is not None
    window = facts.policy.limits.objection_window
    return facts.now <= end_of(window, facts.case.ended_at, facts.calendar).at


def _is_author(facts: Facts, objection: Objection) -> bool:
    by_requester = facts.by.kind is ActorKind.REQUESTER
    return objection.by == facts.by.code and objection.by_requester is by_requester


def _filed(case: CaseState, event: ObjectionFiled, recorded: Recorded) -> CaseState:
    by_requester = recorded.by.kind is ActorKind.REQUESTER
    objection = Objection(
        seq=case.seq + 1,
        to_post=event.to_post,
        to_unit=event.to_unit,
        by=recorded.by.code,
        by_requester=by_requester,
    )
    return replace(
        case,
        objections=(*case.objections, objection),
        objected=case.objected + 1 if by_requester else case.objected,
    )


def _answered(case: CaseState, event: ObjectionAnswered, _recorded: Recorded) -> CaseState:
    left = tuple(one for one in case.objections if one.seq != event.objection_seq)
    return replace(case, objections=left)


CHANGES: Changes = {ObjectionFiled: _filed, ObjectionAnswered: _answered}

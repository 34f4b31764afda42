"""What may happen when a holder needs others: assistance of a post, word from another body."""

from dataclasses import replace
from datetime import datetime

from dandang.lifecycle.casework.events.work import AssistGiven, AssistRequested, OtherBodyAsked
from dandang.lifecycle.casework.rules.changes import Changes
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Assist
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.rules.waiting import moved_on
from dandang.lifecycle.casework.rules.wishes import AskOther, GiveAssist, RequestAssist
from dandang.lifecycle.deadlines.rules import end_of
from dandang.policy import ClockName
from dandang.terms import Code, Event, Recorded, Refusal


def request_assist(facts: Facts, wish: RequestAssist) -> tuple[Event, ...]:
    """Ask another post for help. Custody and every other clock stay as they are.

    Refuses `unknown_post`, `post_without_cases`, `already_held_there` (the holder itself),
    `already_asked` (the same post has not helped yet), `subject_of_complaint`.
    """
    post = facts.directory.post(wish.of_post)
    if post.ended is not None:
        raise Refusal(Code.UNKNOWN_POST, post=post.code)
    if not post.works_on_cases:
        raise Refusal(Code.POST_WITHOUT_CASES, post=post.code)
    if post.code == facts.case.holder:
        raise Refusal(Code.ALREADY_HELD_THERE, post=post.code)
    if any(one.of_post == post.code for one in facts.case.assists):
        raise Refusal(Code.ALREADY_ASKED)
    if any(facts.directory.in_subtree(post.unit, unit) for unit in facts.case.subject_units):
        raise Refusal(Code.SUBJECT_OF_COMPLAINT, unit=post.unit)
    return (
        AssistRequested(
            from_post=facts.case.holder,
            of_post=post.code,
            of_unit=post.unit,
            due_at=_needed_by(facts),
            text=wish.text,
        ),
    )


def give_assist(facts: Facts, wish: GiveAssist) -> tuple[Event, ...]:
    """Give the help that was asked of the acting post."""
    return (AssistGiven(by_post=facts.post, text=wish.text),)


def ask_other(facts: Facts, wish: AskOther) -> tuple[Event, ...]:
    """Wait for a body outside the register, which was asked on a date. Nothing stands still.

    Refuses `in_the_future` (when it was asked), `in_the_past` (when an answer is expected).
    """
    if wish.asked_at > facts.now:
        raise Refusal(Code.IN_THE_FUTURE, field="asked_at")
    if wish.expected_at <= facts.now:
        raise Refusal(Code.IN_THE_PAST, field="expected_at")
    asked = OtherBodyAsked(
        body=wish.body, asked_at=wish.asked_at, expected_at=wish.expected_at, text=wish.text
    )
    return (*moved_on(facts), asked)


def _needed_by(facts: Facts) -> datetime:
    """Return when help is due: by the policy's clock, else when the case itself is."""
    span = facts.policy.clock(facts.case_class, ClockName.ASSISTANCE)
    if span is not None:
        return end_of(span, facts.now, facts.calendar).at
    total = facts.case.total
    assert total is not None
    assert total.at is not None
    return total.at


def _requested(case: CaseState, event: AssistRequested, _recorded: Recorded) -> CaseState:
    assist = Assist(event.of_post, event.of_unit, event.due_at)
    return replace(case, assists=(*case.assists, assist))


def _given(case: CaseState, event: AssistGiven, _recorded: Recorded) -> CaseState:
    left = tuple(one for one in case.assists if one.of_post != event.by_post)
    return replace(case, assists=left)


CHANGES: Changes = {AssistRequested: _requested, AssistGiven: _given}

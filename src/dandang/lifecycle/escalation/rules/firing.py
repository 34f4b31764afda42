"""What happens when a clock runs out: the record of it, and who is called."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import chain

from dandang.lifecycle.casework.events.work import PromiseBroken
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.happen import terms_under
from dandang.lifecycle.casework.rules.particulars import Call
from dandang.lifecycle.deadlines.ladder import NextStep, next_step
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.escalation.events import (
    CalledUpon,
    DeadlineMissed,
    Escalated,
    LookBackAsked,
    Reminded,
)
from dandang.lifecycle.escalation.rules.above import RANKS, Callee, above, callee, next_above
from dandang.policy import CallAnswer, CallTarget, ClockName, Span, Step
from dandang.terms import Code, Due, Event, Refusal

GENERAL_ANSWERS = (CallAnswer.TOOK_OVER, CallAnswer.INSTRUCTED, CallAnswer.DECIDED)
"""What answers a call that no step of a ladder makes."""


def verb_of(facts: Facts, clock: str) -> str | None:
    """Return the verb by which the system goes on when this clock runs out, if there is one.

    Silence of requesters closes their window, a question whose time is spent and a pause whose
    check is due let the work go on.
    """
    if clock == ClockName.JUDGEMENT_WINDOW:
        return "lapse"
    if clock == ClockName.QUESTION or (clock == ClockName.CHECK and facts.case.pause):
        return "resume"
    return None


def fire(facts: Facts, due: Due) -> tuple[Event, ...]:
    """Return what happens when this clock of a case runs out; `facts.now` is when it does.

    Refuses `clock_not_due` where it does not run, stands still, ran out already or is not due.
    """
    running = facts.case.clocks.get(due.clock)
    if running is None or running.paused or running.missed or _at(running) > facts.now:
        raise Refusal(Code.CLOCK_NOT_DUE, clock=due.clock)
    clock = ClockName(due.clock)
    return _FIRES.get(clock, _missed)(facts, running)


def call(
    facts: Facts,
    who: Callee,
    step: str,
    *,
    within: Span | None = None,
    answers: tuple[CallAnswer, ...] = GENERAL_ANSWERS,
    mark: str | None = None,
) -> CalledUpon:
    """Return the call upon somebody to act, within this span or that of the class of the case."""
    span = within or facts.case_class.clocks[ClockName.CALL]
    return CalledUpon(
        officer=who.officer.code,
        called_post=who.post.code,
        called_unit=who.post.unit,
        step=step,
        target=who.target.value,
        due_at=end_of(span, facts.now, facts.calendar).at,
        answered_by=tuple(answer.value for answer in answers),
        mark=mark,
    )


def _missed(facts: Facts, due: Due) -> tuple[Event, ...]:
    """Record that a deadline passed, and call whom the policy names for this clock."""
    missed = DeadlineMissed(due.clock, _at(due))
    target = facts.policy.missed.get(ClockName(due.clock))
    return (missed,) if target is None else (missed, *_call_once(facts, target, due.clock))


def _promise(facts: Facts, due: Due) -> tuple[Event, ...]:
    _, *calls = _missed(facts, due)
    return (PromiseBroken(_at(due)), *calls)


def _unanswered(facts: Facts, due: Due) -> tuple[Event, ...]:
    """Call whom the policy names where nobody decides what a holder asked for."""
    missed = DeadlineMissed(due.clock, _at(due))
    target = facts.policy.missed.get(ClockName.EXTENSION_DECISION)
    return (missed,) if target is None else (missed, *_call_once(facts, target, due.clock))


def _reminder(_facts: Facts, _due: Due) -> tuple[Event, ...]:
    return (Reminded(clock=ClockName.JUDGEMENT_WINDOW, step="judgement"),)


def _look_back(facts: Facts, _due: Due) -> tuple[Event, ...]:
    """Ask the requesters again, if the case is of the share that its policy has drawn."""
    if _lot_of(facts.tag) >= facts.policy.look_back.share:
        return (LookBackAsked(drawn=False),)
    until = end_of(facts.policy.limits.judgement_change, facts.now, facts.calendar).at
    return (LookBackAsked(drawn=True, until=until),)


def _lot_of(tag: str) -> int:
    """Return the lot of a case, 0 to 99, by its random name: nobody can choose it."""
    return int.from_bytes(sha256(tag.encode()).digest()[:8]) % 100


def _silence(facts: Facts, due: Due) -> tuple[Event, ...]:
    """Call the next above everybody who let the time of a call pass; after the last, the list.

    Calls that ask for different things go up beside each other.
    """
    silent = [one for one in facts.case.calls if not one.missed and one.due_at <= _at(due)]
    others = tuple(one for one in facts.case.calls if one not in silent)
    facts = replace(facts, case=facts.case.changed(calls=others))
    # Of each kind the highest is left, of several the one that was called last.
    highest = {one.kind: one for one in sorted(silent, key=_rank)}
    further = (_goes_up(facts, one) for one in highest.values())
    return (DeadlineMissed(due.clock, _at(due)), *dict.fromkeys(chain.from_iterable(further)))


def _goes_up(facts: Facts, silent: Call) -> tuple[Event, ...]:
    answers = tuple(CallAnswer(answer) for answer in silent.answers.split(","))
    who = next_above(facts, silent.post, CallTarget(silent.target))
    return _call_or_list(facts, who, silent.step, answers)


def _rank(call: Call) -> int:
    return RANKS[CallTarget(call.target)]


def _not_carried_out(facts: Facts, due: Due) -> tuple[Event, ...]:
    """Call the next above whoever instructed or decided: the time for it passed."""
    instruction = facts.case.instruction
    assert instruction is not None
    ordered_by = [one for one in above(facts) if one.post.code == instruction.post]
    target = ordered_by[0].target if ordered_by else CallTarget.UNIT_HEAD
    who = next_above(facts, instruction.post, target) or next(iter(ordered_by), None)
    return (
        DeadlineMissed(due.clock, _at(due)),
        *_call_or_list(facts, who, due.clock, GENERAL_ANSWERS),
    )


def _call_or_list(
    facts: Facts, who: Callee | None, step: str, answers: tuple[CallAnswer, ...]
) -> tuple[Event, ...]:
    if who is None:
        return put_on_list(facts)
    if _is_called(facts, who.target, answers):
        return ()
    return (call(facts, who, step, answers=answers),)


def put_on_list(facts: Facts) -> tuple[Event, ...]:
    """Return what puts the case on the leader's list, once."""
    if facts.case.listed_at is not None or not facts.case.is_open:
        return ()
    return (Escalated(step="leaders_list", lists=True),)


def _climb(facts: Facts, _due: Due) -> tuple[Event, ...]:
    """Take the next step of the ladder."""
    case = facts.case
    terms = terms_under(facts.policy, facts.calendar)(case)
    assert case.total is not None
    step = next_step(terms, case.standing(), case.total, facts.now)
    assert step is not None
    events = (*_reminds(facts, step), *_calls(facts, step))
    if step.step.publishes or not any(_bears(event) for event in events):
        events = (
            *events,
            Escalated(step=step.step.code, mark=step.mark, publishes=step.step.publishes or None),
        )
    return events


def _bears(event: Event) -> bool:
    """Say whether the event carries the mark of its step."""
    return isinstance(event, CalledUpon | Reminded) and event.mark is not None


def _reminds(facts: Facts, step: NextStep) -> tuple[Event, ...]:
    told = [callee(facts, target) for target in step.step.reminds]
    posts = dict.fromkeys(one.post.code for one in told if one is not None)
    if not posts:
        return ()
    return (
        Reminded(clock=ClockName.TOTAL, step=step.step.code, told=tuple(posts), mark=step.mark),
    )


def _calls(facts: Facts, step: NextStep) -> tuple[Event, ...]:
    rung: Step = step.step
    if rung.calls is None:
        return ()
    who = callee(facts, rung.calls)
    if who is None:
        return put_on_list(facts)
    if _is_called(facts, who.target, rung.answered_by):
        return ()
    return (
        call(
            facts,
            who,
            rung.code,
            within=rung.within,
            answers=rung.answered_by,
            mark=step.mark,
        ),
    )


def _call_once(facts: Facts, target: CallTarget, step: str) -> tuple[Event, ...]:
    who = callee(facts, target)
    return _call_or_list(facts, who, step, GENERAL_ANSWERS)


def _is_called(facts: Facts, target: CallTarget, answers: tuple[CallAnswer, ...]) -> bool:
    """Say whether somebody at this level or above has been called already and is silent so far.

    They have to act anyway. A call that only some acts answer is one of its own.
    """
    is_general = CallAnswer.DECIDED in answers
    return any(
        RANKS[CallTarget(one.target)] >= RANKS[target]
        and not one.missed
        and (not one.kind if is_general else one.answers == ",".join(answers))
        for one in facts.case.calls
    )


def _at(due: Due) -> datetime:
    assert due.at is not None
    return due.at


_FIRES: Mapping[ClockName, Callable[[Facts, Due], tuple[Event, ...]]] = {
    ClockName.CALL: _silence,
    ClockName.INSTRUCTION: _not_carried_out,
    ClockName.JUDGEMENT_REMINDER: _reminder,
    ClockName.LADDER: _climb,
    ClockName.LOOK_BACK: _look_back,
    ClockName.PROMISE: _promise,
    ClockName.UNMASKING_DECISION: _unanswered,
}

"""What may happen at the end of the road: conclude, close what stays unsolved, appeal."""

from dataclasses import replace

from dandang.lifecycle.casework.events.custody import Reopened
from dandang.lifecycle.casework.events.ends import (
    AppealDecided,
    AppealOpened,
    Concluded,
    Declined,
)
from dandang.lifecycle.casework.rules.behalf import PHONE, whose
from dandang.lifecycle.casework.rules.changes import Changes, decided, end
from dandang.lifecycle.casework.rules.ends import check_end, no_children_open
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import last_holder
from dandang.lifecycle.casework.rules.particulars import Appeal
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.rules.wishes import (
    CloseNotSolved,
    Conclude,
    DecideAppeal,
    OpenAppeal,
)
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.states import Decision, State
from dandang.policy import EndName
from dandang.terms import Code, Event, Recorded, Refusal


def conclude(facts: Facts, wish: Conclude) -> tuple[Event, ...]:
    """End the case because a final review exists and there are no new facts.

    Refuses `children_open`, `end_not_allowed`, `unknown_reason`, `in_the_future` (the review).
    """
    no_children_open(facts)
    check_end(facts, EndName.CONCLUDED_BY_LAW)
    reason = facts.policy.reason("conclude", wish.reason)
    if wish.reviewed_at > facts.now:
        raise Refusal(Code.IN_THE_FUTURE, field="reviewed_at")
    return (Concluded(reason.code, wish.review_number, wish.reviewed_at, wish.text),)


def close_not_solved(facts: Facts, wish: CloseNotSolved) -> tuple[Event, ...]:
    """End the case although its requester said more than once that it is not solved.

    Refuses `second_no_required`, `children_open`, `unknown_reason`, `basis_required`. No policy
    can forbid this end: what was not solved must not look like something else.
    """
    if not was_refused_enough(facts):
        raise Refusal(Code.SECOND_NO_REQUIRED)
    no_children_open(facts)
    reason = facts.policy.reason("close_not_solved", wish.reason)
    if reason.needs_basis and not wish.basis:
        raise Refusal(Code.BASIS_REQUIRED, reason=reason.code)
    return (
        Declined(
            reason=reason.code,
            text=wish.text,
            basis=wish.basis or None,
            results_in=State.NOT_SOLVED,
        ),
    )


def was_refused_enough(facts: Facts) -> bool:
    """Say whether requesters refused the result as often as puts it before a deciding office."""
    return facts.case.refusals >= facts.policy.limits.deciding_at_no


def appeal(facts: Facts, wish: OpenAppeal) -> tuple[Event, ...]:
    """Appeal against an end, once and within the policy's window.

    An officer outside the holder's unit may take it down. Refuses `already_appealed`,
    `appeal_window_passed` (also for what ended in another system), and where it is not said whose
    it is the codes of `whose`.
    """
    case, number, channel = facts.case, facts.request_number, None
    assert case.ended_at is not None
    if case.appealed:
        raise Refusal(Code.ALREADY_APPEALED)
    window = facts.policy.limits.appeal_window
    too_late = facts.now > end_of(window, case.ended_at, facts.calendar).at
    if too_late or case.end_cause == "imported":
        raise Refusal(Code.APPEAL_WINDOW_PASSED)
    if number is None:
        number, channel = whose(facts, wish.request), wish.channel or PHONE
    return (AppealOpened(request=number, text=wish.text, channel=channel),)


def decide_appeal(facts: Facts, wish: DecideAppeal) -> tuple[Event, ...]:
    """Decide an appeal; granted, the case goes on with its last holder and its total clock.

    Refuses `nothing_asked`, `decider_involved` (who decided anything about the case before).
    """
    if facts.case.appeal is None:
        raise Refusal(Code.NOTHING_ASKED)
    if not may_decide_appeal(facts):
        raise Refusal(Code.DECIDER_INVOLVED)
    decision = AppealDecided(decision=wish.decision, text=wish.text)
    if wish.decision is Decision.REFUSED:
        return (decision,)
    post = last_holder(facts)
    return (decision, Reopened(to_post=post.code, to_unit=post.unit, cause="appeal"))


def may_decide_appeal(facts: Facts) -> bool:
    """Say whether there is an appeal, and the officer has decided nothing of the case before."""
    return facts.case.appeal is not None and facts.by.code not in facts.case.deciders


def _concluded(case: CaseState, event: Concluded, recorded: Recorded) -> CaseState:
    return end(decided(case, recorded), recorded, State.CONCLUDED_BY_LAW, event.reason)


def _opened(case: CaseState, event: AppealOpened, recorded: Recorded) -> CaseState:
    opened = Appeal(request=event.request, opened_at=recorded.occurred_at)
    return replace(case, appeal=opened, appealed=1)


def _decided(case: CaseState, _event: AppealDecided, recorded: Recorded) -> CaseState:
    return replace(decided(case, recorded), appeal=None)


CHANGES: Changes = {Concluded: _concluded, AppealOpened: _opened, AppealDecided: _decided}

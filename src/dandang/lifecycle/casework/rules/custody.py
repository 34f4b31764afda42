"""What may happen to the custody of a case: assign, accept, hand over, return, dispute, decide.

Each rule returns the events of the act or raises Refusal; who may act and from which state was
settled before, from the verb table.
"""

from dandang.lifecycle.casework.events.custody import (
    Accepted,
    Assigned,
    DisputeDecided,
    DisputeRaised,
    HandedOver,
    Returned,
)
from dandang.lifecycle.casework.rules.categories import category_change
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import can_act, is_subject, may_lead, supervisor
from dandang.lifecycle.casework.rules.state import pair_of
from dandang.lifecycle.casework.rules.waiting import moved_on
from dandang.lifecycle.casework.rules.wishes import (
    Accept,
    Assign,
    DecideDispute,
    Dispute,
    HandOver,
    Return,
)
from dandang.lifecycle.routing.rules import Route, Why, route
from dandang.lifecycle.states import State
from dandang.organization.directory import Post, PostKind
from dandang.policy import ClockName
from dandang.terms import ActorKind, Code, Event, Refusal

_ORDERING = frozenset({PostKind.DISPATCH, PostKind.SUPERVISION, PostKind.LEADER})


def assign(facts: Facts, wish: Assign) -> tuple[Event, ...]:
    """Give a received or disputed case to a post; correct its category on the way.

    A case whose holder was settled bindingly can be moved from its holder, too, by the dispatcher
    alone. Refuses `wrong_state` for any other case that is held, `unknown_post`,
    `unknown_category`, `assist_only_duty`, `duty_withdrawn`, `already_held_there`.
    """
    if facts.case.state not in (State.RECEIVED, State.DISPUTED) and not facts.case.bound:
        raise Refusal(Code.WRONG_STATE, verb="assign", state=facts.case.state.value)
    target = facts.directory.post(wish.to_post)
    category = wish.category or facts.case.category
    may_lead(facts, target, facts.policy.category_path(category) if category else ())
    if facts.case.state is not State.DISPUTED and target.code == facts.case.holder:
        raise Refusal(Code.ALREADY_HELD_THERE, post=target.code)
    events: list[Event] = [*moved_on(facts)]
    if wish.category and wish.category != facts.case.category:
        events.append(category_change(facts, wish.category, wish.text))
    events.append(
        Assigned(
            to_post=target.code,
            to_unit=target.unit,
            why=Why.DISPATCHER.value,
            text=wish.text or None,
        )
    )
    return tuple(events)


def assign_by_duty(facts: Facts) -> tuple[Event, ...]:
    """Give a fresh case to the post the register of duties names; nothing where a person decides.

    Where that post is in a unit complained about, the one that answers for it gets the case. The
    system does this in the same transaction as the opening. Refuses `nobody_outside`.
    """
    day = facts.directory.local_day(facts.now)
    found = route(facts.directory, facts.category_path, facts.case.area, day)
    if found is None:
        return ()
    subjects = facts.case.subject_units
    about_it = is_subject(facts.directory, found.post.unit, subjects)
    if about_it or not can_act(facts, found.post.code):
        found = Route(supervisor(facts, found.post.unit), Why.SUBJECT)
    elif found.post.code == facts.case.holder:
        return ()
    return (
        Assigned(
            to_post=found.post.code,
            to_unit=found.post.unit,
            why=found.why.value,
            duty=found.duty.basis or None if found.duty else None,
        ),
    )


def accept(_facts: Facts, _wish: Accept) -> tuple[Event, ...]:
    """Acknowledge holding; no clock waits for it."""
    return (Accepted(),)


def hand_over(facts: Facts, wish: HandOver) -> tuple[Event, ...]:
    """Hand the case over sideways, or raise a dispute at the limit (the third hand-over).

    Refuses `decided_bindingly`, `unknown_post`, `already_held_there`, `unknown_reason`,
    `basis_required`, `assist_only_duty`, `duty_withdrawn`.
    """
    case = facts.case
    target = _other_post(facts, wish.to_post)
    _check_reason(facts, "hand_over", wish.reason, wish.basis)
    may_lead(facts, target, facts.category_path)
    if case.bound and not _is_ordering(facts):
        raise Refusal(Code.DECIDED_BINDINGLY)
    if hand_over_is_disputed(facts):
        return (*moved_on(facts), _dispute("third_hand_over", target, wish))
    return (
        *moved_on(facts),
        HandedOver(
            from_post=case.holder,
            from_unit=case.holder_unit,
            to_post=target.code,
            to_unit=target.unit,
            reason=wish.reason,
            text=wish.text,
            basis=wish.basis or None,
        ),
    )


def give_back(facts: Facts, wish: Return) -> tuple[Event, ...]:
    """Return the case to the previous holder, or raise a dispute at the second return of a pair.

    Refuses `no_previous_holder`, `return_window_passed`, `first_action_required` (urgent matters:
    act first, dispute after), `unknown_reason`, `basis_required`, and the codes of `may_lead`
    where the previous holder could not hold the case any more.
    """
    case = facts.case
    if not case.came_from:
        raise Refusal(Code.NO_PREVIOUS_HOLDER)
    _check_reason(facts, "return", wish.reason, wish.basis)
    if facts.case_class.act_first and case.acted_at is None:
        raise Refusal(Code.FIRST_ACTION_REQUIRED)
    if not facts.case_class.act_first:
        _check_return_window(facts)
    target = facts.directory.post(case.came_from)
    may_lead(facts, target, facts.category_path)
    if return_is_disputed(facts):
        return (_dispute("second_return", target, wish),)
    return (
        Returned(
            from_post=case.holder,
            from_unit=case.holder_unit,
            to_post=target.code,
            to_unit=target.unit,
            reason=wish.reason,
            text=wish.text,
            basis=wish.basis or None,
        ),
    )


def hand_over_is_disputed(facts: Facts) -> bool:
    """Say whether the next hand-over reaches the limit and goes to the deciding office instead."""
    limit = facts.policy.limits.dispute_at_hand_over
    return facts.case.hand_overs + 1 >= limit and not _is_ordering(facts)


def return_is_disputed(facts: Facts) -> bool:
    """Say whether a return now reaches the limit of its two units; False where none is possible."""
    case = facts.case
    if not case.came_from:
        return False
    pair = pair_of(case.holder_unit, facts.directory.post(case.came_from).unit)
    return case.returns.get(pair, 0) + 1 >= facts.policy.limits.dispute_at_return


def dispute(facts: Facts, wish: Dispute) -> tuple[Event, ...]:
    """Raise a dispute about who should hold the case; the holder keeps it until decided.

    Refuses `decided_bindingly`, `unknown_post`, `already_held_there`, `unknown_reason`,
    `basis_required`, `first_action_required`, `subject_of_complaint`, `nobody_without_conflict`.
    """
    if facts.case.bound:
        raise Refusal(Code.DECIDED_BINDINGLY)
    target = _other_post(facts, wish.to_post)
    _check_reason(facts, "dispute", wish.reason, wish.basis)
    # What the register says of its duty is for the decision, which may go against the register.
    may_lead(facts, target, ())
    if facts.case_class.act_first and facts.case.acted_at is None:
        raise Refusal(Code.FIRST_ACTION_REQUIRED)
    return (*moved_on(facts), _dispute("by_holder", target, wish))


def decide_dispute(facts: Facts, wish: DecideDispute) -> tuple[Event, ...]:
    """Settle a dispute: name the post that holds the case, with reasons.

    Refuses `unknown_post`, `assist_only_duty`, `duty_withdrawn`.
    """
    target = facts.directory.post(wish.to_post)
    may_lead(facts, target, facts.category_path)
    return (
        DisputeDecided(to_post=target.code, to_unit=target.unit, basis=wish.basis, text=wish.text),
    )


def _is_ordering(facts: Facts) -> bool:
    """Say whether the holder is a post whose work is to place cases: limits are not for it."""
    return bool(facts.directory.post(facts.case.holder).kinds & _ORDERING)


def _other_post(facts: Facts, code: str) -> Post:
    target = facts.directory.post(code)
    if target.code == facts.case.holder:
        raise Refusal(Code.ALREADY_HELD_THERE, post=target.code)
    return target


def _check_reason(facts: Facts, verb: str, reason: str, basis: str) -> None:
    found = facts.policy.reason(verb, reason)
    if found.dispatcher_only and facts.by.kind is not ActorKind.SYSTEM:
        holding = facts.directory.post(facts.case.holder)
        if PostKind.DISPATCH not in holding.kinds:
            raise Refusal(Code.NOT_THE_DISPATCHER, reason=reason)
    if found.needs_basis and not basis:
        raise Refusal(Code.BASIS_REQUIRED, reason=reason)


def _check_return_window(facts: Facts) -> None:
    window = facts.case.clocks.get(ClockName.RETURN_WINDOW)
    if window is None:
        # The first action closed the window: whoever acts has taken the case on.
        raise Refusal(Code.RETURN_WINDOW_PASSED)
    if window.at is not None and facts.now > window.at:
        raise Refusal(Code.RETURN_WINDOW_PASSED)


def _dispute(ground: str, target: Post, wish: HandOver | Return | Dispute) -> DisputeRaised:
    return DisputeRaised(
        ground=ground,
        wanted_post=target.code,
        wanted_unit=target.unit,
        reason=wish.reason,
        text=wish.text,
        basis=wish.basis or None,
    )

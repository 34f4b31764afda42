"""What may happen when a matter goes to the legally competent body, and comes back from it."""

from dataclasses import replace

from dandang.lifecycle.casework.events.work import (
    LegalRouteEntered,
    LegalRouteRefused,
    LegalRouteRequested,
    LegalRouteUpdated,
)
from dandang.lifecycle.casework.rules.asking import nothing_undecided, undecided
from dandang.lifecycle.casework.rules.changes import Changes, decided
from dandang.lifecycle.casework.rules.extending import total_due
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.particulars import Asked, Wanted
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.casework.rules.waiting import moved_on
from dandang.lifecycle.casework.rules.wishes import (
    AskLegalRoute,
    EnterLegalRoute,
    LeaveLegalRoute,
    RefuseLegalRoute,
    UpdateLegalRoute,
)
from dandang.lifecycle.deadlines.rules import Route, end_of
from dandang.lifecycle.states import State
from dandang.policy import ClockName
from dandang.terms import Code, Event, Recorded, Refusal


def ask_legal_route(facts: Facts, wish: AskLegalRoute) -> tuple[Event, ...]:
    """Ask that the matter goes to the legally competent body, which has accepted it.

    Refuses `already_asked`, `in_the_past`, and `too_late` where the policy names the procedure of
    the category and it cannot last as long.
    """
    nothing_undecided(facts)
    if wish.due_at <= facts.now:
        raise Refusal(Code.IN_THE_PAST, field="due_at")
    _check_procedure(facts, wish)
    return (
        LegalRouteRequested(
            article=wish.article,
            body=wish.body,
            acceptance_number=wish.acceptance_number,
            due_at=wish.due_at,
            text=wish.text,
        ),
    )


def enter_legal_route(facts: Facts, wish: EnterLegalRoute) -> tuple[Event, ...]:
    """Agree to the legal route: the total clock runs to its statutory date. Never by who asked.

    Refuses `nothing_asked`, `decider_involved`, `in_the_past` (the statutory date has passed).
    """
    asked = undecided(facts, Wanted.LEGAL_ROUTE)
    assert asked.due_at is not None
    if asked.due_at <= facts.now:
        raise Refusal(Code.IN_THE_PAST, field="due_at")
    entered = LegalRouteEntered(
        article=asked.article,
        body=asked.body,
        acceptance_number=asked.acceptance_number,
        due_at=asked.due_at,
        text=wish.text,
    )
    return (*moved_on(facts), entered)


def refuse_legal_route(facts: Facts, wish: RefuseLegalRoute) -> tuple[Event, ...]:
    """Refuse the legal route. Refuses `nothing_asked`, `decider_involved`."""
    undecided(facts, Wanted.LEGAL_ROUTE)
    return (LegalRouteRefused(text=wish.text),)


def update_legal_route(_facts: Facts, wish: UpdateLegalRoute) -> tuple[Event, ...]:
    """Say what is new at the legally competent body."""
    return (LegalRouteUpdated(left=False, text=wish.text),)


def leave_legal_route(_facts: Facts, wish: LeaveLegalRoute) -> tuple[Event, ...]:
    """Take the matter back from the legal route; the time it spent there is given back."""
    return (LegalRouteUpdated(left=True, text=wish.text),)


def _check_procedure(facts: Facts, wish: AskLegalRoute) -> None:
    category = facts.policy.category(facts.case.category) if facts.case.category else None
    if category is None or category.legal_route is None:
        return
    procedure = facts.policy.legal_routes[category.legal_route]
    latest = end_of(procedure.limit, facts.now, facts.calendar).at
    if procedure.extension is not None:
        latest = end_of(procedure.extension, latest, facts.calendar).at
    if wish.due_at > latest:
        raise Refusal(Code.TOO_LATE, field="due_at")


def _requested(case: CaseState, event: LegalRouteRequested, recorded: Recorded) -> CaseState:
    asked = Asked(
        Wanted.LEGAL_ROUTE,
        recorded.by.code,
        article=event.article,
        body=event.body,
        acceptance_number=event.acceptance_number,
        due_at=event.due_at,
    )
    return replace(case, asked=asked)


def _refused(case: CaseState, _event: LegalRouteRefused, recorded: Recorded) -> CaseState:
    return replace(decided(case, recorded), asked=None)


def _entered(case: CaseState, event: LegalRouteEntered, recorded: Recorded) -> CaseState:
    step = case.clocks.get(ClockName.RESOLUTION)
    route = Route(
        entered_at=recorded.occurred_at,
        due_at=event.due_at,
        total_at=total_due(case),
        total_provisional=case.total is not None and case.total.provisional,
        case_class=case.case_class,
        extended_days=case.extended_days,
        step_at=step.at if step else None,
    )
    return replace(decided(case, recorded), state=State.ON_LEGAL_ROUTE, asked=None, route=route)


def _updated(case: CaseState, event: LegalRouteUpdated, _recorded: Recorded) -> CaseState:
    return replace(case, state=State.IN_PROGRESS, route=None) if event.left else case


CHANGES: Changes = {
    LegalRouteRequested: _requested,
    LegalRouteRefused: _refused,
    LegalRouteEntered: _entered,
    LegalRouteUpdated: _updated,
}

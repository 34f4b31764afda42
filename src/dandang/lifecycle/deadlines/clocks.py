"""The table of clocks: what starts each, what stops it, where it stands still (data).

Spans are not here: they are the policy's, by class of case.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dandang.lifecycle.states import ENDS, OPEN, State
from dandang.policy import ClockName

CUSTODY_BEGINS = frozenset(
    {
        "case_opened",
        "assigned",
        "handed_over",
        "returned",
        "dispute_decided",
        "recused",
        "unmerged",
    }
)
FIRST_ACTIONS = frozenset(
    {"requester_contacted", "reply_sent", "question_asked", "assist_requested"}
)
ENTRIES = FIRST_ACTIONS | {
    "assist_given",
    "condition_checked",
    "dispute_decided",
    "extension_decided",
    "legal_route_entered",
    "legal_route_updated",
    "other_body_asked",
    "promise_made",
    "resolution_proposed",
    "split",
}
"""What shows that a case moves. Accepting, noting and handing over do not: they can be repeated
while nothing is done."""
FIRST_RESPONSES = frozenset({"requester_contacted", "reply_sent", "resolution_proposed"})


SYSTEMS_OWN = frozenset(
    {ClockName.LADDER, ClockName.JUDGEMENT_REMINDER, ClockName.UNMASKING_DECISION}
)
"""Clocks that are no deadlines of the matter: by two of them the system does something itself, the
third is for an officer who asked to see a contact. Lists of deadlines do not show them."""

RIGHTS = frozenset({ClockName.RETURN_WINDOW})
"""Clocks that end a right: nobody is late by them, and they are silent when they are over."""

NEVER_FIRE = RIGHTS
"""Clocks whose end calls for no event: the right to return is gone. The index of the rows that fire
stands on these names."""

NO_DEADLINES = SYSTEMS_OWN | RIGHTS | {ClockName.LOOK_BACK}
"""Clocks by which nobody has to act: a later look, a right that ends, the system's own."""

STAY_MISSED = frozenset(
    {
        ClockName.DISPATCH,
        ClockName.ACCEPT,
        ClockName.FIRST_RESPONSE,
        ClockName.RESOLUTION,
        ClockName.DISPUTE_DECISION,
        ClockName.EXTENSION_DECISION,
        ClockName.LEGAL_ROUTE_UPDATE,
        ClockName.OBJECTION_ANSWER,
        ClockName.APPEAL_DECISION,
        ClockName.CHECK,
        ClockName.CONDITION,
        ClockName.STATUTORY,
    }
)
"""Clocks that stand there as run out until what they wait for is done: then nobody has to be called
about them any more."""


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One row: the events that start and stop a clock, the states in which it can run.

    `starts` start it anew while it runs, `begins` only where it does not. A clock also stops when
    the case leaves `runs_in`, or when what it `needs` (a field of `rules.Standing`) is no longer
    so. `from_opening` counts from the moment the request was sent, other clocks from their
    starting event. The time of a `given` clock is named by an act. A clock that `is_ours` waits
    while requesters are asked for their judgement: then it is their turn.
    """

    name: ClockName
    starts: frozenset[str]
    runs_in: frozenset[State]
    begins: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()
    pauses_in: frozenset[State] = frozenset()
    from_opening: bool = False
    needs: str = ""
    given: bool = False
    is_ours: bool = False


CLOCKS = (
    ClockRule(
        ClockName.TOTAL,
        starts=frozenset({"case_opened", "reopened"}),
        runs_in=OPEN,
        from_opening=True,
    ),
    ClockRule(
        ClockName.DISPATCH,
        starts=frozenset({"case_opened", "returned", "unmerged"}),
        runs_in=frozenset({State.RECEIVED}),
    ),
    ClockRule(ClockName.ACCEPT, starts=CUSTODY_BEGINS, runs_in=frozenset({State.ASSIGNED})),
    ClockRule(
        ClockName.RETURN_WINDOW,
        starts=CUSTODY_BEGINS,
        runs_in=frozenset({State.ASSIGNED}),
        stops=FIRST_ACTIONS,
    ),
    ClockRule(
        ClockName.FIRST_RESPONSE,
        starts=frozenset({"case_opened", "unmerged"}),
        runs_in=OPEN,
        stops=FIRST_RESPONSES,
        from_opening=True,
        needs="awaits_response",
    ),
    ClockRule(
        ClockName.RESOLUTION,
        starts=CUSTODY_BEGINS | {"reopened", "escalated", "proposal_rejected"},
        begins=frozenset({"child_reopened"}),
        runs_in=frozenset(
            {
                State.ASSIGNED,
                State.IN_PROGRESS,
                State.WAITING_REQUESTER,
                State.WAITING_OTHER,
                State.ON_LEGAL_ROUTE,
                State.DISPUTED,
            }
        ),
        pauses_in=frozenset({State.WAITING_REQUESTER}),
    ),
    ClockRule(
        ClockName.DISPUTE_DECISION,
        starts=frozenset({"dispute_raised"}),
        runs_in=frozenset({State.DISPUTED}),
    ),
    ClockRule(
        ClockName.EXTENSION_DECISION,
        starts=frozenset(
            {
                *("extension_requested", "legal_route_requested", "split_requested"),
                "support_requested",
            }
        ),
        runs_in=OPEN,
        needs="is_asked",
    ),
    ClockRule(
        ClockName.ASSISTANCE,
        starts=frozenset({"assist_requested"}),
        runs_in=OPEN,
        given=True,
    ),
    ClockRule(
        ClockName.JUDGEMENT_WINDOW,
        starts=frozenset({"resolution_proposed"}),
        begins=frozenset({"request_attached"}),
        runs_in=frozenset({State.PROPOSED}),
        needs="awaits_judgement",
    ),
    ClockRule(
        ClockName.CALL,
        starts=frozenset({"called_upon"}),
        runs_in=frozenset(State),
        given=True,
        is_ours=True,
    ),
    ClockRule(
        ClockName.INSTRUCTION,
        starts=frozenset({"acted_on_call"}),
        runs_in=OPEN,
        given=True,
        is_ours=True,
    ),
    ClockRule(
        ClockName.JUDGEMENT_REMINDER,
        starts=frozenset({"resolution_proposed"}),
        begins=frozenset({"request_attached"}),
        runs_in=frozenset({State.PROPOSED}),
        needs="awaits_judgement",
    ),
    ClockRule(
        ClockName.QUESTION,
        starts=frozenset({"question_asked"}),
        runs_in=frozenset({State.WAITING_REQUESTER}),
    ),
    ClockRule(
        ClockName.LEGAL_ROUTE_UPDATE,
        starts=frozenset({"legal_route_entered", "legal_route_updated"}),
        runs_in=frozenset({State.ON_LEGAL_ROUTE}),
    ),
    ClockRule(
        ClockName.LOOK_BACK,
        starts=frozenset({"judged", "judgement_lapsed", "child_ended"}),
        runs_in=frozenset({State.SOLVED}),
        stops=frozenset({"look_back_asked"}),
    ),
    ClockRule(
        ClockName.OBJECTION_ANSWER,
        starts=frozenset(),
        begins=frozenset({"objection_filed"}),
        runs_in=frozenset(State),
        needs="has_objections",
    ),
    ClockRule(
        ClockName.APPEAL_DECISION,
        starts=frozenset({"appeal_opened"}),
        runs_in=ENDS,
        needs="has_appeal",
    ),
    ClockRule(
        ClockName.PROMISE,
        starts=frozenset({"promise_made"}),
        runs_in=OPEN,
        given=True,
    ),
    ClockRule(
        ClockName.CHECK,
        starts=frozenset({"paused", "other_body_asked", "condition_checked"}),
        runs_in=frozenset({State.IN_PROGRESS, State.WAITING_OTHER}),
        given=True,
    ),
    ClockRule(
        ClockName.CONDITION,
        starts=frozenset({"extension_decided"}),
        runs_in=OPEN,
        given=True,
    ),
    ClockRule(
        ClockName.STATUTORY,
        starts=frozenset({"legal_route_entered"}),
        runs_in=frozenset({State.ON_LEGAL_ROUTE}),
        given=True,
    ),
    ClockRule(
        ClockName.UNMASKING_DECISION,
        starts=frozenset({"unmasking_requested"}),
        runs_in=frozenset(State) - {State.MERGED},
        given=True,
    ),
    # Last: its next step depends on the other clocks.
    ClockRule(ClockName.LADDER, starts=frozenset(), runs_in=OPEN, is_ours=True),
)

ORDER: Mapping[str, int] = {rule.name.value: place for place, rule in enumerate(CLOCKS)}
"""In which order clocks fire that are due at the same instant: the total first, the ladder last."""

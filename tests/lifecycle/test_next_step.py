"""What a case waits for next: one act for every standing, and no two readings of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.casework.rules.next_step import NextStep, Standing, next_step
from dandang.lifecycle.casework.rules.particulars import Wanted
from dandang.lifecycle.states import ENDS, OPEN, Outcome, State, Turn, turn

standings = st.builds(
    Standing,
    state=st.sampled_from(State),
    outcome=st.none() | st.sampled_from(Outcome),
    open_matters=st.frozensets(st.sampled_from(["calls", "pause", "appeal", "assists"])),
    asked=st.sampled_from(["", *(one.value for one in Wanted)]),
    has_responded=st.booleans(),
    looks_back=st.booleans(),
)
_OF_DECIDERS = {
    NextStep.DECIDE_DISPUTE,
    NextStep.DECIDE_EXTENSION,
    NextStep.DECIDE_LEGAL_ROUTE,
    NextStep.DECIDE_SPLIT,
    NextStep.DECIDE_ERASURE,
    NextStep.DECIDE_PROPOSAL,
}


@given(standings)
def test_an_open_case_always_waits_for_something_and_an_ended_one_for_nothing_but_afterwards(case):
    step = next_step(case)
    if case.state in OPEN:
        assert step not in (NextStep.NOTHING, NextStep.LOOK_BACK, NextStep.DECIDE_APPEAL)
    else:
        assert step in (NextStep.NOTHING, NextStep.LOOK_BACK, NextStep.DECIDE_APPEAL)


@given(standings)
def test_the_next_step_never_contradicts_whose_turn_it_is(case):
    step = next_step(case)
    whose = turn(case.state, case.outcome)
    if step is NextStep.REQUESTER_JUDGES or step is NextStep.REQUESTER_ANSWERS:
        assert whose is Turn.REQUESTER
    if whose is Turn.DECIDING_OFFICE and step is not NextStep.ACT_ON_CALL:
        assert step in _OF_DECIDERS
    if whose is Turn.NOBODY:
        assert case.state in ENDS


@given(standings)
def test_a_call_goes_before_everything_while_the_case_is_open(case):
    if case.state in OPEN and "calls" in case.open_matters:
        assert next_step(case) is NextStep.ACT_ON_CALL


@pytest.mark.parametrize(
    ("case", "step"),
    [
        (Standing(State.RECEIVED), NextStep.ASSIGN),
        (Standing(State.ASSIGNED), NextStep.ACCEPT),
        (Standing(State.IN_PROGRESS), NextStep.FIRST_RESPONSE),
        (Standing(State.IN_PROGRESS, has_responded=True), NextStep.WORK),
        (Standing(State.IN_PROGRESS, open_matters=["pause"]), NextStep.CHECK_CONDITION),
        (Standing(State.IN_PROGRESS, asked="extension"), NextStep.DECIDE_EXTENSION),
        (Standing(State.PROPOSED, Outcome.RESOLVED), NextStep.REQUESTER_JUDGES),
        (Standing(State.PROPOSED, Outcome.DECLINED), NextStep.DECIDE_PROPOSAL),
        (Standing(State.DISPUTED, asked="split"), NextStep.DECIDE_DISPUTE),
        (Standing(State.WAITING_OTHER), NextStep.OTHER_ANSWERS),
        (Standing(State.ON_LEGAL_ROUTE), NextStep.LEGAL_ROUTE_DECIDES),
        (Standing(State.SOLVED, open_matters=["appeal"], looks_back=True), NextStep.DECIDE_APPEAL),
        (Standing(State.SOLVED, looks_back=True), NextStep.LOOK_BACK),
        (Standing(State.WITHDRAWN), NextStep.NOTHING),
    ],
)
def test_what_a_case_waits_for(case, step):
    assert next_step(case) is step

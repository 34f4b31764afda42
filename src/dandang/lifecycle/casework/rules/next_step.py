"""What a case waits for next, told from where it stands. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from dandang.lifecycle.casework.rules.particulars import Wanted
from dandang.lifecycle.states import ENDS, Outcome, State


class NextStep(StrEnum):
    """The one act that a case waits for; whose turn it is follows from the state."""

    ACT_ON_CALL = "act_on_call"
    DECIDE_DISPUTE = "decide_dispute"
    DECIDE_APPEAL = "decide_appeal"
    DECIDE_EXTENSION = "decide_extension"
    DECIDE_LEGAL_ROUTE = "decide_legal_route"
    DECIDE_SPLIT = "decide_split"
    DECIDE_ERASURE = "decide_erasure"
    DECIDE_SUPPORT = "decide_support"
    DECIDE_PROPOSAL = "decide_proposal"
    ASSIGN = "assign"
    ACCEPT = "accept"
    REQUESTER_ANSWERS = "requester_answers"
    OTHER_ANSWERS = "other_answers"
    LEGAL_ROUTE_DECIDES = "legal_route_decides"
    CHECK_CONDITION = "check_condition"
    FIRST_RESPONSE = "first_response"
    WORK = "work"
    REQUESTER_JUDGES = "requester_judges"
    LOOK_BACK = "look_back"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the next step is told from.

    `open_matters` names the particulars the case has (`calls`, `pause`, `appeal` …), `asked` is
    what its holder asked a deciding office for, "" where that is nothing. `has_responded`: the
    requester had a first, real response. `looks_back`: somebody will ask whether it still holds.
    """

    state: State
    outcome: Outcome | None = None
    open_matters: Collection[str] = ()
    asked: str = ""
    has_responded: bool = False
    looks_back: bool = False


_ASKED = {
    Wanted.EXTENSION.value: NextStep.DECIDE_EXTENSION,
    Wanted.LEGAL_ROUTE.value: NextStep.DECIDE_LEGAL_ROUTE,
    Wanted.SPLIT.value: NextStep.DECIDE_SPLIT,
    Wanted.ERASURE.value: NextStep.DECIDE_ERASURE,
    Wanted.SUPPORT.value: NextStep.DECIDE_SUPPORT,
}
_OF_STATE = {
    State.RECEIVED: NextStep.ASSIGN,
    State.ASSIGNED: NextStep.ACCEPT,
    State.WAITING_REQUESTER: NextStep.REQUESTER_ANSWERS,
    State.WAITING_OTHER: NextStep.OTHER_ANSWERS,
    State.ON_LEGAL_ROUTE: NextStep.LEGAL_ROUTE_DECIDES,
    State.DISPUTED: NextStep.DECIDE_DISPUTE,
}


def next_step(case: Standing) -> NextStep:
    """Return the act that a case waits for. What somebody above has to do goes first.

    An office that was called or asked comes before the holder: until it acts, the case does not
    get on as it should. A case that waits for nobody has no next step.
    """
    if case.state in ENDS:
        return _after_the_end(case)
    if "calls" in case.open_matters:
        return NextStep.ACT_ON_CALL
    if case.state is State.DISPUTED:
        return NextStep.DECIDE_DISPUTE
    if case.asked:
        return _ASKED[case.asked]
    if case.state is State.PROPOSED:
        judged = case.outcome in (None, Outcome.RESOLVED)
        return NextStep.REQUESTER_JUDGES if judged else NextStep.DECIDE_PROPOSAL
    return _OF_STATE.get(case.state) or _of_the_holder(case)


def _of_the_holder(case: Standing) -> NextStep:
    if "pause" in case.open_matters:
        return NextStep.CHECK_CONDITION
    return NextStep.WORK if case.has_responded else NextStep.FIRST_RESPONSE


def _after_the_end(case: Standing) -> NextStep:
    if "appeal" in case.open_matters:
        return NextStep.DECIDE_APPEAL
    return NextStep.LOOK_BACK if case.looks_back else NextStep.NOTHING

"""The states of a case, and whose turn it is in each (domain: states and turns)."""

from enum import StrEnum


class State(StrEnum):
    """Where a case stands. The first eight are open, the others are ends."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING_REQUESTER = "waiting_requester"
    WAITING_OTHER = "waiting_other"
    ON_LEGAL_ROUTE = "on_legal_route"
    PROPOSED = "proposed"
    DISPUTED = "disputed"
    SOLVED = "solved"
    PARTLY_SOLVED = "partly_solved"
    NOT_SOLVED = "not_solved"
    UNANSWERED = "unanswered"
    UNREACHABLE = "unreachable"
    EXPLAINED = "explained"
    DECLINED = "declined"
    CONCLUDED_BY_LAW = "concluded_by_law"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class Turn(StrEnum):
    """Whose turn it is to act."""

    INTAKE_POST = "intake_post"
    HOLDER = "holder"
    REQUESTER = "requester"
    OTHER_BODY = "other_body"
    LEGAL_BODY = "legal_body"
    DECIDING_OFFICE = "deciding_office"
    NOBODY = "nobody"


OPEN = frozenset(
    {
        State.RECEIVED,
        State.ASSIGNED,
        State.IN_PROGRESS,
        State.WAITING_REQUESTER,
        State.WAITING_OTHER,
        State.ON_LEGAL_ROUTE,
        State.PROPOSED,
        State.DISPUTED,
    }
)
ENDS = frozenset(State) - OPEN

TURNS = {
    State.RECEIVED: Turn.INTAKE_POST,
    State.ASSIGNED: Turn.HOLDER,
    State.IN_PROGRESS: Turn.HOLDER,
    State.WAITING_REQUESTER: Turn.REQUESTER,
    State.WAITING_OTHER: Turn.OTHER_BODY,
    State.ON_LEGAL_ROUTE: Turn.LEGAL_BODY,
    State.PROPOSED: Turn.REQUESTER,
    State.DISPUTED: Turn.DECIDING_OFFICE,
}


class Outcome(StrEnum):
    """What a holder may claim when proposing to close. `referred` is always refused (rule 5)."""

    RESOLVED = "resolved"
    EXPLAINED = "explained"
    DECLINED = "declined"
    REFERRED = "referred"


class Verdict(StrEnum):
    """What a requester says of the result."""

    SOLVED = "solved"
    PARTLY = "partly"
    NO = "no"


class Behalf(StrEnum):
    """Who stood before the officer who took a request in: its sender, somebody for the sender."""

    IN_PERSON = "in_person"
    PROXY = "proxy"
    ANONYMOUS = "anonymous"


class Opinion(StrEnum):
    """What a second reader says to a question about an ended case."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class Decision(StrEnum):
    """A yes or no of a deciding office."""

    GRANTED = "granted"
    REFUSED = "refused"


class Obstacle(StrEnum):
    """What keeps a holder from going on with a case that stands still."""

    WAITING = "waiting"
    NO_AUTHORITY = "no_authority"
    NO_MEANS = "no_means"
    NO_KNOW_HOW = "no_know_how"
    FEAR_OF_BLAME = "fear_of_blame"
    OVERLOADED = "overloaded"
    OTHER = "other"


class Remedy(StrEnum):
    """What a holder can ask for against it. With `none` nobody has to do anything."""

    NONE = "none"
    DECISION = "decision"
    ASSISTANCE = "assistance"
    TRAINING = "training"
    TOLERANCE_RULING = "tolerance_ruling"
    REASSIGNMENT = "reassignment"


def turn(state: State, outcome: Outcome | None = None) -> Turn:
    """Say whose turn it is. A proposal to explain or decline waits for the deciding office."""
    if state is State.PROPOSED and outcome not in (None, Outcome.RESOLVED):
        return Turn.DECIDING_OFFICE
    return TURNS.get(state, Turn.NOBODY)

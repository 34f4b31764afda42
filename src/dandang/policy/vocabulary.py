"""The closed lists of words that a policy may use. Code acts on them, so data cannot add any."""

from enum import StrEnum


class ClockName(StrEnum):
    """The clocks of a case. When each starts, stops and pauses is code, in `deadlines`."""

    TOTAL = "total"
    DISPATCH = "dispatch"
    ACCEPT = "accept"
    RETURN_WINDOW = "return_window"
    FIRST_RESPONSE = "first_response"
    RESOLUTION = "resolution"
    DISPUTE_DECISION = "dispute_decision"
    EXTENSION_DECISION = "extension_decision"
    ASSISTANCE = "assistance"
    JUDGEMENT_WINDOW = "judgement_window"
    CALL = "call"
    LEGAL_ROUTE_UPDATE = "legal_route_update"
    LOOK_BACK = "look_back"
    OBJECTION_ANSWER = "objection_answer"
    APPEAL_DECISION = "appeal_decision"
    PROMISE = "promise"
    CHECK = "check"
    CONDITION = "condition"
    STATUTORY = "statutory"
    INSTRUCTION = "instruction"
    LADDER = "ladder"
    JUDGEMENT_REMINDER = "judgement_reminder"
    QUESTION = "question"
    UNMASKING_DECISION = "unmasking_decision"


GIVEN_CLOCKS = frozenset(
    {
        ClockName.PROMISE,
        ClockName.CHECK,
        ClockName.CONDITION,
        ClockName.STATUTORY,
        ClockName.INSTRUCTION,
    }
)
"""Their time is named by an act on the case, so no policy has a span for them."""

DERIVED_CLOCKS = frozenset(
    {
        ClockName.LADDER,
        ClockName.JUDGEMENT_REMINDER,
        ClockName.QUESTION,
        ClockName.UNMASKING_DECISION,
    }
)
"""Their time follows from the ladder of the class, from a limit or from another clock, so they have
no span either."""

SPAN_CLOCKS = tuple(
    clock for clock in ClockName if clock not in GIVEN_CLOCKS and clock not in DERIVED_CLOCKS
)
"""The clocks that run for a span of time, which a policy names by class."""

MISSABLE_CLOCKS = tuple(
    clock
    for clock in ClockName
    if clock not in DERIVED_CLOCKS
    and clock
    not in {
        ClockName.TOTAL,
        ClockName.CALL,
        ClockName.INSTRUCTION,
        ClockName.RETURN_WINDOW,
        ClockName.LOOK_BACK,
        ClockName.JUDGEMENT_WINDOW,
    }
)
"""When one of these runs out, a policy may call somebody.

The others have consequences of their own: the ladder of the class follows the total clock, the next
above follows an unanswered call or an instruction not carried out, and windows simply close.
"""

REQUIRED_CLOCKS = frozenset(
    {
        ClockName.TOTAL,
        ClockName.DISPATCH,
        ClockName.ACCEPT,
        ClockName.RETURN_WINDOW,
        ClockName.DISPUTE_DECISION,
        ClockName.JUDGEMENT_WINDOW,
        ClockName.CALL,
    }
)
"""Without one of these a case could lie somewhere for ever."""


class EndName(StrEnum):
    """How a case can end."""

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


FORBIDDABLE_ENDS = frozenset(
    {EndName.PARTLY_SOLVED, EndName.EXPLAINED, EndName.DECLINED, EndName.CONCLUDED_BY_LAW}
)
"""A category may forbid these. The others are facts, or the requester's own to decide."""


class ReasonVerb(StrEnum):
    """The verbs that ask for a reason code."""

    HAND_OVER = "hand_over"
    RETURN = "return"
    DISPUTE = "dispute"
    DECLINE = "decline"
    EXPLAIN = "explain"
    CONCLUDE = "conclude"
    CLOSE_NOT_SOLVED = "close_not_solved"
    REJECT_PROPOSAL = "reject_proposal"
    PAUSE = "pause"
    EXTENSION = "extension"
    WITHDRAW = "withdraw"


CONDITION_VERBS = frozenset({ReasonVerb.PAUSE, ReasonVerb.EXTENSION, ReasonVerb.DECLINE})
"""Reasons for these name a condition that somebody checks later."""


class CallTarget(StrEnum):
    """Whom a step of a ladder calls or reminds, from the bottom to the top."""

    OFFICER = "officer"
    UNIT_HEAD = "unit_head"
    SUPERVISION = "supervision"
    LEADER = "leader"


class Trigger(StrEnum):
    """What makes a step of a ladder happen; the words are the keys of a policy file."""

    USED = "used"
    AFTER = "after"
    AGE = "age"
    HAND_OVERS = "hand_overs"
    REFUSALS = "refusals"
    QUIET = "quiet"


class CallAnswer(StrEnum):
    """How a person who was called acts on it."""

    TOOK_OVER = "took_over"
    INSTRUCTED = "instructed"
    DECIDED = "decided"
    NAMED_SPONSOR = "named_sponsor"


class LadderStart(StrEnum):
    """From when the steps of a ladder that come `after` it count."""

    OPENED = "opened"
    TOTAL_DUE = "total_due"


class Colour(StrEnum):
    """The colour of a step, as several cities use them: slow, still not done, last call."""

    BLUE = "blue"
    ORANGE = "orange"
    RED = "red"


class SourceStatus(StrEnum):
    """How far the origin of a figure can be relied on."""

    CHECK_BEFORE_USE = "check_before_use"
    CHECKED = "checked"
    OWN_DEFAULT = "own_default"

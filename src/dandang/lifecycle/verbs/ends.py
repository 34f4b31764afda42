"""Verbs that propose, give or contest an end."""

from dandang.lifecycle.states import ENDS, OPEN, Outcome, State, Verdict
from dandang.lifecycle.verbs.shape import (
    BASIS,
    BASIS_OPTIONAL,
    REASON,
    TEXT,
    TEXT_OPTIONAL,
    Field,
    Kind,
    Verb,
    Who,
    states,
    who,
)

_REQUEST = Field("request", Kind.NUMBER, required=False)
_WORKING = frozenset({State.IN_PROGRESS})
_JUDGEABLE_ENDS = frozenset(
    {State.SOLVED, State.PARTLY_SOLVED, State.UNANSWERED, State.UNREACHABLE}
)

ROWS = (
    Verb(
        "propose",
        who(Who.HOLDER),
        _WORKING,
        ("resolution_proposed",),
        goes_to=states(State.PROPOSED),
        fields=(
            Field("outcome", Kind.CHOICE, choices=tuple(Outcome)),
            TEXT,
            Field("contacted_by", Kind.LINE, required=False),
            Field("reason", Kind.REASON, required=False),
            BASIS_OPTIONAL,
        ),
        ready=True,
    ),
    Verb(
        "reject-proposal",
        who(Who.DECIDING),
        states(State.PROPOSED),
        ("proposal_rejected",),
        goes_to=_WORKING,
        fields=(REASON, TEXT),
        ready=True,
    ),
    Verb(
        "judge",
        who(Who.REQUESTER, Who.CALL_BACK),
        states(State.PROPOSED) | _JUDGEABLE_ENDS,
        ("judged", "premature_close", "reopened", "escalated"),
        goes_to=states(State.PROPOSED, State.IN_PROGRESS) | _JUDGEABLE_ENDS,
        fields=(
            Field("verdict", Kind.CHOICE, choices=tuple(Verdict)),
            Field("agreed", Kind.YES_NO, required=False),
            TEXT_OPTIONAL,
            Field("was_contacted", Kind.YES_NO, required=False),
            Field("was_pressed", Kind.YES_NO, required=False),
            _REQUEST,
        ),
        custody=True,
        ready=True,
    ),
    Verb(
        "lapse",
        who(Who.SYSTEM),
        states(State.PROPOSED),
        ("judgement_lapsed",),
        goes_to=states(State.UNANSWERED, State.UNREACHABLE, State.SOLVED, State.PARTLY_SOLVED),
        ready=True,
    ),
    Verb(
        "explain",
        who(Who.DECIDING),
        states(State.PROPOSED),
        ("explained",),
        goes_to=states(State.EXPLAINED),
        fields=(REASON, BASIS, TEXT),
        ready=True,
    ),
    Verb(
        "decline",
        who(Who.DECIDING, Who.DISPATCHER),
        OPEN,
        ("declined",),
        goes_to=states(State.DECLINED),
        fields=(
            REASON,
            TEXT,
            BASIS_OPTIONAL,
            Field("alternative", Kind.TEXT, required=False),
            Field("second_reader", Kind.OFFICER, required=False),
        ),
        ready=True,
    ),
    Verb(
        "conclude",
        who(Who.DECIDING),
        OPEN,
        ("concluded",),
        goes_to=states(State.CONCLUDED_BY_LAW),
        fields=(
            Field("review_number", Kind.LINE),
            Field("reviewed_at", Kind.INSTANT),
            TEXT,
        ),
    ),
    Verb(
        "close-not-solved",
        who(Who.DECIDING),
        _WORKING,
        ("declined",),
        goes_to=states(State.NOT_SOLVED),
        fields=(REASON, TEXT),
    ),
    Verb(
        "reopen",
        who(Who.REQUESTER, Who.DECIDING),
        ENDS - states(State.MERGED),
        ("reopened",),
        goes_to=_WORKING,
        fields=(TEXT,),
        custody=True,
        ready=True,
    ),
    Verb(
        "appeal",
        who(Who.REQUESTER),
        ENDS,
        ("appeal_opened",),
        fields=(TEXT,),
    ),
    Verb(
        "decide-appeal",
        who(Who.DECIDING),
        ENDS,
        ("appeal_decided",),
        fields=(Field("decision", Kind.CHOICE, choices=("granted", "refused")), TEXT),
    ),
    Verb(
        "withdraw",
        who(Who.REQUESTER),
        OPEN,
        ("withdrawn",),
        goes_to=states(State.WITHDRAWN),
        fields=(TEXT_OPTIONAL,),
        ready=True,
    ),
    Verb("erase", who(Who.OFFICER), ENDS, ("erased",), fields=(BASIS,)),
)

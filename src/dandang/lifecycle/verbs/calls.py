"""Verbs of those who were called because time ran out."""

from dandang.lifecycle.states import OPEN, State
from dandang.lifecycle.verbs.shape import (
    TEXT,
    TEXT_OPTIONAL,
    TO_POST,
    Field,
    Kind,
    Verb,
    Who,
    states,
    who,
)
from dandang.policy import CallAnswer

ROWS = (
    Verb(
        "ask-escalation",
        who(Who.REQUESTER),
        OPEN,
        ("escalation_asked", "called_upon", "escalated"),
        fields=(TEXT_OPTIONAL,),
        guarded=False,
        ready=True,
    ),
    Verb(
        "act-on-call",
        who(Who.CALLED),
        OPEN,
        ("acted_on_call", "resumed", "escalated"),
        goes_to=states(State.IN_PROGRESS),
        fields=(
            Field(
                "act",
                Kind.CHOICE,
                choices=(CallAnswer.TOOK_OVER, CallAnswer.INSTRUCTED, CallAnswer.DECIDED),
            ),
            TEXT,
            Field("who", Kind.POST, required=False),
            Field("due_at", Kind.INSTANT, required=False),
        ),
        custody=True,
        ready=True,
    ),
    Verb(
        "name-sponsor",
        who(Who.DECIDING),
        OPEN,
        ("acted_on_call", "sponsor_named"),
        fields=(TO_POST, TEXT_OPTIONAL),
        guarded=False,
        answers=CallAnswer.NAMED_SPONSOR,
        ready=True,
    ),
)

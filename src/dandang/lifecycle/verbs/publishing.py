"""Verbs about what the public may read of a case."""

from dandang.lifecycle.states import State
from dandang.lifecycle.verbs.shape import TEXT, Field, Kind, Verb, Who, who

_NOT_MERGED = frozenset(State) - {State.MERGED}

ROWS = (
    Verb(
        "allow-publishing",
        who(Who.SENDER, Who.SETTER),
        _NOT_MERGED,
        ("publishing_allowed",),
        fields=(Field("allowed", Kind.YES_NO),),
        guarded=False,
        ready=True,
    ),
    Verb(
        "publish-text",
        who(Who.DISPATCHER, Who.DECIDING),
        _NOT_MERGED,
        ("text_published",),
        fields=(Field("title", Kind.LINE), TEXT, Field("place", Kind.LINE, required=False)),
        guarded=False,
        ready=True,
    ),
    Verb(
        "withhold-text",
        who(Who.DISPATCHER, Who.DECIDING),
        _NOT_MERGED,
        ("text_withheld",),
        fields=(
            Field(
                "cause",
                Kind.CHOICE,
                choices=("recognisable", "third_party", "proceedings", "not_public"),
            ),
        ),
        guarded=False,
        ready=True,
    ),
)

"""Verbs about how a requester is reached, and about the access code."""

from dandang.lifecycle.states import State
from dandang.lifecycle.verbs.shape import Field, Kind, Verb, Who, who

_STANDING = frozenset(State) - {State.MERGED}
_REQUEST = Field("request", Kind.NUMBER, required=False)
_CHECKED = Field("checked", Kind.LINE, required=False)

ROWS = (
    Verb(
        "change-contact",
        who(Who.SENDER, Who.CHECKER),
        _STANDING,
        ("contact_changed",),
        fields=(
            _REQUEST,
            Field("name", Kind.LINE, required=False),
            Field("phone", Kind.LINE, required=False),
            Field("email", Kind.LINE, required=False),
            _CHECKED,
        ),
        guarded=False,
        ready=True,
    ),
    Verb(
        "erase-contact",
        who(Who.SENDER),
        _STANDING,
        ("contact_erased",),
        guarded=False,
        ready=True,
    ),
    # Requesters do it, too, by a one-time code, on a way of its own: `contact.actions`.
    Verb(
        "replace-code",
        who(Who.CHECKER),
        _STANDING,
        ("access_code_replaced",),
        fields=(_REQUEST, _CHECKED),
        guarded=False,
        ready=True,
    ),
)

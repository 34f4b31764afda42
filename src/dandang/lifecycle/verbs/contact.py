"""Verbs about how a requester is reached, who looks at it, and about the access code."""

from dandang.lifecycle.states import State
from dandang.lifecycle.verbs.shape import TEXT, TEXT_OPTIONAL, Field, Kind, Verb, Who, who

_STANDING = frozenset(State) - {State.MERGED}
_REQUEST = Field("request", Kind.NUMBER, required=False)
_CHECKED = Field("checked", Kind.LINE, required=False)
PURPOSES = (
    *("to_call", "to_visit", "to_check_identity", "to_write", "to_send_documents"),
    *("complaint_handling", "other"),
)
"""Why an officer looks at who sent a request; `other` needs words."""
EARLIER_PURPOSES = ("same_matter", "know_history", "repeated_demand", "other")
"""Why an officer looks at what a requester sent before; `other` needs words."""
_WHY = (_REQUEST, Field("purpose", Kind.CHOICE, choices=PURPOSES), TEXT_OPTIONAL)
_ASKED = Field("asked_seq", Kind.NUMBER)

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
    Verb(
        "see-earlier",
        who(Who.CONTACT),
        _STANDING,
        ("earlier_requests_seen",),
        fields=(_REQUEST, Field("purpose", Kind.CHOICE, choices=EARLIER_PURPOSES), TEXT_OPTIONAL),
        guarded=False,
        ready=True,
    ),
    Verb(
        "unmask",
        who(Who.CONTACT, Who.ALLOWED),
        _STANDING,
        ("identity_unmasked",),
        fields=_WHY,
        guarded=False,
        ready=True,
    ),
    Verb(
        "ask-unmask",
        who(Who.ONLOOKER),
        _STANDING,
        ("unmasking_requested",),
        fields=_WHY,
        guarded=False,
        ready=True,
    ),
    Verb(
        "allow-unmask",
        who(Who.SUPERVISION),
        _STANDING,
        ("unmasking_allowed",),
        fields=(_ASKED,),
        guarded=False,
        ready=True,
    ),
    Verb(
        "refuse-unmask",
        who(Who.SUPERVISION),
        _STANDING,
        ("unmasking_refused",),
        fields=(_ASKED, TEXT),
        guarded=False,
        ready=True,
    ),
)

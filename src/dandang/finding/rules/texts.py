"""Which texts of a case are searched, and which of them are internal to the body.

Left out is what not everybody who may read the case may read there and then: who objected and why,
what requesters say of the result, contact and names of requesters, names of files.
"""

SAID = frozenset({"case_opened", "request_attached"})
"""Events with which requests come in: what their senders wrote, as seen by everybody."""

OPEN_EVENTS = SAID | frozenset(
    {
        *("question_asked", "question_answered", "reply_sent", "resolution_proposed"),
        *("explained", "declined", "concluded", "note_added"),
    }
)
"""Events whose texts requesters see, too (a note unless it says that it is internal)."""

INTERNAL_EVENTS = frozenset(
    {
        *("assigned", "handed_over", "returned", "dispute_raised", "dispute_decided"),
        *("assist_requested", "assist_given", "other_body_asked"),
        *("requester_contacted", "paused", "condition_checked"),
        *("legal_route_requested", "legal_route_entered", "legal_route_updated"),
        *("extension_requested", "extension_decided", "promise_made"),
        *("split_requested", "split_refused", "split", "merged", "unmerged"),
        *("proposal_rejected", "acted_on_call", "corrected", "category_changed", "reopened"),
    }
)

EVENTS = tuple(sorted(OPEN_EVENTS | INTERNAL_EVENTS))
FIELDS = ("title", "location", "text", "alternative", "condition", "wrong")
"""The fields that hold those texts, in the order in which they are shown."""


def is_internal(event_type: str, *, says_so: bool) -> bool:
    """Say whether the text of an event is internal; `says_so` is what the event says itself."""
    return event_type in INTERNAL_EVENTS or says_so

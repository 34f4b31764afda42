"""What can have happened about getting in."""

from enum import StrEnum


class Happened(StrEnum):
    """Kinds of sign-in events. The words are kept; they are never renamed."""

    SIGNED_IN = "signed_in"
    FAILED = "failed"
    LOCKED = "locked"
    LOCK_LIFTED = "lock_lifted"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 what happened, no password
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    FACTOR_SHOWN = "factor_shown"
    RECOVERY_USED = "recovery_used"
    RECOVERY_MADE = "recovery_made"
    INVITED = "invited"
    INVITATION_REVOKED = "invitation_revoked"
    INVITATION_USED = "invitation_used"
    CLOSED = "closed"
    REOPENED = "reopened"
    RESET_ASKED = "reset_asked"
    RESET_GRANTED = "reset_granted"
    RESET_REFUSED = "reset_refused"
    IDENTITY_LINKED = "identity_linked"
    IDENTITY_UNLINKED = "identity_unlinked"
    DEMONSTRATION = "demonstration"


TELLING = frozenset(
    {
        Happened.PASSWORD_CHANGED,
        Happened.FACTOR_ADDED,
        Happened.FACTOR_REMOVED,
        Happened.RECOVERY_USED,
        Happened.RECOVERY_MADE,
        Happened.RESET_ASKED,
        Happened.RESET_GRANTED,
        Happened.IDENTITY_LINKED,
        Happened.IDENTITY_UNLINKED,
        Happened.INVITATION_USED,
        Happened.LOCK_LIFTED,
    }
)
"""What the person is told of on their own account page for some days."""

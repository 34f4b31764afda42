"""Which events of a case the public may know of, in words that name units and posts alone."""

PUBLIC_EVENTS = frozenset(
    {
        *("case_opened", "request_attached", "assigned", "accepted", "handed_over", "returned"),
        *("dispute_raised", "dispute_decided", "category_changed", "recused", "reopened"),
        *("other_body_asked", "paused", "resumed", "legal_route_entered", "legal_route_updated"),
        *("extension_decided", "promise_made", "promise_kept", "promise_broken"),
        *("deadline_missed", "escalated", "sponsor_named", "split", "child_ended"),
        *("child_reopened", "unmerged", "resolution_proposed", "proposal_rejected", "explained"),
        *("declined", "concluded", "judged", "judgement_lapsed", "premature_close"),
        *("withdrawn", "appeal_opened", "appeal_decided", "looked_back", "recurred"),
        *("imported", "text_published"),
    }
)
"""Custody, deadlines and states. Never what somebody wrote, who objected, who declared a conflict,
whom a complaint is about, how a requester is reached, or who was called."""

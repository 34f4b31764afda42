"""What may happen at the end of a case: propose, explain, decline, reopen, withdraw."""

from datetime import datetime

from dandang.lifecycle.casework.events.custody import Reopened
from dandang.lifecycle.casework.events.ends import (
    Declined,
    Explained,
    ProposalRejected,
    ResolutionProposed,
    Withdrawn,
)
from dandang.lifecycle.casework.rules.changes import without_request
from dandang.lifecycle.casework.rules.extending import promise_ends
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import last_holder
from dandang.lifecycle.casework.rules.permit import acts_as
from dandang.lifecycle.casework.rules.waiting import moved_on
from dandang.lifecycle.casework.rules.wishes import (
    Decline,
    Explain,
    Propose,
    RejectProposal,
    Reopen,
    Withdraw,
)
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.states import Outcome, State
from dandang.lifecycle.verbs import Who
from dandang.policy import EndName
from dandang.terms import ActorKind, Code, Event, Refusal

OUT_OF_SCOPE = "out_of_scope"


def propose(facts: Facts, wish: Propose) -> tuple[Event, ...]:
    """Propose closing. Ends nothing and stops no total clock.

    Refuses `referred_is_no_outcome` (naming another unit is a hand-over, domain rule 5),
    `end_not_allowed` for the category, `field_required` (reason or basis of a proposal to decline
    or explain), `unknown_reason`, `dispatcher_only_end`, `children_open`, `in_the_past` and
    `too_late` (when the result can be seen).
    """
    if wish.outcome is Outcome.REFERRED:
        raise Refusal(Code.REFERRED_IS_NO_OUTCOME)
    no_children_open(facts)
    if wish.outcome is Outcome.EXPLAINED:
        check_end(facts, EndName.EXPLAINED)
        check_given(reason=wish.reason, basis=wish.basis)
        facts.policy.reason("explain", wish.reason)
    if wish.outcome is Outcome.DECLINED:
        check_end(facts, EndName.DECLINED)
        check_given(reason=wish.reason, basis=wish.basis)
        if facts.policy.reason("decline", wish.reason).dispatcher_only:
            raise Refusal(Code.DISPATCHER_ONLY_END, reason=wish.reason)
    return (
        *moved_on(facts),
        *(promise_ends(facts) if wish.outcome is Outcome.RESOLVED else ()),
        ResolutionProposed(
            outcome=wish.outcome,
            text=wish.text,
            contacted_by=wish.contacted_by or None,
            reason=wish.reason or None,
            basis=wish.basis or None,
            confirm_not_before=_visible_from(facts, wish),
        ),
    )


def _visible_from(facts: Facts, wish: Propose) -> datetime | None:
    """Return when requesters can see the result: what the category says, or later.

    The holder can put it off by as much as an extension, no more.
    """
    if wish.outcome is not Outcome.RESOLVED:
        return None
    category = facts.policy.category(facts.case.category) if facts.case.category else None
    usual = None
    if category is not None and category.confirm_after is not None:
        usual = end_of(category.confirm_after, facts.now, facts.calendar).at
    wanted = wish.confirm_not_before
    if wanted is None:
        return usual
    if wanted <= facts.now:
        raise Refusal(Code.IN_THE_PAST, field="confirm_not_before")
    if wanted > end_of(facts.policy.limits.longest_extension, facts.now, facts.calendar).at:
        raise Refusal(Code.TOO_LATE, field="confirm_not_before")
    return wanted if usual is None else max(wanted, usual)


def reject_proposal(facts: Facts, wish: RejectProposal) -> tuple[Event, ...]:
    """Send a proposal back to the holder. Refuses `unknown_reason`."""
    reason = facts.policy.reason("reject_proposal", wish.reason)
    return (ProposalRejected(reason=reason.code, text=wish.text),)


def explain(facts: Facts, wish: Explain) -> tuple[Event, ...]:
    """End the case as lawful and in order, on the holder's proposal.

    Refuses `not_proposed` where the proposal was another one, `unknown_reason`, `end_not_allowed`.
    """
    no_children_open(facts)
    _check_proposal(facts, Outcome.EXPLAINED, "explain")
    check_end(facts, EndName.EXPLAINED)
    reason = facts.policy.reason("explain", wish.reason)
    return (Explained(reason=reason.code, basis=wish.basis, text=wish.text),)


def decline(facts: Facts, wish: Decline) -> tuple[Event, ...]:
    """Decline the case: `out_of_scope` by the dispatcher alone, the rest on a proposal.

    Refuses `unknown_reason`, `end_not_allowed`, `not_the_dispatcher`, `not_the_deciding_office`,
    `not_proposed`, `field_required` (article, alternative route), `second_reader_required`.
    """
    reason = facts.policy.reason("decline", wish.reason)
    no_children_open(facts)
    check_end(facts, EndName.DECLINED)
    if reason.needs_basis:
        check_given(basis=wish.basis)
    if reason.dispatcher_only:
        _check_dispatcher(facts)
    else:
        _check_decider(facts)
        _check_proposal(facts, Outcome.DECLINED, "decline")
        check_given(alternative=wish.alternative)
        _check_second_reader(facts, wish.second_reader)
    return (
        Declined(
            reason=wish.reason,
            text=wish.text,
            basis=wish.basis or None,
            alternative=wish.alternative or None,
            second_reader=wish.second_reader or None,
        ),
    )


def reopen(facts: Facts, wish: Reopen) -> tuple[Event, ...]:
    """Take an ended case up again with its last holder and its total clock.

    Refuses `reopen_window_passed` to a requester after the policy's window, and
    `concluded_needs_appeal` where the matter was concluded by law.
    """
    by_requester = facts.by.kind is ActorKind.REQUESTER
    if not may_reopen(facts):
        raise Refusal(Code.CONCLUDED_NEEDS_APPEAL)
    if by_requester and facts.case.ended_at is not None:
        window = facts.policy.limits.reopen_window
        if facts.now > end_of(window, facts.case.ended_at, facts.calendar).at:
            raise Refusal(Code.REOPEN_WINDOW_PASSED)
    post = last_holder(facts)
    return (
        Reopened(
            to_post=post.code,
            to_unit=post.unit,
            cause="requester" if by_requester else "deciding_office",
            text=wish.text,
        ),
    )


def may_reopen(facts: Facts) -> bool:
    """Say whether the actor need not appeal instead."""
    concluded = facts.case.state is State.CONCLUDED_BY_LAW
    return not (concluded and facts.by.kind is ActorKind.REQUESTER)


def withdraw(facts: Facts, wish: Withdraw) -> tuple[Event, ...]:
    """Withdraw one request; the case ends when no other request is left in it."""
    number = facts.request_number
    assert number is not None
    return (
        Withdrawn(
            request=number,
            results_in=without_request(facts.case, number),
            text=wish.text or None,
        ),
    )


def no_children_open(facts: Facts) -> None:
    """Refuse `children_open`: a parent ends only when every child has ended (domain rule 7)."""
    if facts.case.open_children:
        raise Refusal(Code.CHILDREN_OPEN, number=facts.case.open_children)


def check_end(facts: Facts, end: EndName) -> None:
    if end not in facts.policy.ends_for(facts.case.category):
        raise Refusal(Code.END_NOT_ALLOWED, end=end.value)


def check_given(**values: str) -> None:
    for name, value in values.items():
        if not value:
            raise Refusal(Code.FIELD_REQUIRED, field=name)


def _check_proposal(facts: Facts, outcome: Outcome, verb: str) -> None:
    if facts.case.state is not State.PROPOSED or facts.case.outcome is not outcome:
        raise Refusal(Code.NOT_PROPOSED, verb=verb, outcome=outcome.value)


def _check_dispatcher(facts: Facts) -> None:
    if not acts_as(facts, Who.DISPATCHER):
        raise Refusal(Code.NOT_THE_DISPATCHER)


def _check_decider(facts: Facts) -> None:
    allowed = {post.code for post in facts.directory.deciding_posts(facts.case.holder_unit)}
    if not any(post.code in allowed for post in facts.posts):
        raise Refusal(Code.NOT_THE_DECIDING_OFFICE)


def _check_second_reader(facts: Facts, officer: str) -> None:
    """Refuse unless another officer, outside the subtree of the holder, has read the decision.

    Whoever only audits or administers is no reader: they have no part in decisions.
    """
    if not officer or officer == facts.by.code:
        raise Refusal(Code.SECOND_READER_REQUIRED)
    posts = facts.directory.posts_of(officer, facts.now)
    if not any(
        post.works_on_cases and not facts.directory.in_subtree(post.unit, facts.case.holder_unit)
        for post in posts
    ):
        raise Refusal(Code.SECOND_READER_REQUIRED)

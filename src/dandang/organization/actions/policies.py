"""Proposing to put a policy into force, and deciding it: never the same officer."""

from datetime import datetime

from django.db import transaction

from dandang.organization.access.apart import two_people
from dandang.organization.actions.adopt import adopt_policy
from dandang.organization.actions.change import lock, record
from dandang.organization.directory import PostKind
from dandang.organization.events import PolicyProposalDecided, PolicyProposed
from dandang.organization.models import PolicyProposal
from dandang.organization.proposals import Verdict
from dandang.organization.queries import directory, present
from dandang.policy import Policy, parse_policy
from dandang.terms import Actor, Code, Refusal, check_text
from dandang.terms.four_eyes import four_eyes

_MOST_WHY = 2000


@transaction.atomic
def propose_policy(policy: Policy, why: str, *, by: Actor, now: datetime) -> int:
    """Propose a policy and return the number of the proposal. Nothing changes yet.

    Refuses `not_permitted` (who does not administer), `policy_in_force`, `already_asked` (another
    proposal waits) and the codes of `check_text`.
    """
    _check_post(by, now)
    lock()
    if present().policy_hash == policy.hash:
        raise Refusal(Code.POLICY_IN_FORCE)
    if PolicyProposal.objects.filter(verdict="").exists():
        raise Refusal(Code.ALREADY_ASKED)
    row = PolicyProposal.objects.create(
        hash=policy.hash,
        name=policy.name,
        version=policy.version,
        text=policy.text,
        why=check_text("why", why, limit=_MOST_WHY),
        proposed_by=by.code,
        proposed_at=now,
    )
    record([PolicyProposed(row.pk, policy.name, policy.version, policy.hash)], by=by, now=now)
    return int(row.pk)


@transaction.atomic
def decide_policy(
    number: int,
    verdict: Verdict,
    reply: str,
    *,
    by: Actor,
    now: datetime,
    beside: str | None = None,
) -> None:
    """Put the proposed policy into force, reject it with a reason, or withdraw it.

    It holds for everything opened from now on; running clocks keep the policy they started under.
    `beside` is the hash of the policy that it was compared with, None where it was not. Refuses
    `changed_meanwhile` (another one is in force by now), `not_permitted`, `not_found`,
    `nothing_asked` (decided already), `decider_involved` (who proposed it decides, or somebody else
    withdraws it), `let_in_lately` (see `access.apart`) and `field_required` (a rejection without a
    reason).
    """
    _check_post(by, now)
    lock()
    row = PolicyProposal.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    if row.verdict:
        raise Refusal(Code.NOTHING_ASKED)
    if verdict is not Verdict.WITHDRAWN:
        four_eyes(row.proposed_by, by)
        two_people(row.proposed_by, by.code)
    elif row.proposed_by != by.code:
        raise Refusal(Code.DECIDER_INVOLVED)
    if verdict is Verdict.ACCEPTED and beside not in {None, present().policy_hash}:
        raise Refusal(Code.CHANGED_MEANWHILE)
    row.reply = check_text("reply", reply, limit=_MOST_WHY, required=verdict is Verdict.REJECTED)
    row.verdict, row.decided_by, row.decided_at = verdict.value, by.code, now
    row.save(update_fields=["verdict", "reply", "decided_by", "decided_at"])
    record([PolicyProposalDecided(number, verdict.value)], by=by, now=now)
    if verdict is Verdict.ACCEPTED:
        adopt_policy(parse_policy(row.text, row.name), by=by, now=now)


def _check_post(by: Actor, now: datetime) -> None:
    posts = directory().posts_of(by.code, now)
    if not any(PostKind.ADMINISTRATION in post.kinds for post in posts):
        raise Refusal(Code.NOT_PERMITTED)

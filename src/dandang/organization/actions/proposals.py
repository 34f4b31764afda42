"""Proposing to amend the register of duties, and deciding it: never the same officer."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from dandang.organization.actions.change import lock, record
from dandang.organization.actions.register import change_register, plan
from dandang.organization.directory import PostKind
from dandang.organization.entries import Organization, Post
from dandang.organization.events import DutyProposalDecided, DutyProposed
from dandang.organization.models import DutyProposal
from dandang.organization.proposals import Amendment, Proposed, Verdict, by_code, edits_of
from dandang.organization.queries import directory
from dandang.organization.registered import registered
from dandang.terms import Actor, Code, Refusal, check_text
from dandang.terms.four_eyes import four_eyes

PROPOSING = frozenset({PostKind.DISPATCH, PostKind.SUPERVISION, PostKind.HEAD})
DECIDING = frozenset({PostKind.ADMINISTRATION, PostKind.SUPERVISION})
MOST_CASES = 20
_MOST_WHY = 2000


@transaction.atomic
def propose_duty(
    proposed: Proposed, why: str, cases: Sequence[str], *, by: Actor, now: datetime
) -> int:
    """Propose to amend the register; return the number of the proposal. Nothing changes yet.

    `cases` are references that show why, at most `MOST_CASES`. Refuses `not_permitted`,
    `in_the_past` (a day before today: what was so stays so), `not_found` (a duty that is gone) and
    the codes of `check_text`; raises InputError for a line that the register could not hold.
    """
    post = _post(by, now, PROPOSING)
    lock()
    if proposed.starts < directory().local_day(now):
        raise Refusal(Code.IN_THE_PAST, field="starts")
    text = check_text("why", why, limit=_MOST_WHY)
    before = registered()
    plan(edits_of(proposed, by_code(before.duties), _zone(before)), by=by, now=now)
    row = DutyProposal.objects.create(
        change=proposed.change.value,
        duty=proposed.duty,
        category=proposed.category,
        area=proposed.area,
        unit=proposed.unit,
        post=proposed.post,
        type=proposed.type,
        basis=proposed.basis,
        starts=proposed.starts,
        why=text,
        cases=list(dict.fromkeys(cases))[:MOST_CASES],
        proposed_by=by.code,
        proposed_post=post.code,
        proposed_at=now,
    )
    record([_event(row.pk, proposed)], by=by, now=now)
    return int(row.pk)


@transaction.atomic
def decide_proposal(number: int, verdict: Verdict, reply: str, *, by: Actor, now: datetime) -> None:
    """Accept a proposal, which amends the register at once, or reject it with a reason.

    An amendment counts from the day it names, or from today where that has passed. Refuses
    `not_permitted`, `decider_involved` (who proposed it), `not_found`, `nothing_asked` (decided
    already), `field_required` (a rejection without a reason); raises InputError where the register
    has changed so that it no longer fits.
    """
    post = _post(by, now, DECIDING)
    lock()
    row = DutyProposal.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    four_eyes(row.proposed_by, by)
    if row.verdict:
        raise Refusal(Code.NOTHING_ASKED)
    text = check_text("reply", reply, limit=_MOST_WHY, required=verdict is Verdict.REJECTED)
    row.verdict, row.reply = verdict.value, text
    row.decided_by, row.decided_post, row.decided_at = by.code, post.code, now
    row.save(update_fields=["verdict", "reply", "decided_by", "decided_post", "decided_at"])
    record([DutyProposalDecided(number, verdict)], by=by, now=now)
    if verdict is Verdict.ACCEPTED:
        before = registered()
        today = directory().local_day(now)
        proposed = _proposed(row, max(row.starts, today))
        edits = edits_of(proposed, by_code(before.duties), _zone(before))
        change_register(edits, by=by, now=now)


def _proposed(row: DutyProposal, starts: date) -> Proposed:
    return Proposed(
        change=Amendment(row.change),
        starts=starts,
        duty=row.duty,
        category=row.category,
        area=row.area,
        unit=row.unit,
        post=row.post,
        type=row.type,
        basis=row.basis,
    )


def _post(by: Actor, now: datetime, kinds: frozenset[PostKind]) -> Post:
    """Return the post with which the officer may do this. Refuses `not_permitted`."""
    for post in directory().posts_of(by.code, now):
        if post.kinds & kinds:
            return post
    raise Refusal(Code.NOT_PERMITTED)


def _zone(organization: Organization) -> ZoneInfo:
    return ZoneInfo(organization.body.time_zone)


def _event(number: int, proposed: Proposed) -> DutyProposed:
    return DutyProposed(
        proposal=number,
        change=proposed.change,
        category=proposed.category,
        area=proposed.area,
        unit=proposed.unit,
        to_post=proposed.post,
        duty_type=proposed.type,
        starts=proposed.starts,
    )

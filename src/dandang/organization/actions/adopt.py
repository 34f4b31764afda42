"""Adopting a policy or a calendar notice: it takes effect, and the ledger says so."""

from datetime import datetime

from django.db import transaction

from dandang.organization.actions.change import lock, move, record
from dandang.organization.events import NoticeAdopted, PolicyAdopted
from dandang.organization.models import AdoptedNotice, AdoptedPolicy
from dandang.organization.queries import adopted_notices, calendar_of, directory
from dandang.policy import Policy
from dandang.terms import Actor, Code, Refusal
from dandang.workdays import Notice


@transaction.atomic
def adopt_policy(policy: Policy, *, by: Actor, now: datetime) -> bool:
    """Put a policy into force for everything opened from now on.

    Returns False, and writes nothing, when it is in force already. Running clocks keep the
    policy they started under. Refuses `no_organization`.
    """
    version = lock()
    in_force = AdoptedPolicy.objects.order_by("-id").values_list("hash", flat=True).first()
    if in_force == policy.hash:
        return False
    AdoptedPolicy.objects.create(
        hash=policy.hash,
        name=policy.name,
        version=policy.version,
        text=policy.text,
        adopted_at=now,
        adopted_by=str(by),
    )
    record([PolicyAdopted(policy.name, policy.version, policy.hash)], by=by, now=now)
    move(version, by=by, now=now)
    return True


@transaction.atomic
def adopt_notice(notice: Notice, *, by: Actor, now: datetime) -> bool:
    """Put a calendar notice on top of the body's calendar.

    Returns False, and writes nothing, when this very notice was adopted before. Refuses
    `no_organization`, `in_the_future` (published later than the body's today) and `value_invalid`
    (days the calendar cannot hold).
    """
    version = lock()
    known = directory()
    notices = adopted_notices()
    if notice in notices:
        return False
    if notice.published > known.local_day(now):
        raise Refusal(Code.IN_THE_FUTURE, field="published")
    try:
        calendar_of(known.body, (*notices, notice))
    except ValueError:
        raise Refusal(Code.VALUE_INVALID, field="notice") from None
    working, rest = sorted(notice.working), sorted(notice.rest)
    AdoptedNotice.objects.create(
        source=notice.source,
        published=notice.published,
        first=notice.first,
        last=notice.last,
        working=working,
        rest=rest,
        adopted_at=now,
        adopted_by=str(by),
    )
    adopted = NoticeAdopted(
        source=notice.source,
        published=notice.published,
        first=notice.first,
        last=notice.last,
        working=tuple(day.isoformat() for day in working),
        rest=tuple(day.isoformat() for day in rest),
    )
    record([adopted], by=by, now=now)
    move(version, by=by, now=now)
    return True

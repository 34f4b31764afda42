"""What every change of the organisation does: one at a time, and tell every process of it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from dandang.ledger.append import append
from dandang.organization.models import OrganizationVersion
from dandang.organization.queries import body_stream
from dandang.terms import Actor, Code, Event, Recorded, Refusal


class NotInTransaction(RuntimeError):
    """The organisation was locked outside a transaction, where a lock holds nothing.

    Wrap the whole change in `with transaction.atomic():`.
    """


def lock() -> OrganizationVersion:
    """Let nobody else change the organisation until the transaction ends.

    Refuses `no_organization` when none was loaded. Raises NotInTransaction.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("lock the organization only inside transaction.atomic()")
    version = OrganizationVersion.objects.select_for_update().first()
    if version is None:
        raise Refusal(Code.NO_ORGANIZATION)
    return version


def lock_or_found(*, by: Actor, now: datetime) -> OrganizationVersion:
    """Lock as `lock` does; where there is no organisation yet, make the row that is locked."""
    first = OrganizationVersion(stamp=uuid4(), changed_at=now, changed_by=str(by))
    OrganizationVersion.objects.bulk_create([first], ignore_conflicts=True)
    return lock()


def move(version: OrganizationVersion, *, by: Actor, now: datetime) -> None:
    """Make every process read the organisation anew once the transaction commits."""
    version.number += 1
    version.stamp = uuid4()
    version.changed_at = now
    version.changed_by = str(by)
    version.save()


def record(events: Iterable[Event], *, by: Actor, now: datetime) -> None:
    """Write events into the body's chain; the caller holds the lock."""
    append(body_stream(), [Recorded(event, by, now) for event in events], now=timezone.now())

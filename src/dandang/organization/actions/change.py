"""What every change of the organisation does: one at a time, and tell every process of it."""

from datetime import datetime
from uuid import uuid4

from django.db import connection

from dandang.organization.models import OrganizationVersion
from dandang.terms import Actor, Code, Refusal


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

"""What time it is for the interfaces: the real time, or the frozen time of a demonstration."""

from datetime import datetime

from django.utils import timezone

from dandang.organization.queries import Present, frozen_time, present_and_time
from dandang.organization.version import Version


def now() -> datetime:
    """Return the instant every action of an interface is given as its `now` (UTC)."""
    return frozen_time() or timezone.now()


def present_now(version: Version | None = None) -> tuple[Present, datetime]:
    """Return what holds in the organisation and `now`, for one query. Refuses `no_organization`.

    `version` is that which was read at the beginning of this very request, if it was.
    """
    known, frozen = present_and_time(version)
    return known, frozen or timezone.now()

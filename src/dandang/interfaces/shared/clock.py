"""What time it is for the interfaces: the real time, or the frozen time of a demonstration."""

from datetime import datetime

from django.utils import timezone

from dandang.organization.queries import Present, frozen_time, present_and_time


def now() -> datetime:
    """Return the instant every action of an interface is given as its `now` (UTC)."""
    return frozen_time() or timezone.now()


def present_now() -> tuple[Present, datetime]:
    """Return what holds in the organisation and `now`, for one query. Refuses `no_organization`."""
    known, frozen = present_and_time()
    return known, frozen or timezone.now()

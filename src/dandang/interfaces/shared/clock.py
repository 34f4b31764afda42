"""What time it is for the interfaces: the real time, or the frozen time of a demonstration."""

from datetime import datetime

from django.utils import timezone

from dandang.organization.queries import frozen_time


def now() -> datetime:
    """Return the instant every action of an interface is given as its `now` (UTC)."""
    return frozen_time() or timezone.now()

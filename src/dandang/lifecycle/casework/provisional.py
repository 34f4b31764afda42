"""Asking for provisional clocks, whose time rests on days that no notice covers: read only."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

from django.db.models import Count, Q

from dandang.lifecycle.casework.models import Clock
from dandang.workdays import WorkCalendar
from dandang.workdays.model import ONE_DAY


@dataclass(frozen=True, slots=True)
class Provisional:
    """How many clocks are provisional, and on how many of their days a notice speaks by now."""

    clocks: int
    published: int


def provisional(calendar: WorkCalendar) -> Provisional:
    """Return how many clocks are provisional by this calendar. One query."""
    end = end_of(calendar)
    published = Count("id", filter=Q(due_at__lte=end)) if end else Count("id", filter=Q(pk=None))
    counts = Clock.objects.filter(provisional=True).aggregate(clocks=Count("id"), n=published)
    return Provisional(counts["clocks"], counts["n"])


def end_of(calendar: WorkCalendar) -> datetime | None:
    """Return when the last day ends that notices cover (UTC); None where none covers any."""
    if calendar.horizon is None:
        return None
    after = datetime.combine(calendar.horizon + ONE_DAY, time(), calendar.time_zone)
    return after.astimezone(UTC)

"""How urgent a due time is: overdue, soon, or neither; in working time, so that Fridays count."""

from datetime import datetime, timedelta

from dandang.workdays import WorkCalendar

SOON = timedelta(hours=8)
"""Less than this much working time left is soon."""


def soon_until(now: datetime, calendar: WorkCalendar) -> datetime:
    """Return the instant up to which a due time is soon."""
    return calendar.add_working_time(now, SOON, provisional_ok=True).at


def urgency(due_at: datetime | None, now: datetime, soon: datetime) -> str:
    """Return the style of a due time: late, soon or ""."""
    if due_at is None:
        return ""
    if due_at < now:
        return "late"
    return "soon" if due_at <= soon else ""

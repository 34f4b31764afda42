"""How urgent a due time is: overdue, soon, or neither; in working time, so that Fridays count."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from dandang.interfaces.shared.words.times import working_days
from dandang.workdays import BeyondCalendar, WorkCalendar

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


def lateness(due_at: datetime, now: datetime, calendar: WorkCalendar) -> str:
    """Say in working days how long ago a due time was, or how long it is until then."""
    try:
        first, last = sorted((calendar.local_date(due_at), calendar.local_date(now)))
        days = calendar.working_days_between(first, last, provisional_ok=True)
    except BeyondCalendar:  # a date that somebody named, generations away
        return _("overdue") if due_at < now else _("not due yet")
    if due_at < now:
        if days:
            return _("overdue by %(time)s") % {"time": working_days(days)}
        return _("overdue by less than a working day")
    if days:
        return _("%(time)s left") % {"time": working_days(days)}
    return _("less than a working day left")

"""How much time is left until a due time, or how long it is over, in the time its clock counts."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dandang.interfaces.shared.words.times import working_days
from dandang.workdays import BeyondCalendar, WorkCalendar

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def time_left(due_at: datetime, now: datetime, calendar: WorkCalendar, *, is_elapsed: bool) -> str:
    """Say how much time is left, or how long the due time is over.

    `is_elapsed` counts by the wall clock; else only working time counts, in working days as long
    as those of the calendar. No number stands where none can be told: beyond the calendar, or
    where no working time lies between.
    """
    first, last = sorted((due_at, now))
    words = elapsed(last - first) if is_elapsed else _worked(first, last, calendar)
    if due_at < now:
        return _("overdue by %(time)s") % {"time": words} if words else _("overdue")
    return _("%(time)s left") % {"time": words} if words else _("not due yet")


def elapsed(amount: timedelta) -> str:
    """Return an amount of time by the wall clock: `1 day 3 hours`, `20 minutes`; "" for none."""
    days, rest = divmod(amount, _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes = rest // _MINUTE
    if days:
        return _both(_days(days), _hours(hours))
    return _both(_hours(hours), _minutes(minutes))


def working_time(amount: timedelta, calendar: WorkCalendar) -> str:
    """Return an amount of working time: `2 working days 3 hours`; "" for less than a minute."""
    days, rest = divmod(amount, day_of(calendar))
    hours, rest = divmod(rest, _HOUR)
    minutes = rest // _MINUTE
    if days:
        return _both(working_days(days), _hours(hours))
    if hours:
        return _both(_working_hours(hours), _minutes(minutes))
    return _working_minutes(minutes)


def day_of(calendar: WorkCalendar) -> timedelta:
    """Return how much working time a working day has."""
    return timedelta(seconds=sum(slot.closes - slot.opens for slot in calendar.data.slots))


def _worked(first: datetime, last: datetime, calendar: WorkCalendar) -> str:
    try:
        amount = calendar.working_time_between(first, last, provisional_ok=True)
    except BeyondCalendar:  # a date that somebody named, generations away
        return ""
    return working_time(amount, calendar)


def _both(larger: str, smaller: str) -> str:
    if not (larger and smaller):
        return larger or smaller
    words = {"larger": larger, "smaller": smaller}
    return pgettext("amount of time", "%(larger)s %(smaller)s") % words


def _days(number: int) -> str:
    return ngettext("%(n)s day", "%(n)s days", number) % {"n": number} if number else ""


def _hours(number: int) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", number) % {"n": number} if number else ""


def _minutes(number: int) -> str:
    return ngettext("%(n)s minute", "%(n)s minutes", number) % {"n": number} if number else ""


def _working_hours(number: int) -> str:
    return ngettext("%(n)s working hour", "%(n)s working hours", number) % {"n": number}


def _working_minutes(number: int) -> str:
    if not number:
        return ""
    return ngettext("%(n)s working minute", "%(n)s working minutes", number) % {"n": number}

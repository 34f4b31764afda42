"""Lays a provisional due time out again when the notice about its day is there. Never acts."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from dandang.terms import Due
from dandang.workdays import Notice, WorkCalendar

SETTLED = "due_times_settled"
"""The event by which a case takes over what a notice makes of its provisional clocks."""

_TICK = timedelta(microseconds=1)


def laid_again(due: Due, before: WorkCalendar, after: WorkCalendar, now: datetime) -> Due:
    """Return what a provisional clock becomes when the calendar changes from one to the other.

    The working time that was left at `now` (aware) by the calendar before is laid out again by the
    one after: forward only, never before `now`. It is final when that one publishes its day. What
    ran out already keeps its time.
    """
    if due.at is None or not due.provisional:
        return due
    at = due.at
    if at > now:
        left = before.working_time_between(now, at, provisional_ok=True)
        if left:
            at = after.add_working_time(now, left, provisional_ok=True).at
    return replace(due, at=at, provisional=not _publishes(after, at))


def settled(due: Due, calendar: WorkCalendar, now: datetime) -> Due:
    """Return what a clock becomes by the calendar as it is now: itself, unless its day is known.

    Only a provisional clock that is due on a published day changes, and after that it is final: so
    it does once.
    """
    if due.at is None or not due.provisional or not _publishes(calendar, due.at):
        return due
    first = min(one.published for one in _about(calendar, due.at))
    return laid_again(due, _before(calendar, first), calendar, now)


def notice_about(calendar: WorkCalendar, at: datetime) -> Notice | None:
    """Return the notice that speaks about the day of a due time, the last where several do."""
    return next(reversed(_about(calendar, at)), None)


def _about(calendar: WorkCalendar, at: datetime) -> list[Notice]:
    day = calendar.local_date(at - _TICK)
    return [one for one in calendar.data.in_order() if one.first <= day <= one.last]


def _publishes(calendar: WorkCalendar, at: datetime) -> bool:
    # A due time at midnight belongs to the day that ends there.
    return calendar.covers(calendar.local_date(at - _TICK))


@lru_cache(maxsize=4)
def _before(calendar: WorkCalendar, first: date) -> WorkCalendar:
    """Return the calendar as it was before a notice of that day of publication."""
    notices = tuple(one for one in calendar.data.notices if one.published < first)
    version = f"{calendar.version} before {first}"
    return WorkCalendar(replace(calendar.data, version=version, notices=notices))

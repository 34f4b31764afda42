"""Dates, times and spans in words, as people of each language write them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import ngettext

from dandang.interfaces.shared.words.names import speaks_chinese
from dandang.policy import Span, SpanUnit

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS_ZH = "一二三四五六日"
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def stamp(at: datetime) -> str:
    """Return an instant for tables: `2026-11-26 17:00`, in the current time zone."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def date_stamp(at: datetime) -> str:
    """Return the day of an instant for tables: `2026-11-26`, in the current time zone."""
    return f"{timezone.localtime(at):%Y-%m-%d}"


def moment(at: datetime, now: datetime) -> str:
    """Return an instant in a sentence: `11月26日（周四）17:00`, `17:00 Thu 26 Nov`.

    The year is added when it is not that of `now`.
    """
    local = timezone.localtime(at)
    other_year = local.year != timezone.localtime(now).year
    clock = f"{local:%H:%M}"
    if speaks_chinese():
        year = f"{local.year}年" if other_year else ""
        weekday = _WEEKDAYS_ZH[local.weekday()]
        return f"{year}{local.month}月{local.day}日（周{weekday}）{clock}"
    year = f" {local.year}" if other_year else ""
    day = f"{_WEEKDAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}"
    return f"{clock} {day}{year}"


def day(at: datetime) -> str:
    """Return the day of an instant as letters are dated: `2026年11月26日`, `26 Nov 2026`."""
    local = timezone.localtime(at)
    if speaks_chinese():
        return f"{local.year}年{local.month}月{local.day}日"
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}"


def working_days(number: int) -> str:
    """Return a number of working days in words: `5个工作日`, `5 working days`."""
    return ngettext("%(n)s working day", "%(n)s working days", number) % {"n": number}


def span(value: Span) -> str:
    """Return a span of a policy in words: `5个工作日`, `5 working days`."""
    words = {
        SpanUnit.MINUTES: ngettext("%(n)s minute", "%(n)s minutes", value.amount),
        SpanUnit.HOURS: ngettext("%(n)s hour", "%(n)s hours", value.amount),
        SpanUnit.DAYS: ngettext("%(n)s day", "%(n)s days", value.amount),
        SpanUnit.WORKING_HOURS: ngettext("%(n)s working hour", "%(n)s working hours", value.amount),
        SpanUnit.WORKING_DAYS: ngettext("%(n)s working day", "%(n)s working days", value.amount),
    }
    return words[value.unit] % {"n": value.amount}


def year(start: date) -> str:
    """Return the year of a day as a period: `2026年`, `2026`."""
    return f"{start.year}年" if speaks_chinese() else str(start.year)


def month_and_year(start: date) -> str:
    """Return the month of a day as a period: `2026年11月`, `Nov 2026`."""
    if speaks_chinese():
        return f"{start.year}年{start.month}月"
    return f"{_MONTHS[start.month - 1]} {start.year}"

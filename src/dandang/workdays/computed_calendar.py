"""Calendars computed from the rules of the `holidays` package, for any country it knows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from functools import lru_cache
from importlib.metadata import version

from dandang.workdays.model import ONE_DAY, CalendarData, Notice, Slot
from dandang.workdays.work_calendar import WorkCalendar

# A neutral default, to be replaced by the body's own hours.
OFFICE_HOURS = (Slot(time(9), time(17)),)
YEARS = (2000, 2050)


def computed(
    country: str,
    subdivision: str = "",
    *,
    time_zone: str,
    slots: tuple[Slot, ...] = OFFICE_HOURS,
    years: tuple[int, int] = YEARS,
    notices: Iterable[Notice] = (),
) -> WorkCalendar:
    """Return the calendar of a country (ISO 3166-1) or of its subdivision (ISO 3166-2).

    Its holidays are computed, observed days included, not published: its data are marked
    `provisional`, but strict calls answer within the first and last of `years`. Notices of the
    operator go on top. The version names the rules and a digest of all data; the same arguments
    give the same calendar object. Raises ValueError for places whose holidays are not known.
    """
    return _calendar(country, subdivision, time_zone, slots, years, tuple(notices))


@lru_cache(maxsize=32)
def _calendar(
    country: str,
    subdivision: str,
    time_zone: str,
    slots: tuple[Slot, ...],
    years: tuple[int, int],
    notices: tuple[Notice, ...],
) -> WorkCalendar:
    weekend, notice = _computed_notice(country, subdivision, years)
    data = CalendarData(
        name=f"{country}-{subdivision}".rstrip("-").lower(),
        version="",
        time_zone=time_zone,
        slots=slots,
        notices=(notice, *notices),
        weekend=weekend,
        provisional=True,
    )
    rules = notice.source.replace(" ", "-")
    return WorkCalendar(replace(data, version=f"{rules}.{data.digest()[:12]}"))


def _computed_notice(
    country: str, subdivision: str, years: tuple[int, int]
) -> tuple[frozenset[int], Notice]:
    """Return the country's present weekend and, as one notice, every day that differs from it.

    That includes days of years that had another weekend and working days moved to weekends.
    """
    import holidays  # noqa: PLC0415 slow to import, and only computed calendars need it

    span = range(years[0], years[1] + 1)
    try:
        known = holidays.country_holidays(country, subdivision or None, years=span)
    except NotImplementedError as error:
        raise ValueError(f"no holidays are known for {country} {subdivision}".rstrip()) from error
    weekend = frozenset(int(weekday) for weekday in known.weekend)
    first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    days = [first + ONE_DAY * n for n in range((last - first).days + 1)]
    worked = frozenset(day for day in days if known.is_working_day(day))
    by_week = frozenset(day for day in days if day.weekday() not in weekend)
    notice = Notice(
        source=f"holidays {version('holidays')}",
        published=date.min,  # rules were always known; every real notice comes after them
        first=first,
        last=last,
        working=worked - by_week,
        rest=by_week - worked,
    )
    return weekend, notice

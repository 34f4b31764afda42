"""The calendar of the People's Republic of China, from the notices of the State Council's office.

The days come from the `chinese_calendar` package (read when first asked for); the dates of
publication, and what three later notices changed, from the notices themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cache, lru_cache

from dandang.workdays.model import ONE_DAY, CalendarData, Notice, Slot
from dandang.workdays.work_calendar import WorkCalendar

# Eight hours a day (State Council Decree 146, art. 3). No national rule sets the hours of the
# day, they are local: this is a neutral default, to be replaced by the body's own.
OFFICE_HOURS = (Slot(time(9), time(12)), Slot(time(13), time(18)))

# When the notice for the year was published (its own date, or that of the government's site). A
# year that is missing here (2004 and 2005, whose dates are not established, and years newer than
# this table) counts as published on 1 October before it: earlier than any notice ever was, so
# that an operator's notice for the same year prevails.
_PUBLISHED = {
    2006: date(2005, 12, 16),
    2007: date(2006, 12, 14),
    2008: date(2007, 12, 18),
    2009: date(2008, 12, 10),
    2010: date(2009, 12, 8),
    2011: date(2010, 12, 10),
    2012: date(2011, 12, 6),
    2013: date(2012, 12, 10),
    2014: date(2013, 12, 11),
    2015: date(2014, 12, 16),
    2016: date(2015, 12, 10),
    2017: date(2016, 12, 1),
    2018: date(2017, 11, 30),
    2019: date(2018, 12, 6),
    2020: date(2019, 11, 21),
    2021: date(2020, 11, 25),
    2022: date(2021, 10, 25),
    2023: date(2022, 12, 8),
    2024: date(2023, 10, 25),
    2025: date(2024, 11, 12),
    2026: date(2025, 11, 4),
}

# The notice for 2006 makes Saturday 31 December 2005 a working day; chinese_calendar 1.11 lacks
# it (国办发明电〔2005〕35号, first item).
_MISSING_WORKING = {2006: {date(2005, 12, 31)}}

_NEW_YEAR, _DECEMBER = "New Year's Day", 12


@dataclass(frozen=True, slots=True)
class _Amendment:
    """A notice that changed days during the year, and what the year's own notice said of them."""

    source: str
    published: date
    first: date
    last: date
    working_before: frozenset[date] = frozenset()
    rest_before: frozenset[date] = frozenset()

    @property
    def days(self) -> frozenset[date]:
        count = (self.last - self.first).days + 1
        return frozenset(self.first + ONE_DAY * n for n in range(count))


_AMENDMENTS = (
    _Amendment(
        "国务院关于中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日调休放假的通知",
        published=date(2015, 5, 13),
        first=date(2015, 9, 3),
        last=date(2015, 9, 6),
    ),
    _Amendment(
        "国务院办公厅关于调整2019年劳动节假期安排的通知",
        published=date(2019, 3, 22),
        first=date(2019, 4, 28),
        last=date(2019, 5, 5),
        rest_before=frozenset({date(2019, 5, 1)}),
    ),
    _Amendment(
        "国务院办公厅关于延长2020年春节假期的通知",
        published=date(2020, 1, 27),
        first=date(2020, 1, 31),
        last=date(2020, 2, 2),
        working_before=frozenset({date(2020, 2, 1)}),
    ),
)


def china(
    notices: Iterable[Notice] = (), *, slots: tuple[Slot, ...] = OFFICE_HOURS
) -> WorkCalendar:
    """Return the calendar `cn` (Asia/Shanghai), with the operator's own notices on top.

    Strict calls know the years of `chinese_calendar` and of the notices. The version names the
    horizon and a digest of all data. The same arguments give the same calendar object; building
    one takes a noticeable part of a second.
    """
    return _calendar(tuple(notices), slots)


@lru_cache(maxsize=8)
def _calendar(notices: tuple[Notice, ...], slots: tuple[Slot, ...]) -> WorkCalendar:
    data = CalendarData(
        name="cn",
        version="",
        time_zone="Asia/Shanghai",
        slots=slots,
        notices=(*_published(), *notices),
    )
    return WorkCalendar(replace(data, version=f"{data.horizon}.{data.digest()[:12]}"))


@cache
def _published() -> tuple[Notice, ...]:
    """All notices that `chinese_calendar` knows, as they were published."""
    # The package ships no types.
    from chinese_calendar import constants  # type: ignore[import-untyped]  # noqa: PLC0415 a seed

    working, rest = _by_year(constants.workdays), _by_year(constants.holidays)
    for year, days in _MISSING_WORKING.items():
        working[year] |= days
    now = [_notice(year, working.get(year, set()), days) for year, days in sorted(rest.items())]
    amending = (_amending(amendment, now) for amendment in _AMENDMENTS)
    return (*(_as_published(notice) for notice in now), *amending)


def _by_year(names: Mapping[date, str]) -> dict[int, set[date]]:
    """Group days by the year whose notice names them: New Year may reach back into December."""
    years: dict[int, set[date]] = {}
    for day, name in names.items():
        early = day.month == _DECEMBER and name == _NEW_YEAR
        years.setdefault(day.year + early, set()).add(day)
    return years


def _notice(year: int, working: set[date], rest: set[date]) -> Notice:
    return Notice(
        source=f"国务院办公厅关于{year}年部分节假日安排的通知",
        published=_PUBLISHED.get(year, date(year - 1, 10, 1)),
        first=min(date(year, 1, 1), *working, *rest),
        last=date(year, 12, 31),
        working=frozenset(working),
        rest=frozenset(rest),
    )


def _amending(amendment: _Amendment, now: list[Notice]) -> Notice:
    """Return the amending notice: the days of its range as they are now."""
    days = amendment.days
    return Notice(
        source=amendment.source,
        published=amendment.published,
        first=amendment.first,
        last=amendment.last,
        working=frozenset(day for notice in now for day in notice.working & days),
        rest=frozenset(day for notice in now for day in notice.rest & days),
    )


def _as_published(notice: Notice) -> Notice:
    """Return the year's notice as it was before it was amended."""
    for amendment in _AMENDMENTS:
        if amendment.first.year == notice.last.year:
            working = (notice.working - amendment.days) | amendment.working_before
            rest = (notice.rest - amendment.days) | amendment.rest_before
            return replace(notice, working=working, rest=rest)
    return notice

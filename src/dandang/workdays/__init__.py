"""Which days and hours count: working calendars as versioned data. Pure; files are read apart."""

from dandang.workdays.china_calendar import china
from dandang.workdays.computed_calendar import computed
from dandang.workdays.model import (
    BeyondCalendar,
    CalendarData,
    DayKind,
    Moment,
    Notice,
    Slot,
)
from dandang.workdays.notice_file import load_notice, read_notice, write_notice
from dandang.workdays.work_calendar import WorkCalendar

__all__ = [
    "BeyondCalendar",
    "CalendarData",
    "DayKind",
    "Moment",
    "Notice",
    "Slot",
    "WorkCalendar",
    "china",
    "computed",
    "load_notice",
    "read_notice",
    "write_notice",
]

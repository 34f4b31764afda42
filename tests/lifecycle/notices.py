"""A notice for 2027, as it may come: for stories of clocks that reach into a year unpublished."""

from datetime import date, datetime, timedelta

from dandang.workdays import Notice
from tests import town

DECEMBER = datetime(2026, 12, 21, 1, 0, tzinfo=town.MONDAY.tzinfo)
"""Monday 21 December 2026, 9:00 in Jiangcheng: ten working days on there is no calendar."""

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)


def days(first: date, last: date) -> frozenset[date]:
    return frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))


FOR_2027 = Notice(
    source="国务院办公厅关于2027年部分节假日安排的通知",
    published=date(2026, 12, 22),
    first=FIRST,
    last=LAST,
    working=frozenset({date(2027, 1, 9), date(2027, 1, 31), date(2027, 2, 20)}),
    rest=days(date(2027, 1, 1), date(2027, 1, 3)) | days(date(2027, 2, 5), date(2027, 2, 12)),
)

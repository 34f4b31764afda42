"""How late something is, or how long there still is, in working days."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from dandang.interfaces.desk.urgency import lateness
from tests import town

FRIDAY_NOON = datetime(2026, 10, 16, 4, 0, tzinfo=UTC)
"""12:00 in Jiangcheng."""


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (timedelta(days=-11), "overdue by 8 working days"),  # after a week of rest
        (timedelta(days=-1), "overdue by 1 working day"),
        (timedelta(hours=-1), "overdue by less than a working day"),
        (timedelta(hours=1), "less than a working day left"),
        (timedelta(days=2), "less than a working day left"),  # Sunday
        (timedelta(days=3), "1 working day left"),
        (timedelta(days=10), "6 working days left"),
        (timedelta(days=-4500), "overdue by 3"),  # a matter twelve years old
        (timedelta(days=700), "working days left"),  # beyond every notice
        (timedelta(days=365 * 100), "not due yet"),  # beyond every calendar
        (timedelta(days=-365 * 100), "overdue"),
    ],
)
def test_how_late_it_is_in_working_days(due, words):
    with override("en"):
        assert words in lateness(FRIDAY_NOON + due, FRIDAY_NOON, town.calendar())


def test_lateness_in_chinese():
    with override("zh-hans"):
        days = lateness(FRIDAY_NOON - timedelta(days=1), FRIDAY_NOON, town.calendar())
        left = lateness(FRIDAY_NOON + timedelta(hours=1), FRIDAY_NOON, town.calendar())
    assert (days, left) == ("已超期1个工作日", "不足1个工作日")

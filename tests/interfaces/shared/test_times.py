"""Dates, times and spans read naturally in both languages, in the body's own time."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from dandang.interfaces.shared.words.times import day, moment, span, stamp, working_days
from dandang.policy import Span

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 1, 3, 16, 30, tzinfo=UTC)


def test_a_table_shows_local_time_without_words():
    assert stamp(THURSDAY) == "2026-11-26 17:00"


@pytest.mark.parametrize(
    ("at", "language", "words"),
    [
        (THURSDAY, "zh-hans", "11月26日（周四）17:00"),
        (THURSDAY, "en", "17:00 Thu 26 Nov"),
        (NEXT_YEAR, "zh-hans", "2027年1月4日（周一）00:30"),
        (NEXT_YEAR, "en", "00:30 Mon 4 Jan 2027"),
    ],
)
def test_a_sentence_names_the_day_and_the_year_only_when_it_is_another(at, language, words):
    with override(language):
        assert moment(at, NOW) == words


def test_a_letter_is_dated_with_day_and_year():
    with override("zh-hans"):
        assert day(NEXT_YEAR) == "2027年1月4日"
    with override("en"):
        assert day(NEXT_YEAR) == "4 Jan 2027"


def test_working_days_are_counted_in_words():
    with override("en"):
        assert (working_days(1), working_days(12)) == ("1 working day", "12 working days")
    with override("zh-hans"):
        assert working_days(12) == "12个工作日"


@pytest.mark.parametrize(
    ("written", "english", "chinese"),
    [
        ("30 min", "30 minutes", "30分钟"),
        ("1 h", "1 hour", "1小时"),
        ("4 working hours", "4 working hours", "4个工作小时"),
        ("1 working day", "1 working day", "1个工作日"),
        ("15 days", "15 days", "15天"),
    ],
)
def test_a_span_of_a_policy_is_said_in_words(written, english, chinese):
    with override("en"):
        assert span(Span.parse(written)) == english
    with override("zh-hans"):
        assert span(Span.parse(written)) == chinese

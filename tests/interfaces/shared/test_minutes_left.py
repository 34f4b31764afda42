"""How many minutes a clock has left, for those who calculate with it."""

from datetime import UTC, datetime, timedelta

import pytest

from dandang.interfaces.shared.clocks import minutes_left
from dandang.policy import ClockName
from dandang.terms import Due
from tests import town

NINE = town.MONDAY
FRIDAY_NOON = datetime(2026, 10, 16, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_at", "now", "minutes"),
    [
        (NINE + timedelta(minutes=90), NINE, 90),
        (NINE + timedelta(hours=6), NINE, 300),  # without the lunch break
        (FRIDAY_NOON + timedelta(days=3), FRIDAY_NOON, 480),  # over a weekend
        (NINE, NINE + timedelta(hours=1), -60),
        (NINE, NINE + timedelta(seconds=30), 0),
        (datetime(2090, 1, 1, tzinfo=UTC), NINE, None),
    ],
)
def test_working_time_that_is_left(due_at, now, minutes):
    due = Due(ClockName.TOTAL, due_at)
    assert minutes_left(due, "ordinary", town.policy(), town.calendar(), now) == minutes


def test_elapsed_time_that_is_left():
    due = Due(ClockName.TOTAL, FRIDAY_NOON + timedelta(days=3))
    left = minutes_left(due, "emergency", town.policy(), town.calendar(), FRIDAY_NOON)
    assert left == 3 * 24 * 60

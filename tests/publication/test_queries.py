"""What is asked for costs the same whatever is behind it, and shows nothing small."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dandang.lifecycle.states import State
from dandang.publication.figures import queries
from dandang.publication.figures.shapes import ALL, WHOLE_TIME, Dimension, Period, Slice
from tests import town
from tests.publication.city import done, imports, judges, later, sends
from tests.publication.counting import catch_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jiangcheng():
    town.build()


def statements(ask) -> int:
    ask()
    with CaptureQueriesContext(connection) as found:
        ask()
    return len([one for one in found if "figures_" in one["sql"]])


def test_a_page_is_read_by_keys_alone_in_one_statement():
    for area in ("hudong", "qingshan", ""):
        for _ in range(4):
            sends(area=area)
    catch_up(later())
    for ask in (
        lambda: queries.board(ALL, WHOLE_TIME, later()),
        lambda: queries.breakdown(Dimension.AREA, WHOLE_TIME, later()),
        lambda: queries.months(ALL, later()),
    ):
        assert statements(ask) == 1
    assert statements(lambda: queries.week(later())) == 2


def test_the_values_of_a_dimension_stand_in_the_order_of_the_register():
    for category in ("water_supply", "city_appearance", ""):
        for _ in range(10):
            sends(category=category, area="hudong")
    catch_up(later())
    found = queries.breakdown(Dimension.CATEGORY, WHOLE_TIME, later())
    values = [one.slice.value for one in found.lines]
    order = list(town.policy().categories)
    assert values[-1] == ""
    assert values[:-1] == sorted(values[:-1], key=order.index)
    assert found.total.received == 30
    units = queries.breakdown(Dimension.UNIT, WHOLE_TIME, later()).lines
    assert [one.slice.value for one in units] == sorted(one.slice.value for one in units)


def test_an_area_holds_what_is_below_it():
    for _ in range(10):
        sends()
    for _ in range(10):
        sends(area="qingshan")
    catch_up(later())
    found = {
        one.slice.value: one.received
        for one in queries.breakdown(Dimension.AREA, WHOLE_TIME, later()).lines
    }
    assert found == {"city": 20, "hudong": 10, "qingshan": 10}


def test_of_an_area_with_few_cases_nothing_is_told_and_all_of_the_others():
    for _ in range(20):
        sends()
    for _ in range(3):
        sends(area="qingshan")
    catch_up(later())
    found = {
        one.slice.value: one.received
        for one in queries.breakdown(Dimension.AREA, WHOLE_TIME, later()).lines
    }
    assert found == {"city": 23, "hudong": 20, "qingshan": None}
    board = queries.board(Slice(Dimension.AREA, "qingshan"), WHOLE_TIME, later())
    assert board.received is None


def test_every_end_is_told_and_waits_by_class_and_channel():
    for _ in range(10):
        judges(done(), "solved")
    for number in range(10):
        imports(str(number))
    catch_up(later())
    found = queries.board(ALL, WHOLE_TIME, later())
    assert {one.state: one.cases for one in found.ends}[State.SOLVED] == 10
    assert (found.imported_ends, found.ended, found.received) == (10, 10, 20)
    assert found.resolution.percent == 100
    (by_class,), (by_channel,) = found.waits_by_class, found.waits_by_channel
    assert (by_class.code, by_class.cases, by_class.half.hours) == ("utilities", 10, 1)
    assert by_channel.code == "web"


def test_months_come_without_a_gap_and_end_with_the_present_one():
    for _ in range(10):
        sends()
    catch_up(later(days=31))
    lines = queries.months(ALL, later(days=31)).lines
    assert [one.received for one in lines[-3:]] == [0, 10, 0]
    assert lines[-1].period == Period.month(date(2026, 11, 1))
    assert len({one.period for one in lines}) == len(lines) == 24


def test_what_happened_longer_ago_than_is_told_is_not_shown_as_nothing():
    sends()
    catch_up(later())
    old = Period.month(date(2020, 1, 1))
    assert queries.board(ALL, old, later()).received is None
    assert queries.board(ALL, Period.year(date(2020, 1, 1)), later()).received == 0


def test_the_last_seven_days_are_those_of_the_calendar():
    for day in range(12):
        judges(done(later(days=day)), "solved", later(days=day))
        sends(later(days=day))
    catch_up(later(days=11))
    found = queries.week(later(days=11))
    assert (found.received, found.ended, found.solved, found.open) == (14, None, None, 12)


def test_before_anything_was_counted_nothing_is_shown():
    sends()
    found = queries.board(ALL, WHOLE_TIME, later())
    assert (found.received, found.ended, found.response.percent) == (None, None, None)
    assert {one.cases for one in found.ends} == {None}
    week = queries.week(later())
    assert (week.received, week.ended, week.solved, week.open) == (None, None, None, None)
    assert queries.breakdown(Dimension.UNIT, WHOLE_TIME, later()).lines == ()

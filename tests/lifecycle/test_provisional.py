"""Laws of provisional due times: laid out again once, forward only, when the notice is there."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dandang.lifecycle.deadlines.provisional import laid_again, notice_about, settled
from dandang.lifecycle.deadlines.rules import end_of
from dandang.policy import ClockName, Span
from dandang.terms import Due
from dandang.workdays import Notice, WorkCalendar, china
from tests import town
from tests.lifecycle.notices import DECEMBER, FIRST, FOR_2027, LAST

HOUR = timedelta(hours=1)
SPANS = ("4 working hours", "2 working days", "10 working days", "15 working days")
MOMENTS = st.datetimes(
    datetime(2026, 12, 14),  # noqa: DTZ001 zone follows
    datetime(2026, 12, 31, 15),  # noqa: DTZ001 zone follows
    timezones=st.just(UTC),
)


@st.composite
def notices(draw: st.DrawFn) -> Notice:
    """Draw a notice for 2027 with some days off and some weekends worked in its first weeks."""
    first_weeks = st.frozensets(st.integers(0, 45), max_size=10)
    rest = draw(first_weeks.map(lambda some: frozenset(FIRST + timedelta(n) for n in some)))
    working = draw(first_weeks.map(lambda some: frozenset(FIRST + timedelta(n) for n in some)))
    return replace(FOR_2027, rest=rest, working=working - rest)


def _few_years() -> WorkCalendar:
    """Return the city's calendar for a few years, which is built faster."""
    data = town.calendar().data
    recent = tuple(one for one in data.notices if one.first.year >= 2026)
    return WorkCalendar(replace(data, years=(2026, 2029), notices=recent))


CALENDAR = _few_years()


def with_notice(notice: Notice = FOR_2027) -> WorkCalendar:
    """Return the calendar with a notice."""
    data = CALENDAR.data
    return WorkCalendar(replace(data, version="test", notices=(*data.notices, notice)))


def promised(span: str, start: datetime) -> Due:
    moment = end_of(Span.parse(span), start, CALENDAR)
    return Due(ClockName.TOTAL, moment.at, moment.provisional)


@given(notice=notices(), start=MOMENTS, span=st.sampled_from(SPANS), later=st.integers(0, 200))
def test_what_was_left_is_what_is_left(
    notice: Notice, start: datetime, span: str, later: int
) -> None:
    due, now = promised(span, start), start + later * HOUR
    assume(due.provisional and now < due.at)
    after = with_notice(notice)
    left = CALENDAR.working_time_between(now, due.at, provisional_ok=True)
    became = laid_again(due, CALENDAR, after, now)
    assert became == settled(due, after, now)
    assert not became.provisional
    assert became.at >= now
    assert after.working_time_between(now, became.at) == left


@given(notice=notices(), start=MOMENTS, span=st.sampled_from(SPANS), later=st.integers(0, 2000))
def test_it_is_laid_out_once_and_whatever_is_final_or_ran_out_stays(
    notice: Notice, start: datetime, span: str, later: int
) -> None:
    due, now = promised(span, start), start + later * HOUR
    after = with_notice(notice)
    became = settled(due, after, now)
    assert settled(became, after, now + HOUR) == became
    if not due.provisional:
        assert became is due
    elif due.at <= now:
        assert became == replace(due, provisional=False)


@given(start=MOMENTS, span=st.sampled_from(SPANS), paused=st.booleans(), missed=st.booleans())
def test_the_same_calendar_moves_nothing_and_nothing_but_the_time_changes(
    start: datetime, span: str, *, paused: bool, missed: bool
) -> None:
    due = replace(promised(span, start), paused=paused, missed=missed)
    assert laid_again(due, CALENDAR, CALENDAR, start) == due
    became = settled(due, with_notice(), start)
    assert replace(became, at=due.at, provisional=due.provisional) == due


def test_the_days_off_of_the_new_year_are_given_back_and_make_up_days_are_counted() -> None:
    due = promised("10 working days", DECEMBER)
    # Eight more working days of 2026, then the first two of 2027 by the week: 1 and 4 January.
    assert due == Due("total", datetime(2027, 1, 4, 10, tzinfo=UTC), provisional=True)
    became = settled(due, with_notice(), DECEMBER)
    # 1 January is off, so that 4 and 5 January count.
    assert became == Due("total", datetime(2027, 1, 5, 10, tzinfo=UTC))


def test_what_lies_beyond_the_notice_waits_for_the_next_one() -> None:
    due = promised("400 working days", DECEMBER)
    assert settled(due, with_notice(), DECEMBER) is due
    half = replace(FOR_2027, last=date(2027, 1, 3), working=frozenset(), rest=frozenset({FIRST}))
    beyond = promised("10 working days", DECEMBER)
    assert settled(beyond, with_notice(half), DECEMBER) is beyond


def test_what_a_notice_pushes_beyond_itself_stays_provisional() -> None:
    half = replace(
        FOR_2027, last=date(2027, 1, 4), working=frozenset(), rest=frozenset({date(2027, 1, 1)})
    )
    became = settled(promised("10 working days", DECEMBER), with_notice(half), DECEMBER)
    assert became == Due("total", datetime(2027, 1, 5, 10, tzinfo=UTC), provisional=True)
    again = settled(became, with_notice(half), DECEMBER + HOUR)
    assert again is became


def test_an_amendment_counts_with_the_notice_it_amends() -> None:
    amendment = replace(
        FOR_2027,
        source="An amendment",
        published=date(2026, 12, 28),
        first=date(2027, 1, 4),
        last=date(2027, 1, 5),
        working=frozenset(),
        rest=frozenset({date(2027, 1, 4)}),
    )
    data = with_notice().data
    both = WorkCalendar(replace(data, notices=(*data.notices, amendment)))
    became = settled(promised("10 working days", DECEMBER), both, DECEMBER)
    assert became.at == datetime(2027, 1, 6, 10, tzinfo=UTC)
    assert notice_about(both, became.at).source == FOR_2027.source
    assert notice_about(both, became.at - timedelta(days=1)).source == "An amendment"
    assert notice_about(CALENDAR, became.at) is None


def test_a_time_at_midnight_belongs_to_the_day_that_ends_there() -> None:
    midnight = datetime(2028, 1, 1, tzinfo=CALENDAR.time_zone).astimezone(UTC)
    due = Due("total", midnight, provisional=True)
    became = settled(due, with_notice(), midnight - timedelta(days=2))
    assert became == Due("total", datetime(2027, 12, 31, 10, tzinfo=UTC))


def test_a_time_that_lies_outside_working_hours_anyway_stays_where_it_is() -> None:
    sunday = datetime(2027, 1, 3, 4, tzinfo=UTC)
    due = Due("total", sunday, provisional=True)
    now = sunday - HOUR
    assert laid_again(due, CALENDAR, with_notice(), now) == Due("total", sunday)


@pytest.mark.parametrize("due", [Due("total", None), Due("total", DECEMBER)])
def test_a_stopped_clock_and_a_final_one_are_left_alone(due: Due) -> None:
    assert laid_again(due, CALENDAR, with_notice(), DECEMBER) is due
    assert settled(due, with_notice(), DECEMBER) is due


def test_china_with_the_notice_is_the_calendar_of_these_stories() -> None:
    assert china([FOR_2027]).horizon == LAST

"""What holds for every calendar, however strange: random slots, weeks, notices and zones."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given, reject
from hypothesis import strategies as st

from dandang.workdays import BeyondCalendar, CalendarData, Notice, WorkCalendar
from tests.workdays.strategies import FIRST, LAST, calendars, calendars_and_instants

SECOND = timedelta(seconds=1)
AMOUNTS = st.timedeltas(timedelta(), timedelta(hours=200))
PAUSES = st.timedeltas(timedelta(), timedelta(days=20))


def answer(method, *arguments):
    """The answer with provisional days allowed; examples that leave the table are no use."""
    try:
        return method(*arguments, provisional_ok=True)
    except BeyondCalendar:
        return reject()


@given(calendars_and_instants(), st.integers(1, 40))
def test_the_due_day_is_a_working_day_with_exactly_n_working_days_on_the_way(pair, n):
    # Where no clock changes; days with a change are counted minute by minute elsewhere.
    data, start = replace(pair[0], time_zone="Asia/Shanghai"), pair[1]
    calendar = WorkCalendar(data)
    due = answer(calendar.add_working_days, start, n).at
    last_day = calendar.local_date(due - SECOND)
    assert calendar.is_working_day(last_day, provisional_ok=True)
    began = calendar.local_date(start)
    assert calendar.working_days_between(began, last_day, provisional_ok=True) == n


@given(calendars_and_instants(), AMOUNTS)
def test_adding_working_time_and_measuring_it_gives_the_amount_back(pair, amount):
    data, start = pair
    calendar = WorkCalendar(data)
    due = answer(calendar.add_working_time, start, amount).at
    assert answer(calendar.working_time_between, start, due) == amount
    if amount:
        just_before = due - timedelta(microseconds=1)
        assert answer(calendar.working_time_between, start, just_before) < amount


@given(calendars_and_instants(), PAUSES, AMOUNTS, st.integers(0, 40))
def test_who_starts_later_is_never_due_earlier(pair, pause, amount, n):
    data, start = pair
    calendar = WorkCalendar(data)
    later = start + pause
    by_time = answer(calendar.add_working_time, start, amount).at
    by_days = answer(calendar.add_working_days, start, n).at
    assert start <= by_time <= answer(calendar.add_working_time, later, amount).at
    assert start <= by_days <= answer(calendar.add_working_days, later, n).at


@given(calendars_and_instants(), AMOUNTS, AMOUNTS, st.integers(0, 40))
def test_more_is_never_due_earlier(pair, amount, more, n):
    data, start = pair
    calendar = WorkCalendar(data)
    due = answer(calendar.add_working_time, start, amount).at
    assert due <= answer(calendar.add_working_time, start, amount + more).at
    by_days = answer(calendar.add_working_days, start, n).at
    assert by_days <= answer(calendar.add_working_days, start, n + 1).at


@given(calendars_and_instants(), AMOUNTS, AMOUNTS)
def test_working_time_added_in_two_steps_is_working_time_added_at_once(pair, first, second):
    data, start = pair
    calendar = WorkCalendar(data)
    at_once = answer(calendar.add_working_time, start, first + second).at
    between = answer(calendar.add_working_time, start, first).at
    assert answer(calendar.add_working_time, between, second).at == at_once


@given(calendars_and_instants(), PAUSES, PAUSES)
def test_working_time_adds_up_over_neighbouring_spans_and_never_exceeds_the_clock(pair, one, two):
    data, a = pair
    calendar = WorkCalendar(data)
    b, c = a + one, a + one + two
    first = answer(calendar.working_time_between, a, b)
    second = answer(calendar.working_time_between, b, c)
    assert first + second == answer(calendar.working_time_between, a, c)
    assert timedelta() <= first <= one


@given(calendars(), st.lists(st.dates(FIRST, LAST), min_size=3, max_size=3).map(sorted))
def test_working_days_add_up_over_neighbouring_spans(data, days):
    calendar = WorkCalendar(data)
    a, b, c = days
    first = calendar.working_days_between(a, b, provisional_ok=True)
    second = calendar.working_days_between(b, c, provisional_ok=True)
    assert calendar.working_days_between(a, c, provisional_ok=True) == first + second
    assert 0 <= first <= (b - a).days


@given(calendars_and_instants(), AMOUNTS, st.integers(0, 9), st.integers(-14 * 60, 14 * 60))
def test_the_zone_an_instant_is_given_in_does_not_matter_and_answers_are_utc(
    pair, amount, n, offset
):
    data, start = pair
    calendar = WorkCalendar(data)
    elsewhere = start.astimezone(timezone(timedelta(minutes=offset)))
    by_time = answer(calendar.add_working_time, start, amount)
    assert calendar.add_working_time(elsewhere, amount, provisional_ok=True) == by_time
    by_days = answer(calendar.add_working_days, start, n)
    assert calendar.add_working_days(elsewhere, n, provisional_ok=True) == by_days
    assert by_time.at.tzinfo is UTC
    assert by_days.at.tzinfo is UTC


def _with_the_rest_of_time_off(data: CalendarData) -> CalendarData:
    """The same calendar after a notice that makes every day without one a day of rest."""
    first, last = data.covered or (date.max, date.min)
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    off = frozenset(day for day in days if not first <= day <= last)
    everything = Notice("the rest of time", date.min, FIRST, LAST, rest=off)
    kept = tuple(n for n in data.notices if n.first <= last and n.last >= first)
    return replace(data, notices=(everything, *kept))


@given(calendars_and_instants(), AMOUNTS, st.integers(0, 9))
def test_strict_and_provisional_calls_agree_and_only_final_answers_pass_the_strict(pair, amount, n):
    data, start = pair
    calendar = WorkCalendar(data)
    later = WorkCalendar(_with_the_rest_of_time_off(data))
    for method, other, argument in (
        (calendar.add_working_time, later.add_working_time, amount),
        (calendar.add_working_days, later.add_working_days, n),
    ):
        moment = answer(method, start, argument)
        try:
            strict = method(start, argument)
        except BeyondCalendar:
            assert moment.provisional
        else:
            assert strict == moment
            assert not moment.provisional
            assert other(start, argument).at == moment.at


@given(calendars(), st.timedeltas(timedelta(days=-40), timedelta(days=770)))
def test_no_call_answers_outside_the_years_of_the_data(data, since):
    calendar = WorkCalendar(data)
    instant = datetime(FIRST.year, 1, 1, tzinfo=UTC) + since
    inside = FIRST.year <= instant.astimezone(calendar.time_zone).year <= LAST.year
    try:
        calendar.working_time_between(instant, instant, provisional_ok=True)
    except BeyondCalendar:
        assert not inside
    else:
        assert inside

"""Laws and stories of the clocks: what is promised at each event."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.states import State
from dandang.policy import ClockName, Span
from dandang.terms import Actor
from tests import town
from tests.lifecycle.story import MRS_LIU, Story

MOMENTS = st.datetimes(datetime(2026, 1, 5), datetime(2027, 3, 1)).map(  # noqa: DTZ001 zone follows
    lambda naive: naive.replace(tzinfo=town.MONDAY.tzinfo)
)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("15 min", timedelta(minutes=15)),
        ("24 h", timedelta(hours=24)),
        ("30 days", timedelta(days=30)),
    ],
)
def test_minutes_hours_and_days_elapse(span: str, expected: timedelta) -> None:
    moment = end_of(Span.parse(span), town.MONDAY, town.calendar())
    assert moment.at - town.MONDAY == expected
    assert not moment.provisional


@given(start=MOMENTS, hours=st.integers(1, 40))
def test_working_hours_are_working_time(start: datetime, hours: int) -> None:
    moment = end_of(Span.parse(f"{hours} working hours"), start, town.calendar())
    worked = town.calendar().working_time_between(start, moment.at, provisional_ok=True)
    assert worked == timedelta(hours=hours)


def test_beyond_the_published_calendar_a_promise_is_provisional_and_opening_succeeds() -> None:
    story = Story(now=datetime(2026, 12, 30, tzinfo=town.MONDAY.tzinfo)).opens("city_appearance")
    assert story.case.total.provisional
    assert story.case.clocks["total"].provisional
    assert not story.case.clocks["accept"].provisional


def test_each_class_promises_its_own_time() -> None:
    urgent = Story().opens("water_supply").case
    ordinary = Story().opens("city_appearance").case
    classes = town.policy().classes
    for case in (urgent, ordinary):
        span = classes[case.case_class].clocks[ClockName.TOTAL]
        assert case.total.at == end_of(span, case.counts_from, town.calendar()).at
    assert urgent.total.at < ordinary.total.at


def test_what_happens_now_is_more_urgent_than_its_category() -> None:
    plain = Story().opens("city_appearance").case
    now = Story().opens("city_appearance", happening_now=True).case
    assert now.case_class == "happening_now"
    assert now.clocks["accept"].at < plain.clocks["accept"].at


def test_a_new_holder_has_what_is_left_and_at_least_one_working_day() -> None:
    story = Story().opens("city_appearance")
    assert story.case.clocks["resolution"].at == story.case.total.at
    story.after(days=20).does(
        "hand-over",
        town.CAO_LEI,
        to_post="qingshan-duty",
        reason="not_our_duty",
        text="Theirs",
        basis="Duty list 9",
    )
    assert story.case.clocks["resolution"].at > story.now
    assert story.case.clocks["total"].at < story.now


@given(wait=st.integers(0, 200), before=st.integers(0, 60), minutes=st.integers(0, 59))
def test_a_question_gives_the_unit_back_the_working_time_it_waited_up_to_the_limit(
    wait: int, before: int, minutes: int
) -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    story.after(hours=before, seconds=minutes)
    due = story.case.clocks["resolution"].at
    story.does("ask", town.CAO_LEI, missing="Gate", text="Which gate?").after(hours=wait)
    asked, allowed = (
        story.case.asked_at,
        end_of(Span.parse("3 working days"), story.case.asked_at, town.calendar()).at,
    )
    story.does("answer", MRS_LIU, text="The east gate")
    given_back = town.calendar().working_time_between(due, story.case.clocks["resolution"].at)
    waited = town.calendar().working_time_between(asked, min(story.now, allowed))
    assert abs(given_back - waited) <= timedelta(minutes=1)


def test_a_case_that_moves_on_while_it_waits_closes_its_question() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    story.does("ask", town.CAO_LEI, missing="Gate", text="Which gate?").after(hours=2)
    story.does(
        "hand-over",
        town.CAO_LEI,
        to_post="qingshan-duty",
        reason="not_our_duty",
        text="Theirs",
        basis="Duty list 9",
    )
    assert story.names[-2:] == ["resumed", "handed_over"]
    assert (story.case.asked_at, story.case.waited_minutes) == (None, 120)


def test_a_clock_that_cannot_run_is_never_left_behind() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    story.does("propose", town.CAO_LEI, outcome="resolved", text="Clean").after(days=30)
    story.does("lapse", Actor.system())
    assert story.case.state is State.UNANSWERED
    assert not story.case.clocks


def test_the_next_due_is_what_somebody_has_to_do_not_a_right_that_ends() -> None:
    case = Story().opens("city_appearance").case
    kept = (ClockName.RETURN_WINDOW, ClockName.TOTAL)
    case = replace(case, clocks={name: case.clocks[name] for name in kept})
    assert case.clocks[ClockName.RETURN_WINDOW].at < case.clocks[ClockName.TOTAL].at
    assert case.next_due == case.clocks[ClockName.TOTAL]

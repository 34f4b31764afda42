"""Laws and stories of the clocks: what is promised at each event."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.deadlines.dues import dues_after
from dandang.lifecycle.deadlines.rules import Standing, Terms, end_of
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


def test_requesters_are_asked_from_when_the_result_can_be_seen() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    seen = story.now + timedelta(days=4)
    story.does("propose", town.CAO_LEI, outcome="resolved", text="Clean", confirm_not_before=seen)
    window = end_of(Span.parse("5 working days"), seen, town.calendar())
    assert story.case.clocks["judgement_window"].at == window.at


def test_a_parent_that_is_worked_on_again_has_a_step_clock_and_an_open_one_keeps_its_own() -> None:
    part = {"to_post": "qingshan-duty", "title": "A part", "text": "Yours"}
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    (child,) = story.does("split", town.ZHAO_MIN, **part).children()
    story.after(days=20).does("withdraw", MRS_LIU)
    child.now = story.now
    child.does("decline", town.ZHAO_MIN, reason="out_of_scope", basis="Rule 3", text="No")
    assert not story.case.is_open
    child.after(days=1).does("reopen", town.CHEN_HUI, text="It is ours")
    assert story.case.state is State.IN_PROGRESS
    due = story.case.clocks["resolution"]
    assert due.at == end_of(Span.parse("1 working day"), child.now, town.calendar()).at


def test_an_open_parent_keeps_its_step_clock_when_a_part_is_worked_on_again() -> None:
    part = {"to_post": "qingshan-duty", "title": "A part", "text": "Yours"}
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    (child,) = story.does("split", town.ZHAO_MIN, **part).children()
    due = story.case.clocks["resolution"]
    child.after(days=20).does(
        "decline", town.ZHAO_MIN, reason="out_of_scope", basis="Rule 3", text="No"
    )
    child.does("reopen", town.CHEN_HUI, text="It is ours")
    assert story.names[-1] == "child_reopened"
    assert story.case.clocks["resolution"] == due


def standing(story: Story, **changes: object) -> Standing:
    return replace(story.case.standing(), **changes)


def without(*names: ClockName) -> Terms:
    """Return an ordinary class that does not have these clocks."""
    plain = town.policy().classes["ordinary"]
    clocks = {name: span for name, span in plain.clocks.items() if name not in names}
    return Terms(replace(plain, clocks=clocks), town.calendar())


def test_a_clock_that_the_class_does_not_have_never_starts() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    before = standing(story)
    terms = without(ClockName.DISPUTE_DECISION)
    after = replace(before, state=State.DISPUTED)
    names = {due.clock for due in dues_after("dispute_raised", before, after, terms, story.now)}
    assert ClockName.DISPUTE_DECISION not in names


def test_a_holders_clock_stays_where_the_new_class_has_none_or_the_total_does_not_move() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    before = standing(story)
    after = replace(before, extended_days=3)
    moved = dues_after("extension_decided", before, after, without(ClockName.RESOLUTION), story.now)
    assert {due.clock for due in moved} == {ClockName.TOTAL, ClockName.LADDER}


def test_a_holder_has_at_least_the_least_time_when_the_deadline_comes_forward() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    before = standing(story)
    story.after(days=1)
    terms = Terms(town.policy().classes["ordinary"], town.calendar())
    for cap in (story.now - timedelta(hours=1), story.now + timedelta(days=2)):
        after = replace(before, cap=cap)
        dues = {
            due.clock: due.at for due in dues_after("total_moved", before, after, terms, story.now)
        }
        least = end_of(Span.parse("1 working day"), story.now, town.calendar()).at
        assert dues[ClockName.TOTAL] == cap
        assert dues[ClockName.RESOLUTION] == max(cap, least)


@given(hours=st.integers(0, 200), first=st.booleans())
def test_moving_the_deadline_away_and_back_gives_a_holder_nothing(
    hours: int, *, first: bool
) -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    if first:
        story.after(days=9)
        story.does(
            "hand-over",
            town.CAO_LEI,
            to_post="qingshan-duty",
            reason="other_area",
            text="Theirs",
            basis="Map",
        )
    story.after(hours=hours)
    terms = Terms(town.policy().classes["ordinary"], town.calendar())
    before = standing(story)
    earlier = replace(before, cap=story.now + timedelta(hours=1))
    dues = {due.clock: due for due in dues_after("total_moved", before, earlier, terms, story.now)}
    resolution = dues.get(ClockName.RESOLUTION, before.clocks[ClockName.RESOLUTION])
    assert resolution.at <= before.clocks[ClockName.RESOLUTION].at

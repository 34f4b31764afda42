"""What the rules do when the machine's clock is an hour off, or is put right by an hour."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.deadlines.rules import Route, Terms, spent_on
from dandang.lifecycle.states import State
from tests import town
from tests.lifecycle.at_water import at_water, due, in_days, worked
from tests.lifecycle.story import MRS_LIU, Story

HOUR = timedelta(hours=1)
JUMPS = st.timedeltas(-HOUR, HOUR)
LABOUR = {"article": "Art. 18", "body": "Labour inspection", "acceptance_number": "2026-77"}


def question(story: Story, jump: timedelta) -> None:
    story.does("ask", town.LI_NA, missing="photo", text="Which pipe?")
    story.now += jump
    story.does("answer", MRS_LIU, text="The long one")


def pause(story: Story, jump: timedelta) -> None:
    story.does(
        "pause",
        town.SUN_TAO,
        reason="bad_weather",
        condition="The warning is lifted",
        check_at=in_days(story, 2),
        text="The pit is full of water",
    )
    story.now += jump
    story.does("resume", town.SUN_TAO)


@given(jump=JUMPS)
@pytest.mark.parametrize("wait", [question, pause])
def test_a_wait_across_a_jump_costs_nobody_and_gives_at_most_the_jump(
    wait: Callable[[Story, timedelta], None], jump: timedelta
) -> None:
    story = at_water()
    total, step = story.case.total, due(story, "resolution")
    wait(story, jump)
    assert story.case.state is State.IN_PROGRESS
    assert story.case.total == total
    gained = worked(step, due(story, "resolution"))
    assert timedelta() <= gained <= max(timedelta(), jump) + timedelta(minutes=1)
    assert story.replayed() == story.case


@given(jump=JUMPS)
def test_a_legal_route_across_a_jump_gives_back_at_most_the_jump(jump: timedelta) -> None:
    story = Story().opens("unpaid_wages").does("accept", town.LUO_JING)
    total = due(story, "total")
    story.does(
        "ask-legal-route",
        town.LUO_JING,
        **LABOUR,
        due_at=in_days(story, 60),
        text="They must pay",
    )
    story.does("enter-legal-route", town.CHEN_HUI, text="Go on")
    story.now += jump
    story.does("leave-legal-route", town.LUO_JING, text="They have paid")
    assert timedelta() <= worked(total, due(story, "total")) <= max(timedelta(), jump)


def test_a_route_that_seems_to_end_before_it_began_took_no_time() -> None:
    case_class = town.policy().classes["ordinary"]
    terms = Terms(case_class, town.calendar())
    route = Route(entered_at=town.MONDAY, due_at=in_days(at_water(), 9), total_at=town.MONDAY)
    assert spent_on(route, terms, town.MONDAY - HOUR) == timedelta()
    assert spent_on(route.ended(town.MONDAY - HOUR), terms, town.MONDAY) == timedelta()
    assert spent_on(route, terms, town.MONDAY + HOUR) == HOUR


@given(jump=JUMPS)
def test_a_clock_is_due_when_it_was_said_however_the_machine_s_clock_jumps_later(
    jump: timedelta,
) -> None:
    story = at_water()
    before = dict(story.case.clocks)
    story.now += jump
    story.does("note", town.LI_NA, text="Seen")
    assert {name: one.at for name, one in story.case.clocks.items() if name in before} == {
        name: one.at for name, one in before.items()
    }

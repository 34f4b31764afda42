"""Stories and laws of extensions and promises: more time is decided by others, once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.states import Decision
from dandang.terms import Actor, Code
from tests import town
from tests.lifecycle.at_water import at_water, due, in_days
from tests.lifecycle.story import MRS_LIU, Story, refused

MORE_TIME = {
    "reason": "construction_time",
    "condition": "The pipe is laid",
    "text": "The whole street is dug up",
}
GRANTED = {"decision": "granted", "text": "Go on"}
REFUSED = {"decision": "refused", "text": "Hurry"}


def asked(days: int = 5) -> Story:
    return at_water().does("ask-extension", town.LI_NA, working_days=days, **MORE_TIME)


def offered(story: Story, by: str) -> set[str]:
    return {verb.name for verb in possible_verbs(story.facts(Actor.officer(by)))}


def later(story: Story, days: int) -> datetime:
    return town.calendar().add_working_days(due(story, "total"), days).at


def test_an_extension_is_asked_by_the_holder_and_decided_outside_the_unit() -> None:
    story = asked()
    total = due(story, "total")
    assert due(story, "extension_decision") == in_days(story, 1)
    for by in (town.LI_NA, town.SUN_TAO, town.WANG_QIANG):
        refused(Code.NOT_THE_DECIDING_OFFICE, story, "decide-extension", by, **GRANTED)
        assert "decide-extension" not in offered(story, by)
    assert "decide-extension" in offered(story, town.CHEN_HUI)
    expected = later(story, 5)
    story.does("decide-extension", town.CHEN_HUI, **GRANTED)
    assert due(story, "total") == story.case.total.at == expected > total
    assert due(story, "resolution") == expected
    assert "extension_decision" not in story.case.clocks
    assert town.CHEN_HUI in story.case.deciders


def test_the_deciding_office_may_grant_less_and_never_more_than_was_asked() -> None:
    story = asked(5)
    refused(Code.TOO_LATE, story, "decide-extension", town.CHEN_HUI, working_days=6, **GRANTED)
    refused(Code.VALUE_INVALID, story, "decide-extension", town.CHEN_HUI, working_days=0, **GRANTED)
    expected = later(story, 2)
    story.does("decide-extension", town.CHEN_HUI, working_days=2, **GRANTED)
    assert (due(story, "total"), story.case.extended_days) == (expected, 2)


def test_a_refused_extension_moves_nothing_and_is_used_up() -> None:
    story = asked()
    before = story.case.clocks["total"], story.case.clocks["resolution"]
    story.does("decide-extension", town.CHEN_HUI, working_days=3, **REFUSED)
    event = story.records[-1].event
    assert (event.decision, event.working_days) == (Decision.REFUSED, 0)
    assert (story.case.clocks["total"], story.case.clocks["resolution"]) == before
    again = {"working_days": 1, **MORE_TIME}
    refused(Code.EXTENSION_USED, story, "ask-extension", town.LI_NA, **again)
    assert "ask-extension" not in offered(story, town.LI_NA)


def test_one_thing_at_a_time_is_asked_for() -> None:
    story = asked()
    again = {"working_days": 1, **MORE_TIME}
    refused(Code.ALREADY_ASKED, story, "ask-extension", town.LI_NA, **again)
    refused(Code.NOTHING_ASKED, at_water(), "decide-extension", town.CHEN_HUI, **GRANTED)
    refused(Code.NOTHING_ASKED, story, "refuse-legal-route", town.CHEN_HUI, text="No")


def test_nobody_decides_about_their_own_office() -> None:
    story = Story().opens("").does("assign", town.ZHAO_MIN, to_post="hotline-coordination")
    story.does("accept", town.ZHAO_MIN)
    story.does("ask-extension", town.ZHAO_MIN, working_days=2, **MORE_TIME)
    refused(Code.DECIDER_INVOLVED, story, "decide-extension", town.ZHAO_MIN, **GRANTED)


def test_who_asked_and_now_sits_in_a_deciding_post_does_not_decide() -> None:
    story = asked()
    story.case = replace(story.case, asked=replace(story.case.asked, by=town.CHEN_HUI))
    refused(Code.DECIDER_INVOLVED, story, "decide-extension", town.CHEN_HUI, **GRANTED)
    assert "decide-extension" not in offered(story, town.CHEN_HUI)
    assert "decide-extension" in offered(story, town.ZHAO_MIN)


def test_more_time_is_asked_for_before_the_deadline_or_not_at_all() -> None:
    story = at_water()
    story.now = due(story, "total") + timedelta(seconds=1)
    one = {"working_days": 1, **MORE_TIME}
    refused(Code.DEADLINE_PASSED, story, "ask-extension", town.LI_NA, **one)
    assert not {"ask-extension", "promise"} & offered(story, town.LI_NA)


@pytest.mark.parametrize(("days", "code"), [(0, Code.VALUE_INVALID), (11, Code.TOO_LATE)])
def test_the_policy_says_how_many_days(days: int, code: Code) -> None:
    wanted = {"working_days": days, **MORE_TIME}
    refused(code, at_water(), "ask-extension", town.LI_NA, **wanted)


def test_a_reason_for_more_time_is_one_of_the_policys() -> None:
    wrong = {**MORE_TIME, "working_days": 1, "reason": "bad_weather"}
    refused(Code.UNKNOWN_REASON, at_water(), "ask-extension", town.LI_NA, **wrong)


def test_a_deadline_from_elsewhere_is_not_extended_here() -> None:
    story = at_water()
    whole = {"to_post": "water-duty", "title": "A part", "text": "Yours"}
    (part,) = story.does("split", town.ZHAO_MIN, **whole).children()
    part.does("accept", town.LI_NA)
    wanted = {"working_days": 1, **MORE_TIME}
    refused(Code.DEADLINE_BOUND, part, "ask-extension", town.LI_NA, **wanted)


def test_the_case_and_its_parts_have_the_extension_together() -> None:
    story = at_water()
    part_of = {"to_post": "water-duty", "title": "A part", "text": "Yours"}
    (part,) = story.does("split", town.ZHAO_MIN, **part_of).children()
    story.does("ask-extension", town.LI_NA, working_days=5, **MORE_TIME)
    story.does("decide-extension", town.CHEN_HUI, **GRANTED)
    assert part.case.total.at == story.case.total.at == due(part, "total")


def test_an_extension_is_granted_in_time_even_when_decided_late() -> None:
    story = asked(1)
    expected = later(story, 1)
    story.now = due(story, "total") + timedelta(minutes=5)
    story.does("decide-extension", town.CHEN_HUI, **GRANTED)
    assert due(story, "total") == expected


def test_a_hand_over_drops_what_was_asked() -> None:
    story = asked().does(
        "hand-over",
        town.LI_NA,
        to_post="cityman-duty",
        reason="not_our_duty",
        text="Theirs",
        basis="List",
    )
    refused(Code.NOTHING_ASKED, story, "decide-extension", town.CHEN_HUI, **GRANTED)


@given(days=st.integers(1, 10), granted=st.integers(1, 10), hours=st.integers(0, 90))
def test_an_extension_moves_the_total_by_exactly_the_days_granted_once(
    days: int, granted: int, hours: int
) -> None:
    story = at_water()
    before = due(story, "total")
    story.does("ask-extension", town.LI_NA, working_days=days, **MORE_TIME).after(hours=hours)
    assert due(story, "total") == before
    given_days = min(days, granted)
    story.does("decide-extension", town.CHEN_HUI, working_days=given_days, **GRANTED)
    calendar = town.calendar()
    assert due(story, "total") == calendar.add_working_days(before, given_days).at
    for verb, by, values in (
        ("note", town.LI_NA, {"text": "Dug"}),
        ("propose", town.LI_NA, {"outcome": "resolved", "text": "Done"}),
        ("judge", MRS_LIU, {"verdict": "no"}),
    ):
        story.does(verb, by, **values)
        assert story.case.total.at == calendar.add_working_days(before, given_days).at
    assert story.replayed() == story.case

"""Stories and laws of legal routes: with a yes from outside, under news, and no gain of time."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.casework.rules.legal_route import ask_legal_route
from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.casework.rules.wishes import AskLegalRoute
from dandang.lifecycle.states import State
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.at_water import MINUTE, due, in_days, worked
from tests.lifecycle.story import Story, refused

LABOUR = {"article": "Art. 18", "body": "Labour inspection", "acceptance_number": "2026-77"}
MORE_TIME = {"reason": "facts_complex", "condition": "The books are read", "text": "Thirty people"}
DECLINED = {"reason": "out_of_scope", "basis": "Rule 3", "text": "Not ours"}


def wages() -> Story:
    """Thirty workers are not paid; Luo Jing of the labour bureau works on it."""
    return Story().opens("unpaid_wages").does("accept", town.LUO_JING)


def again(story: Story, days: int = 60) -> dict[str, object]:
    return {**LABOUR, "due_at": in_days(story, days), "text": "They must pay"}


def asked(story: Story, days: int = 60) -> Story:
    return story.does("ask-legal-route", town.LUO_JING, **again(story, days))


def entered(story: Story, days: int = 60) -> Story:
    return asked(story, days).does("enter-legal-route", town.CHEN_HUI, text="Go on")


def offered(story: Story, by: str) -> set[str]:
    return {verb.name for verb in possible_verbs(story.facts(Actor.officer(by)))}


def test_a_legal_route_is_asked_for_and_agreed_outside_the_unit() -> None:
    story = asked(wages())
    assert "enter-legal-route" in offered(story, town.CHEN_HUI)
    refused(Code.NOT_THE_DECIDING_OFFICE, story, "enter-legal-route", town.LUO_JING, text="Yes")
    refused(Code.ALREADY_ASKED, story, "ask-legal-route", town.LUO_JING, **again(story))
    story.does("enter-legal-route", town.CHEN_HUI, text="Yes")
    event = story.records[-1].event
    assert {name: getattr(event, name) for name in LABOUR} == LABOUR
    assert (story.case.state, story.case.asked) == (State.ON_LEGAL_ROUTE, None)
    assert due(story, "statutory") == due(story, "total") == due(story, "resolution")
    assert due(story, "legal_route_update") == in_days(story, 5)
    assert town.CHEN_HUI in story.case.deciders


def test_who_asked_does_not_agree_and_nobody_agrees_to_what_was_not_asked() -> None:
    story = wages()
    for verb in ("enter-legal-route", "refuse-legal-route"):
        refused(Code.NOTHING_ASKED, story, verb, town.CHEN_HUI, text="Well")
        mine = asked(wages())
        mine.case = replace(mine.case, asked=replace(mine.case.asked, by=town.CHEN_HUI))
        refused(Code.DECIDER_INVOLVED, mine, verb, town.CHEN_HUI, text="Well")


def test_a_refused_route_changes_nothing_but_who_decided() -> None:
    story = wages()
    before = story.case
    asked(story).does("refuse-legal-route", town.CHEN_HUI, text="Talk to them first")
    after = replace(
        story.case, deciders=before.deciders, seq=before.seq, state_seq=before.state_seq
    )
    assert after == before
    asked(story)


def test_the_policy_says_how_long_a_procedure_lasts() -> None:
    story = wages()
    refused(Code.TOO_LATE, story, "ask-legal-route", town.LUO_JING, **again(story, 91))
    refused(
        Code.IN_THE_PAST,
        story,
        "ask-legal-route",
        town.LUO_JING,
        **{**again(story), "due_at": story.now},
    )
    asked(story, 90)


def test_a_procedure_without_an_extension_lasts_as_long_as_its_limit() -> None:
    story = wages()
    facts = story.facts(Actor.officer(town.LUO_JING))
    routes = facts.policy.legal_routes
    plain = {code: replace(one, extension=None) for code, one in routes.items()}
    facts = replace(facts, policy=replace(facts.policy, legal_routes=plain))
    assert ask_legal_route(facts, AskLegalRoute(**again(story, 60)))
    with pytest.raises(Refusal) as caught:
        ask_legal_route(facts, AskLegalRoute(**again(story, 61)))
    assert caught.value.code is Code.TOO_LATE


def test_a_matter_without_a_prescribed_procedure_has_the_date_of_its_body() -> None:
    for category in ("", "city_appearance"):
        story = Story().opens(category)
        if not category:
            story.does("assign", town.ZHAO_MIN, to_post="cityman-duty")
        story.does("accept", town.CAO_LEI)
        story.does("ask-legal-route", town.CAO_LEI, **again(story, 300))


def test_a_route_whose_date_has_passed_is_not_entered() -> None:
    story = asked(wages(), 1).after(days=3)
    refused(Code.IN_THE_PAST, story, "enter-legal-route", town.CHEN_HUI, text="Yes")


def test_news_come_every_five_working_days_and_end_nothing() -> None:
    story = entered(wages())
    refused(Code.WRONG_STATE, story, "propose", town.LUO_JING, outcome="resolved", text="Gone")
    refused(Code.NOT_THE_HOLDER, story, "update-legal-route", town.CHEN_HUI, text="News?")
    story.after(days=7).does("update-legal-route", town.LUO_JING, text="A hearing was set")
    assert due(story, "legal_route_update") == in_days(story, 5)
    assert story.case.state is State.ON_LEGAL_ROUTE
    story.does("leave-legal-route", town.LUO_JING, text="They paid")
    assert (story.case.state, story.case.route) == (State.IN_PROGRESS, None)
    assert not {"legal_route_update", "statutory"} & story.case.clocks.keys()


def test_a_paused_case_that_enters_a_route_is_paused_no_more() -> None:
    story = Story().opens("").does("assign", town.ZHAO_MIN, to_post="water-duty")
    story.does("accept", town.LI_NA).does("ask-legal-route", town.LI_NA, **again(story, 9))
    pause = {"reason": "bad_weather", "condition": "Dry", "text": "Rain"}
    story.does("pause", town.SUN_TAO, check_at=in_days(story, 1), **pause).after(hours=1)
    story.does("enter-legal-route", town.CHEN_HUI, text="Yes")
    assert story.names[-2:] == ["resumed", "legal_route_entered"]
    assert story.case.pause is None


def test_who_ends_a_case_on_its_route_and_reopens_it_gains_no_months() -> None:
    story = wages()
    total = story.case.total.at
    entered(story).after(hours=4).does("decline", town.ZHAO_MIN, **DECLINED)
    story.after(days=20).does("reopen", town.CHEN_HUI, text="It is ours")
    assert (story.case.state, story.case.route) == (State.IN_PROGRESS, None)
    spent = worked(town.MONDAY, town.MONDAY + timedelta(hours=4))
    assert worked(total, story.case.total.at) == spent
    assert story.replayed() == story.case


def test_an_extension_granted_on_the_route_counts_after_it() -> None:
    story = wages()
    before = story.case.total.at
    entered(story).does("ask-extension", town.LUO_JING, working_days=3, **MORE_TIME)
    statutory = due(story, "total")
    story.does("decide-extension", town.CHEN_HUI, decision="granted", text="Go on")
    calendar = town.calendar()
    assert due(story, "total") == calendar.add_working_days(statutory, 3, provisional_ok=True).at
    story.does("leave-legal-route", town.LUO_JING, text="They paid")
    assert due(story, "total") == calendar.add_working_days(before, 3).at
    assert due(story, "resolution") == due(story, "total")


def test_a_route_that_ends_late_gives_back_no_more_than_its_statutory_date() -> None:
    story = entered(wages(), 11)
    statutory = due(story, "statutory")
    story.after(days=60).does("leave-legal-route", town.LUO_JING, text="They paid")
    assert due(story, "total") == statutory


def test_a_route_that_ends_before_the_case_is_due_moves_no_deadline() -> None:
    story = wages()
    before = story.case.total, due(story, "resolution")
    entered(story, 2)
    assert (story.case.total, due(story, "resolution")) == before
    story.does("leave-legal-route", town.LUO_JING, text="They paid")
    assert (story.case.total, due(story, "resolution")) == before


@given(wait=st.integers(0, 500), days=st.integers(1, 60), spent=st.integers(0, 2000))
def test_a_route_gives_back_the_working_time_spent_on_it_and_nothing_more(
    wait: int, days: int, spent: int
) -> None:
    story = wages().after(hours=wait)
    total, step, start = story.case.total.at, due(story, "resolution"), story.now
    entered(story, days)
    on_route = story.case.total.at
    assert on_route == max(total, story.case.route.due_at)
    story.after(hours=spent).does("leave-legal-route", town.LUO_JING, text="They paid")
    back = town.calendar().add_working_time(total, worked(start, story.now), provisional_ok=True)
    assert due(story, "total") == story.case.total.at == min(on_route, back.at)
    later = worked(step, due(story, "resolution")) if due(story, "resolution") > step else MINUTE
    assert later <= max(MINUTE, worked(start, story.now))
    assert due(story, "resolution") >= min(step, on_route)
    assert story.replayed() == story.case


@given(wait=st.integers(0, 500), days=st.integers(1, 60))
def test_entering_and_leaving_at_once_gains_nothing(wait: int, days: int) -> None:
    story = wages().after(hours=wait)
    before = story.case.total.at, due(story, "resolution")
    entered(story, days).does("leave-legal-route", town.LUO_JING, text="We changed our mind")
    assert (story.case.total.at, due(story, "resolution")) == before


def test_an_extension_granted_before_the_route_is_not_granted_again_after_it() -> None:
    story = wages().does("ask-extension", town.LUO_JING, working_days=3, **MORE_TIME)
    story.does("decide-extension", town.CHEN_HUI, decision="granted", text="Go on")
    before = story.case.total.at
    entered(story).does("leave-legal-route", town.LUO_JING, text="They paid")
    assert story.case.total.at == before

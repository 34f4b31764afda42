"""Stories and laws of help: another post assists, another body is waited for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.casework.rules import helping
from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.casework.rules.permit import may_read, may_see_contact
from dandang.lifecycle.casework.rules.wishes import RequestAssist
from dandang.lifecycle.states import State
from dandang.organization.directory import Directory
from dandang.policy import ClockName
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.at_water import at_water, due, in_days
from tests.lifecycle.story import Story, refused

ASKED = sorted(post.code for post in town.directory().posts.values() if post.works_on_cases)
HELP = {"text": "Please close the road for a morning"}
NOT_OURS = {"reason": "not_our_duty", "text": "Theirs", "basis": "Duty list 9"}


def asking_other(story: Story, days: int = 3) -> dict[str, object]:
    return {
        "body": "The power company",
        "asked_at": story.now - timedelta(hours=1),
        "expected_at": in_days(story, days),
        "text": "When do you dig?",
    }


def test_help_is_asked_for_and_given_and_the_holder_stays_the_holder() -> None:
    story = at_water()
    before = story.case
    story.does("request-assist", town.LI_NA, of_post="cityman-duty", **HELP)
    assert due(story, "assistance") == in_days(story, 3)
    assert may_read(story.facts(Actor.officer(town.CAO_LEI)))
    assert not may_see_contact(story.facts(Actor.officer(town.CAO_LEI)))
    story.after(hours=2).does("give-assist", town.CAO_LEI, text="Closed on Friday")
    assert not story.case.assists
    assert "assistance" not in story.case.clocks
    assert (story.case.holder, story.case.state, story.case.total, story.case.held_since) == (
        before.holder,
        before.state,
        before.total,
        before.held_since,
    )


@pytest.mark.parametrize("post", ["audit-desk", "registry-desk"])
def test_nothing_is_given_to_posts_that_audit_or_administer(post) -> None:
    story = at_water()
    refused(Code.POST_WITHOUT_CASES, story, "request-assist", town.LI_NA, of_post=post, **HELP)
    refused(Code.POST_WITHOUT_CASES, story, "hand-over", town.LI_NA, to_post=post, **NOT_OURS)


def test_only_a_post_that_was_asked_gives_help_and_it_does_so_once() -> None:
    story = at_water()
    refused(Code.NOT_THE_ASSISTANT, story, "give-assist", town.CAO_LEI, text="Here")
    story.does("request-assist", town.LI_NA, of_post="cityman-duty", **HELP)
    refused(Code.NOT_THE_ASSISTANT, story, "give-assist", town.WANG_QIANG, text="Here")
    story.does("give-assist", town.CAO_LEI, text="Here")
    refused(Code.NOT_THE_ASSISTANT, story, "give-assist", town.CAO_LEI, text="Again")


def test_an_assistant_may_note_and_reply_while_help_is_open() -> None:
    story = at_water().does("request-assist", town.LI_NA, of_post="cityman-duty", **HELP)
    story.does("note", town.CAO_LEI, text="On our list").does(
        "contacted", town.CAO_LEI, how="phone", text="She knows"
    )
    refused(
        Code.NOT_THE_HOLDER, story, "promise", town.CAO_LEI, promised_for=story.now, text="Soon"
    )


def test_help_is_asked_of_others_that_exist_once_each() -> None:
    story = at_water().does("request-assist", town.LI_NA, of_post="cityman-duty", **HELP)
    refused(Code.ALREADY_ASKED, story, "request-assist", town.LI_NA, of_post="cityman-duty", **HELP)
    refused(
        Code.ALREADY_HELD_THERE, story, "request-assist", town.LI_NA, of_post="water-duty", **HELP
    )
    refused(Code.UNKNOWN_POST, story, "request-assist", town.LI_NA, of_post="nowhere", **HELP)
    refused(Code.NOT_THE_HOLDER, story, "request-assist", town.CAO_LEI, of_post="mayor", **HELP)
    story.does("request-assist", town.LI_NA, of_post="housing-duty", **HELP)
    assert [one.of_post for one in story.case.assists] == ["cityman-duty", "housing-duty"]


def test_a_unit_complained_about_is_not_asked() -> None:
    story = at_water()
    story.case = replace(story.case, subject_units=("cityman",))
    asked = {"of_post": "cityman-duty", **HELP}
    refused(Code.SUBJECT_OF_COMPLAINT, story, "request-assist", town.LI_NA, **asked)
    story.does("request-assist", town.LI_NA, of_post="housing-duty", **HELP)


def test_a_post_that_is_gone_is_not_asked() -> None:
    facts = at_water().facts(Actor.officer(town.LI_NA))
    organization = facts.directory.organization
    posts = tuple(
        replace(post, ended=date(2026, 1, 1)) if post.code == "cityman-duty" else post
        for post in organization.posts
    )
    facts = replace(facts, directory=Directory(replace(organization, posts=posts)))
    with pytest.raises(Refusal) as caught:
        helping.request_assist(facts, RequestAssist("cityman-duty", "Help"))
    assert caught.value.code is Code.UNKNOWN_POST


def test_the_first_of_several_helpers_due_is_the_one_the_clock_shows() -> None:
    story = at_water().does("request-assist", town.LI_NA, of_post="cityman-duty", **HELP)
    first = due(story, "assistance")
    story.after(days=1).does("request-assist", town.LI_NA, of_post="housing-duty", **HELP)
    assert due(story, "assistance") == first
    story.does("give-assist", town.CAO_LEI, text="Here")
    assert due(story, "assistance") == in_days(story, 3)


def test_help_survives_a_hand_over_unless_the_helper_becomes_the_holder() -> None:
    story = at_water()
    for post in ("cityman-duty", "housing-duty"):
        story.does("request-assist", town.LI_NA, of_post=post, **HELP)
    story.does("hand-over", town.LI_NA, to_post="cityman-duty", **NOT_OURS)
    assert [one.of_post for one in story.case.assists] == ["housing-duty"]


def test_help_is_over_when_the_case_is() -> None:
    story = at_water().does("request-assist", town.LI_NA, of_post="cityman-duty", **HELP)
    story.does("withdraw", Actor.requester(1))
    assert not story.case.assists
    refused(Code.NOT_THE_ASSISTANT, story, "give-assist", town.CAO_LEI, text="Here")


def test_without_a_clock_for_it_help_is_due_when_the_case_is() -> None:
    facts = at_water().facts(Actor.officer(town.LI_NA))
    ordinary = facts.case_class
    clocks = {name: one for name, one in ordinary.clocks.items() if name != ClockName.ASSISTANCE}
    classes = {**facts.policy.classes, "ordinary": replace(ordinary, clocks=clocks)}
    facts = replace(facts, policy=replace(facts.policy, classes=classes))
    (asked,) = helping.request_assist(facts, RequestAssist("cityman-duty", "Help"))
    assert asked.due_at == facts.case.total.at


def test_another_body_is_waited_for_and_nothing_stands_still() -> None:
    story = at_water()
    clocks = {name: due(story, name) for name in ("total", "resolution")}
    expected = in_days(story, 3)
    story.does("ask-other", town.LI_NA, **asking_other(story))
    assert story.case.state is State.WAITING_OTHER
    assert due(story, "check") == expected
    assert {name: due(story, name) for name in clocks} == clocks
    assert not any(one.paused for one in story.case.clocks.values())


def test_the_holder_goes_on_when_the_other_body_answered() -> None:
    story = at_water().does("ask-other", town.LI_NA, **asking_other(at_water()))
    refused(Code.NOT_THE_HOLDER, story, "resume", town.SUN_TAO)
    refused(Code.NOT_THE_HOLDER, story, "resume", Actor.system())
    offered = {verb.name for verb in possible_verbs(story.facts(Actor.officer(town.LI_NA)))}
    assert "resume" in offered
    story.after(days=1).does("resume", town.LI_NA)
    assert story.case.state is State.IN_PROGRESS
    assert "check" not in story.case.clocks
    assert story.records[-1].event.cause == "other_answered"
    assert (story.case.waited_minutes, story.case.paused_minutes) == (0, 0)


def test_a_case_that_moves_on_waits_for_nobody_any_more() -> None:
    story = at_water()
    story.does("ask-other", town.LI_NA, **asking_other(story))
    story.does("hand-over", town.LI_NA, to_post="cityman-duty", **NOT_OURS)
    assert story.names[-2:] == ["resumed", "handed_over"]
    assert story.case.check_at is None


def test_nobody_says_that_a_body_was_asked_tomorrow_or_was_to_answer_yesterday() -> None:
    story = at_water()
    future = {**asking_other(story), "asked_at": story.now + timedelta(minutes=1)}
    refused(Code.IN_THE_FUTURE, story, "ask-other", town.LI_NA, **future)
    past = {**asking_other(story), "expected_at": story.now}
    refused(Code.IN_THE_PAST, story, "ask-other", town.LI_NA, **past)


@given(hours=st.integers(0, 400), asked=st.lists(st.sampled_from(ASKED)))
def test_no_help_and_no_question_to_others_moves_the_total_or_the_step_clock(
    hours: int, asked: list[str]
) -> None:
    story = at_water()
    before = {name: story.case.clocks[name] for name in ("total", "resolution")}
    for post in dict.fromkeys(asked):
        if post != "water-duty":
            story.does("request-assist", town.LI_NA, of_post=post, **HELP)
    story.does("ask-other", town.LI_NA, **asking_other(story)).after(hours=hours)
    story.does("resume", town.LI_NA)
    assert {name: story.case.clocks[name] for name in before} == before
    assert story.replayed() == story.case

"""Stories and laws of a case that stands still: its holder says why, and those above help."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.states import Obstacle, Remedy, State
from dandang.terms import Actor, Code
from tests import town
from tests.lifecycle.at_water import at_water, due, in_days
from tests.lifecycle.story import Story, refused

WHY = {"obstacle": "no_authority", "text": "The pipe lies under a road that is not ours"}
YES = {"decision": "granted", "text": "Dig; I have spoken with them"}


def still() -> Story:
    """Li Na answered once; for five working days nothing was done, and Sun Tao was called."""
    story = at_water().does("contacted", town.LI_NA, how="phone", text="We look at it")
    story.lets_time_run(in_days(story, 5) + timedelta(minutes=1))
    assert "called_upon" in types(story)
    return story


def types(story: Story) -> list[str]:
    return [one.event.type_name() for one in story.records]


def offered(story: Story, code: str) -> set[str]:
    return {verb.name for verb in possible_verbs(story.facts(Actor.officer(code)))}


def test_nobody_is_asked_why_while_the_case_moves() -> None:
    story = at_water().does("contacted", town.LI_NA, how="phone", text="We look at it")
    assert "explain-stall" not in offered(story, town.LI_NA)
    refused(Code.NOT_STALLED, story, "explain-stall", town.LI_NA, **WHY)


def test_the_holder_says_why_once_and_asks_for_a_decision() -> None:
    story = still()
    before = story.case
    assert "explain-stall" in offered(story, town.LI_NA)
    story.does("explain-stall", town.LI_NA, **WHY)
    assert types(story)[-2:] == ["stall_explained", "support_requested"]
    assert (story.case.asked.what, story.case.asked.remedy) == ("support", "decision")
    assert due(story, "extension_decision") == in_days(story, 1)
    assert story.case.last_entry_at == before.last_entry_at
    assert story.case.stepped == before.stepped
    assert story.case.total == before.total
    assert story.case.calls == before.calls
    assert "explain-stall" not in offered(story, town.LI_NA)
    refused(Code.ALREADY_ANSWERED, story, "explain-stall", town.LI_NA, **WHY)
    assert story.replayed() == story.case


def test_the_head_decides_and_has_acted_on_the_call() -> None:
    story = still().does("explain-stall", town.LI_NA, **WHY)
    assert "decide-support" in offered(story, town.SUN_TAO)
    story.after(hours=1).does("decide-support", town.SUN_TAO, **YES)
    assert types(story)[-2:] == ["acted_on_call", "support_decided"]
    assert story.case.asked is None
    assert story.case.calls == ()
    assert story.case.holder == "water-duty"
    assert "extension_decision" not in story.case.clocks
    assert story.replayed() == story.case
    refused(Code.NOTHING_ASKED, story, "decide-support", town.SUN_TAO, **YES)


def test_after_something_was_done_another_silence_is_asked_about_again() -> None:
    story = still().does(
        "explain-stall", town.LI_NA, obstacle="waiting", text="For the frost to end"
    )
    assert types(story)[-1] == "stall_explained"
    assert story.case.asked is None
    story.does("contacted", town.LI_NA, how="phone", text="Still frost")
    refused(Code.NOT_STALLED, story, "explain-stall", town.LI_NA, **WHY)
    story.lets_time_run(in_days(story, 5) + timedelta(minutes=1))
    assert "explain-stall" in offered(story, town.LI_NA)
    story.does("explain-stall", town.LI_NA, **WHY)


def test_help_is_asked_of_the_post_itself() -> None:
    story = still()
    asking = {**WHY, "remedy": "assistance"}
    refused(Code.FIELD_REQUIRED, story, "explain-stall", town.LI_NA, **asking)
    refused(
        Code.ALREADY_HELD_THERE, story, "explain-stall", town.LI_NA, of_post="water-duty", **asking
    )
    story.does("explain-stall", town.LI_NA, of_post="cityman-duty", **asking)
    assert [one.of_post for one in story.case.assists] == ["cityman-duty"]
    assert story.case.asked is None


def test_who_has_too_much_is_relieved_by_the_head_within_the_unit() -> None:
    story = still().does(
        "explain-stall", town.LI_NA, obstacle="overloaded", text="Forty open cases"
    )
    assert story.case.asked.remedy == Remedy.REASSIGNMENT
    refused(Code.FIELD_REQUIRED, story, "decide-support", town.SUN_TAO, **YES)
    refused(
        Code.ALREADY_HELD_THERE, story, "decide-support", town.SUN_TAO, to_post="water-duty", **YES
    )
    refused(
        Code.NOT_THE_DECIDING_OFFICE,
        story,
        "decide-support",
        town.SUN_TAO,
        to_post="housing-duty",
        **YES,
    )
    story.does("decide-support", town.SUN_TAO, to_post="water-night", **YES)
    assert (story.case.holder, story.case.state) == ("water-night", State.ASSIGNED)
    assert not story.case.bound
    assert story.case.asked is None
    assert story.replayed() == story.case


def test_supervision_can_give_the_case_to_another_unit() -> None:
    story = still().does(
        "explain-stall", town.LI_NA, obstacle="overloaded", text="Forty open cases"
    )
    story.does("decide-support", town.CHEN_HUI, to_post="housing-duty", **YES)
    assert story.case.holder == "housing-duty"


def test_a_refusal_says_why_and_leaves_the_case_where_it_is() -> None:
    story = still().does(
        "explain-stall", town.LI_NA, obstacle="overloaded", text="Forty open cases"
    )
    no = {"decision": "refused", "text": "The night desk has sixty"}
    refused(Code.FIELD_UNKNOWN, story, "decide-support", town.SUN_TAO, to_post="water-night", **no)
    story.does("decide-support", town.SUN_TAO, **no)
    assert story.case.holder == "water-duty"
    assert story.case.asked is None


def test_nothing_else_is_asked_for_while_something_is_undecided() -> None:
    story = still().does("ask-split", town.LI_NA, text="The lamps are a matter of their own")
    refused(Code.ALREADY_ASKED, story, "explain-stall", town.LI_NA, **WHY)
    story.does(
        "explain-stall", town.LI_NA, obstacle="waiting", text="For the answer about the split"
    )
    refused(Code.NOTHING_ASKED, story, "decide-support", town.SUN_TAO, **YES)


def test_only_the_holder_is_asked_and_nobody_decides_what_they_asked_for() -> None:
    story = still()
    refused(Code.NOT_THE_HOLDER, story, "explain-stall", town.WANG_QIANG, **WHY)
    refused(Code.NOT_THE_HOLDER, story, "explain-stall", town.SUN_TAO, **WHY)
    story.does("explain-stall", town.LI_NA, **WHY)
    refused(Code.NOT_PERMITTED, story, "decide-support", town.LI_NA, **YES)
    refused(Code.NOT_PERMITTED, story, "decide-support", town.WANG_QIANG, **YES)


@pytest.mark.parametrize("verb", ["ask", "ask-other"])
def test_a_case_that_waits_for_others_does_not_stand_still(verb) -> None:
    story = still()
    asked = {"body": "The power company", "asked_at": story.now, "expected_at": in_days(story, 3)}
    story.does(
        verb, town.LI_NA, text="?", **({"missing": "Which tap?"} if verb == "ask" else asked)
    )
    assert "explain-stall" not in offered(story, town.LI_NA)


@given(st.sampled_from(Obstacle), st.one_of(st.none(), st.sampled_from(Remedy)))
def test_whatever_the_holder_says_no_clock_of_the_case_moves(obstacle, remedy) -> None:
    story = still()
    before = story.case
    said = {"obstacle": obstacle, "text": "So it is", "of_post": "cityman-duty"}
    story.does("explain-stall", town.LI_NA, **said, **({"remedy": remedy} if remedy else {}))
    own = ("total", "resolution", "ladder", "first_response", "accept")
    assert {name: story.case.clocks.get(name) for name in own} == {
        name: before.clocks.get(name) for name in own
    } or remedy is Remedy.ASSISTANCE
    assert (story.case.total, story.case.holder, story.case.state) == (
        before.total,
        before.holder,
        before.state,
    )
    assert story.replayed() == story.case

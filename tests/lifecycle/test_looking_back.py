"""Stories of looking back: is it still solved, some time after it was?"""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.casework.rules.answers import may_look_back
from dandang.lifecycle.escalation.events import LookBackAsked
from dandang.lifecycle.escalation.rules.firing import fire
from dandang.lifecycle.states import State
from dandang.policy import ClockName
from dandang.policy.schema import LookBack
from dandang.terms import Actor, Code
from tests import town
from tests.lifecycle.lateness import DAY, REPAIRED, at_work, called, told
from tests.lifecycle.story import MRS_LIU, Story, refused
from tests.lifecycle.test_confirmation import DONE, MR_ZHOU, proposed


def solved() -> Story:
    return proposed().does("judge", MRS_LIU, verdict="solved")


def asked() -> Story:
    """Thirty days after it was solved the requester is asked again."""
    story = solved()
    return story.lets_time_run(story.case.clocks[ClockName.LOOK_BACK].at)


def drawn(story: Story, share: int, tag: str) -> bool:
    facts = story.facts(Actor.system())
    policy = replace(facts.policy, look_back=LookBack(share))
    due = story.case.clocks[ClockName.LOOK_BACK]
    facts = replace(facts, now=due.at, policy=policy, tag=tag)
    (event,) = fire(facts, due)
    assert isinstance(event, LookBackAsked)
    return event.drawn


def test_thirty_days_after_it_was_solved_its_requester_is_asked_once() -> None:
    story = solved()
    refused(Code.NOTHING_ASKED, story, "look-back", MRS_LIU, holds=True)
    story = asked()
    assert story.names[-1] == "look_back_asked"
    assert story.case.look_back_until > story.now + 14 * DAY
    assert ClockName.LOOK_BACK not in story.case.clocks
    story.lets_time_run(story.now + 400 * DAY)
    assert story.names.count("look_back_asked") == 1
    assert story.case.state is State.SOLVED
    assert story.replayed() == story.case


def test_yes_is_recorded_and_changes_nothing() -> None:
    story = asked().does("look-back", MRS_LIU, holds=True, text="All well")
    assert story.case.request(1).holds is True
    assert (story.case.state, story.case.relapses) == (State.SOLVED, 0)
    refused(Code.ALREADY_ANSWERED, story, "look-back", MRS_LIU, holds=True)
    assert story.replayed() == story.case


def test_no_takes_it_up_again_with_its_history_holder_and_total_clock() -> None:
    story = asked()
    total, holder, history = story.case.total, story.case.holder, len(story.records)
    story.after(days=3).does("look-back", MRS_LIU, holds=False, text="Dry again")
    assert story.names[-2:] == ["looked_back", "reopened"]
    assert story.records[-1].event.cause == "relapse"
    assert (story.case.state, story.case.holder) == (State.IN_PROGRESS, holder)
    assert story.case.total.at == total.at
    assert (story.case.relapses, story.case.request(1).holds) == (1, False)
    assert len(story.records) == history + 2
    assert story.replayed() == story.case


def test_whoever_said_yes_can_still_say_no() -> None:
    story = asked().does("look-back", MRS_LIU, holds=True)
    story.after(days=5).does("look-back", MRS_LIU, holds=False)
    assert story.case.state is State.IN_PROGRESS


def test_after_a_while_the_question_is_over() -> None:
    story = asked()
    until = story.case.look_back_until
    story.now = until
    assert may_look_back(story.facts(MRS_LIU))
    story.after(hours=1)
    assert not may_look_back(story.facts(MRS_LIU))
    refused(Code.LOOK_BACK_WINDOW_PASSED, story, "look-back", MRS_LIU, holds=False)


def test_a_call_back_officer_enters_the_answer_and_the_unit_cannot() -> None:
    story = asked()
    refused(Code.NOT_PERMITTED, story, "look-back", town.LI_NA, holds=True)
    story.does("look-back", town.ZHAO_MIN, holds=True, request=1)
    assert story.records[-1].event.collected == "call_back"


def test_whoever_set_a_part_is_asked_about_it() -> None:
    story = Story().opens("water_supply")
    story.does("split", town.ZHAO_MIN, to_post="cityman-duty", title="Lamps", text="Two lamps")
    (part,) = story.children()
    part.does("accept", town.CAO_LEI).does("propose", town.CAO_LEI, **DONE)
    part.does("judge", town.ZHAO_MIN, verdict="solved")
    part.lets_time_run(part.case.clocks[ClockName.LOOK_BACK].at)
    part.does("look-back", town.ZHAO_MIN, holds=False, text="Out again")
    answer = next(one for one in part.records if one.event.type_name() == "looked_back")
    assert answer.event.collected == "setter"
    assert part.case.state is State.IN_PROGRESS


def test_one_no_among_several_takes_the_whole_matter_up_again() -> None:
    story = Story().opens().does("attach", MRS_LIU, text="Next door too")
    story.does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)
    story.does("judge", MRS_LIU, verdict="solved").does("judge", MR_ZHOU, verdict="solved")
    story.lets_time_run(story.case.clocks[ClockName.LOOK_BACK].at)
    story.does("look-back", MRS_LIU, holds=True).does("look-back", MR_ZHOU, holds=False)
    assert story.case.state is State.IN_PROGRESS
    assert [one.holds for one in story.case.requests] == [True, False]
    refused(Code.WRONG_STATE, story, "look-back", MRS_LIU, holds=False)
    story.does("propose", town.LI_NA, **DONE)
    assert [one.holds for one in story.case.requests] == [None, None]


def test_after_a_relapse_that_was_mended_it_is_asked_again() -> None:
    story = asked().does("look-back", MRS_LIU, holds=False)
    assert story.case.look_back_until is None
    story.does("propose", town.LI_NA, **DONE).does("judge", MRS_LIU, verdict="solved")
    story.lets_time_run(story.case.clocks[ClockName.LOOK_BACK].at)
    assert story.names.count("look_back_asked") == 2
    story.does("look-back", MRS_LIU, holds=False)
    assert story.case.relapses == 2
    assert story.replayed() == story.case


@pytest.mark.parametrize("end", ["partly", "lapse"])
def test_nobody_is_asked_about_what_was_never_solved(end: str) -> None:
    story = proposed()
    if end == "partly":
        story.does("judge", MRS_LIU, verdict="partly", agreed=True)
    story.lets_time_run(story.now + 90 * DAY)
    assert "look_back_asked" not in story.names


def test_a_policy_that_names_no_share_asks_nobody() -> None:
    story = solved()
    assert not drawn(story, 0, story.tag)


@given(st.text(st.characters(codec="ascii"), min_size=1), st.integers(0, 100))
def test_a_case_is_drawn_at_every_share_above_its_lot(tag: str, share: int) -> None:
    story = solved()
    assert drawn(story, 100, tag)
    assert not drawn(story, share, tag) or drawn(story, min(share + 7, 100), tag)


def test_about_as_many_are_drawn_as_the_policy_says() -> None:
    story = solved()
    number = sum(drawn(story, 30, f"case {one}") for one in range(1000))
    assert 250 < number < 350


def relapsed() -> Story:
    """A matter was solved in time, and comes back long after it would have been due."""
    story = at_work()
    story.does("propose", town.CAO_LEI, **REPAIRED).does("judge", MRS_LIU, verdict="solved")
    story.lets_time_run(story.case.clocks[ClockName.LOOK_BACK].at + 3 * DAY)
    return story.does("look-back", MRS_LIU, holds=False)


def test_what_relapses_long_after_its_time_has_one_person_called_and_not_everybody() -> None:
    story = relapsed()
    begins = story.now
    assert story.case.total.at < begins
    story.lets_time_run(begins + timedelta(minutes=1))
    assert story.case.total.missed
    assert called(story) == [("blue", "supervision-desk")]
    assert told(story, "reminded") == ["blue"]
    assert story.case.published_at is None
    story.lets_time_run(begins + 20 * DAY)
    assert {"blue", "orange", "red"} <= set(told(story, "called_upon"))
    assert story.replayed() == story.case


def test_a_second_relapse_is_paced_like_the_first() -> None:
    story = relapsed()
    story.lets_time_run(story.now + timedelta(minutes=1))
    story.does("propose", town.CAO_LEI, **REPAIRED).does("judge", MRS_LIU, verdict="solved")
    story.lets_time_run(story.case.clocks[ClockName.LOOK_BACK].at)
    story.does("look-back", MRS_LIU, holds=False)
    before = told(story, "called_upon")
    story.lets_time_run(story.now + timedelta(hours=1))
    # Nobody had answered that call when the matter ended the second time.
    assert told(story, "called_upon")[len(before) :] == ["blue"]
    assert story.case.published_at is None

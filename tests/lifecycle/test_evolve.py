"""What a case is after events that ordinary days do not bring."""

from dataclasses import dataclass, replace

import pytest

from dandang.lifecycle.casework.events.custody import Reopened
from dandang.lifecycle.casework.events.shape import Merged, Unmerged
from dandang.lifecycle.casework.rules.custody import assign_by_duty
from dandang.lifecycle.deadlines.dues import dues_after
from dandang.lifecycle.deadlines.rules import Terms
from dandang.lifecycle.escalation.events import Escalated
from dandang.lifecycle.intake.rules import evolve
from dandang.lifecycle.states import State
from dandang.policy import ClockName
from dandang.terms import Actor, Code, Event, Recorded
from tests import town
from tests.lifecycle.story import MRS_LIU, Story, refused


def after(story: Story, event: Event) -> Story:
    state = evolve(story.case, Recorded(event, Actor.system(), story.now))
    return replace(story, family={**story.family, story.tag: state})


def test_reopening_with_another_post_starts_that_posts_own_time() -> None:
    story = Story().opens("city_appearance").does("withdraw", MRS_LIU).after(days=1)
    case = after(story, Reopened("hotline-coordination", "hotline", "requester")).case
    assert (case.holder, case.held_since) == ("hotline-coordination", story.now)
    assert (case.state, case.ended_at) == (State.IN_PROGRESS, None)


def test_a_merge_undone_after_the_post_is_gone_gives_the_case_to_another() -> None:
    story = after(Story().opens("city_appearance"), Merged("case-2", "The same"))
    undone = Unmerged("case-2", "hotline-coordination", "hotline", State.ASSIGNED, "Another")
    case = after(story.after(days=1), undone).case
    assert (case.holder, case.held_since) == ("hotline-coordination", story.now)
    assert (case.state, case.merged_into) == (State.ASSIGNED, "")


def test_the_register_moves_nothing_that_is_where_it_belongs() -> None:
    story = Story().opens("city_appearance")
    assert assign_by_duty(story.facts(Actor.system())) == ()


def test_an_escalation_without_a_post_calls_people_and_moves_nothing() -> None:
    story = Story().opens("city_appearance")
    assert after(story, Escalated(step="blue")).case == story.case


@dataclass(frozen=True, slots=True)
class Forgotten(Event):
    """An event that no stage knows."""


def test_an_event_without_a_meaning_is_an_error_and_not_nothing() -> None:
    with pytest.raises(LookupError):
        after(Story().opens(), Forgotten())


def test_a_clock_the_policy_gives_no_span_does_not_run() -> None:
    story = Story().opens("city_appearance")
    bare = replace(town.policy().classes[story.case.case_class], clocks={})
    standing = story.case.standing()
    dues = dues_after(
        "case_opened",
        None,
        replace(standing, total=None),
        Terms(bare, town.calendar()),
        story.now,
    )
    assert dues == ()
    assert ClockName.TOTAL in standing.clocks


def test_imported_history_cannot_be_judged() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    story.does("propose", town.CAO_LEI, outcome="resolved", text="Clean")
    story.after(days=30).does("lapse", Actor.system())
    story.case = replace(story.case, end_cause="imported")
    refused(Code.JUDGEMENT_WINDOW_PASSED, story, "judge", MRS_LIU, verdict="no")

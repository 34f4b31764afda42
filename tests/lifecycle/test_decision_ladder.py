"""Stories of decisions: their ladder begins with the opening, and its end is their due time."""

from dataclasses import replace
from datetime import timedelta

from dandang.lifecycle.deadlines.ladder import next_step
from dandang.lifecycle.deadlines.rules import Terms
from dandang.lifecycle.intake.rules import Open
from dandang.policy import Span
from dandang.terms import Actor
from tests import town
from tests.lifecycle.lateness import DAY, called, told
from tests.lifecycle.story import Story


def decided(case_class: str = "decision", due_by: timedelta | None = None) -> Story:
    """Chen Hui sets a decision that the water bureau has to carry out."""
    story, setter = Story(), Actor.officer(town.CHEN_HUI)
    wish = Open(
        title="Renovate the pump house",
        text="Before the winter",
        channel="counter",
        category="water_supply",
        area="hudong",
        kind="decision",
        case_class=case_class,
        due_by=story.now + due_by if due_by else None,
    )
    return story.begins(wish, setter).does("accept", town.LI_NA)


def test_an_ordinary_decision_calls_a_leader_when_its_seven_days_are_over() -> None:
    story = decided().lets_time_run(town.MONDAY + 7 * DAY)
    assert story.case.total.missed
    assert ("done", "mayor") in called(story)
    assert story.replayed() == story.case


def test_a_decision_with_a_later_date_calls_a_leader_on_that_date_and_not_before() -> None:
    story = decided("decision_complex", due_by=60 * DAY)
    story.lets_time_run(town.MONDAY + 59 * DAY)
    assert "done" not in told(story, "called_upon")
    story.lets_time_run(town.MONDAY + 60 * DAY)
    assert story.case.total.missed
    assert ("done", "mayor") in called(story)
    assert story.replayed() == story.case


def test_a_decision_with_an_earlier_date_calls_a_leader_on_that_date() -> None:
    story = decided(due_by=2 * DAY).lets_time_run(town.MONDAY + 2 * DAY)
    assert ("done", "mayor") in called(story)


def test_a_decision_with_more_time_granted_calls_a_leader_when_that_is_over() -> None:
    story = decided()
    why = {"reason": "construction_time", "condition": "The pump is here", "text": "Ordered"}
    story.does("ask-extension", town.LI_NA, working_days=5, **why)
    story.does("decide-extension", town.ZHAO_MIN, decision="granted", text="Yes")
    story.lets_time_run(town.MONDAY + 7 * DAY)
    assert "done" not in told(story, "called_upon")
    story.lets_time_run(story.case.total.at)
    assert "done" in told(story, "called_upon")
    assert story.replayed() == story.case


def test_a_decision_about_which_all_are_silent_reaches_the_top_before_and_after_it_is_due() -> None:
    story = decided("decision_complex", due_by=60 * DAY)
    story.lets_time_run(town.MONDAY + 59 * DAY)
    assert story.case.listed_at is not None
    story.lets_time_run(town.MONDAY + 62 * DAY)
    assert [one.post for one in story.case.calls if one.step == "done"] == ["mayor"]


def test_an_end_of_the_ladder_some_days_after_the_due_time_stays_so_many_days_after_it() -> None:
    story = decided(due_by=40 * DAY)
    ladder = town.policy().ladders["decision"]
    late = replace(ladder.steps[-2], code="late", after=Span.parse("10 days"))
    terms = Terms(
        town.policy().classes["decision"], town.calendar(), replace(ladder, steps=(late,))
    )
    step = next_step(terms, story.case.standing(), story.case.total, story.now)
    assert step.at == story.case.total.at + 3 * DAY

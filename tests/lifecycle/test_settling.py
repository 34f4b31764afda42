"""Laws of a notice that comes while cases run, whatever happened to them before. In memory."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.lifecycle.archive.rules import evolve
from dandang.lifecycle.casework.rules.happen import Circumstances, terms_under
from dandang.lifecycle.casework.rules.unfold import Means, unfold
from dandang.lifecycle.escalation.events import DueTimesSettled
from dandang.lifecycle.escalation.rules.settling import settle_due_times
from dandang.policy import ClockName
from dandang.terms import Actor, Refusal
from dandang.workdays import WorkCalendar, china
from tests import town
from tests.lifecycle.notices import FOR_2027
from tests.lifecycle.story import MRS_LIU, Story

MONDAY = datetime(2026, 12, 28, 1, 0, tzinfo=town.MONDAY.tzinfo)
"""Monday 28 December 2026, 9:00 in Jiangcheng."""
LAMPS = {"to_post": "cityman-duty", "title": "The lamps", "text": "Mend the lamps"}
DONE = {"outcome": "resolved", "text": "Done", "contacted_by": "phone"}


def accept(story: Story) -> None:
    story.does("accept", town.CAO_LEI)


def ask(story: Story) -> None:
    story.does("ask", town.CAO_LEI, missing="Where?", text="Which lane?")


def answer(story: Story) -> None:
    story.does("answer", MRS_LIU, text="This one")


def promise(story: Story) -> None:
    until = story.now + timedelta(days=2)
    story.does("promise", town.CAO_LEI, promised_for=until, text="We will come")


def split(story: Story) -> None:
    story.does("split", town.ZHAO_MIN, **LAMPS)


def hand_over(story: Story) -> None:
    story.does("contacted", town.CAO_LEI, how="phone", text="We look into it")
    story.does(
        "hand-over",
        town.CAO_LEI,
        to_post="housing-duty",
        reason="not_our_duty",
        text="Theirs",
        basis="Duty list 9",
    )


def propose(story: Story) -> None:
    story.does("propose", town.CAO_LEI, **DONE)


def refuse(story: Story) -> None:
    story.does("judge", MRS_LIU, verdict="no")


ACTS = (accept, ask, answer, promise, split, hand_over, propose, refuse)
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 20)), max_size=7)


def lived(steps: list) -> Story:
    """Return a matter of five working days to which these acts were done, where they could be."""
    story = Story(now=MONDAY).opens("city_appearance")
    for act, hours in steps:
        story.after(hours=hours)
        with suppress(Refusal):
            act(story)
    return story


def notice_comes(story: Story, calendar: WorkCalendar) -> int:
    """Settle every case of the story; return how many events said so."""
    told = 0
    for tag in list(story.family):
        facts = replace(story.of(tag).facts(Actor.system()), calendar=calendar)
        events = settle_due_times(facts)
        how = Circumstances(Actor.system(), "", story.now, terms_under(town.policy(), calendar))
        for other, change in unfold(
            tag, events, story.family, Means(evolve, how, str)
        ).changes.items():
            story.family[other] = change.after
            story.written[other] += change.records
        told += len(events)
    return told


@given(steps=STEPS, hours=st.integers(0, 300))
def test_after_a_notice_every_time_it_reaches_is_final_and_nothing_else_moved(
    steps: list, hours: int
) -> None:
    story = lived(steps).after(hours=hours)
    before = {tag: dict(case.clocks) for tag, case in story.family.items()}
    notice_comes(story, china([FOR_2027]))
    for tag, case in story.family.items():
        assert story.of(tag).replayed() == case
        for name, due in case.clocks.items():
            assert not due.provisional
            was = before[tag].get(name)
            if was is None or name == ClockName.LADDER:
                continue
            if was.at <= story.now:
                assert due.at == was.at
            else:
                assert due.at >= story.now
            if not was.provisional and not case.parent:
                assert due == was
    assert notice_comes(story, china([FOR_2027])) == 0


@given(steps=STEPS, hours=st.integers(0, 48))
def test_the_total_clock_keeps_the_working_time_it_had_left_and_parts_keep_to_it(
    steps: list, hours: int
) -> None:
    story, after = lived(steps).after(hours=hours), china([FOR_2027])
    total = story.case.clocks.get(ClockName.TOTAL)
    notice_comes(story, after)
    if total is not None and total.provisional and total.at > story.now:
        left = town.calendar().working_time_between(story.now, total.at, provisional_ok=True)
        now_at = story.case.clocks[ClockName.TOTAL].at
        assert after.working_time_between(story.now, now_at) == left
    for part in story.children():
        if part.case.is_open and story.case.is_open:
            assert part.case.total.at <= story.case.total.at


def test_a_notice_says_by_which_it_was_settled_and_says_nothing_where_nothing_changes() -> None:
    story = Story(now=MONDAY).opens("city_appearance")
    facts = replace(story.facts(Actor.system()), calendar=china([FOR_2027]))
    assert settle_due_times(facts) == (DueTimesSettled(FOR_2027.source),)
    assert settle_due_times(story.facts(Actor.system())) == ()
    early = Story().opens("city_appearance")
    assert settle_due_times(replace(early.facts(MRS_LIU), calendar=facts.calendar)) == ()


def test_the_ladder_follows_the_total_clock() -> None:
    story = Story(now=MONDAY).opens("city_appearance")
    steps = {name: due.at for name, due in story.case.clocks.items()}
    notice_comes(story, china([FOR_2027]))
    assert story.case.total.at > steps["total"]
    assert story.case.clocks["ladder"].at >= steps["ladder"]


@pytest.mark.parametrize("kind", ["paused", "running"])
def test_what_stood_still_is_added_to_the_new_time(kind: str) -> None:
    story = Story(now=MONDAY).opens("city_appearance")
    accept(story)
    ask(story)
    if kind == "running":
        answer(story.after(hours=2))
    notice_comes(story, china([FOR_2027]))
    due = story.case.clocks["resolution"]
    assert due.paused == (kind == "paused")
    assert not due.provisional
    assert due.at >= story.case.total.at

"""Stories and laws of promises: a date for the requester, kept or broken for all to see."""

from contextlib import suppress
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dandang.terms import Code, Refusal
from tests import town
from tests.lifecycle.at_water import at_water, due, in_days
from tests.lifecycle.story import MRS_LIU, Story, refused

DONE = {"outcome": "resolved", "text": "Water runs"}


def promises(story: Story, at: datetime) -> Story:
    return story.does("promise", town.LI_NA, promised_for=at, text="By then")


def test_a_promise_is_a_clock_of_its_own_and_moves_no_other() -> None:
    story = at_water()
    before = dict(story.case.clocks)
    promises(story, in_days(story, 2))
    assert due(story, "promise") == in_days(story, 2)
    assert {**before, "promise": story.case.clocks["promise"]} == story.case.clocks


def test_a_promise_is_kept_by_proposing_in_time() -> None:
    story = promises(at_water(), town.MONDAY + timedelta(hours=2)).after(hours=2)
    story.does("propose", town.LI_NA, **DONE)
    assert story.names[-2:] == ["promise_kept", "resolution_proposed"]
    assert (story.case.promised_for, story.case.clocks.get("promise")) == (None, None)


def test_a_promise_that_passed_stays_visible_and_is_broken_in_the_end() -> None:
    story = promises(at_water(), town.MONDAY + timedelta(hours=2)).after(hours=3)
    assert due(story, "promise") < story.now
    story.does("propose", town.LI_NA, **DONE)
    assert story.names[-2:] == ["promise_broken", "resolution_proposed"]


def test_a_proposal_to_explain_keeps_no_promise() -> None:
    story = promises(at_water(), in_days(at_water(), 1))
    explained = {"outcome": "explained", "reason": "permit_valid", "basis": "Permit 8"}
    story.does("propose", town.LI_NA, text="Allowed", **explained)
    assert story.names[-1] == "resolution_proposed"
    assert "promise" in story.case.clocks


def test_a_promise_lies_ahead_and_before_the_deadline_of_the_case() -> None:
    story = at_water()
    total = due(story, "total")
    refused(Code.IN_THE_PAST, story, "promise", town.LI_NA, promised_for=story.now, text="Now")
    late = {"promised_for": total + timedelta(seconds=1), "text": "Later"}
    refused(Code.LATER_THAN_TOTAL, story, "promise", town.LI_NA, **late)
    promises(story, total)


def test_a_running_promise_gives_way_to_an_earlier_one_only() -> None:
    story = promises(at_water(), town.MONDAY + timedelta(hours=30))
    for hours in (30, 31):
        later = {"promised_for": town.MONDAY + timedelta(hours=hours), "text": "Later"}
        refused(Code.ALREADY_PROMISED, story, "promise", town.LI_NA, **later)
    promises(story, town.MONDAY + timedelta(hours=29))
    assert due(story, "promise") == town.MONDAY + timedelta(hours=29)
    assert story.names[-1] == "promise_made"


def test_a_new_promise_does_not_hide_that_the_old_one_was_broken() -> None:
    story = promises(at_water(), town.MONDAY + timedelta(hours=2)).after(hours=3)
    promises(story, town.MONDAY + timedelta(hours=9))
    assert story.names[-2:] == ["promise_broken", "promise_made"]


def test_an_end_leaves_no_promise_behind() -> None:
    story = promises(at_water(), in_days(at_water(), 1)).does("withdraw", MRS_LIU)
    assert (story.case.promised_for, story.case.clocks) == (None, {})


@given(st.lists(st.tuples(st.integers(-10, 200), st.integers(0, 60)), max_size=6))
def test_no_promise_is_ever_later_than_the_total_and_none_moves_it(
    tries: list[tuple[int, int]],
) -> None:
    story = at_water()
    total = story.case.total
    for hours, wait in tries:
        with suppress(Refusal):
            promises(story, story.now + timedelta(hours=hours))
            assert story.now < story.case.promised_for <= story.case.total.at
        story.after(hours=wait)
        assert story.case.total == story.case.clocks["total"] == total
    made, broken = (story.names.count(name) for name in ("promise_made", "promise_broken"))
    assert broken <= made
    assert story.replayed() == story.case

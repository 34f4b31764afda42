"""Stories of rating the service, apart from whether the matter is solved."""

import pytest

from dandang.lifecycle.casework.rules.answers import may_rate
from dandang.lifecycle.states import State
from dandang.terms import Actor, Code
from tests import town
from tests.lifecycle.story import MRS_LIU, Story, refused
from tests.lifecycle.test_confirmation import DONE, MR_ZHOU, proposed


def judged(verdict: str = "solved") -> Story:
    return proposed().does("judge", MRS_LIU, verdict=verdict)


def test_a_rating_comes_after_the_judgement_and_changes_nothing_else() -> None:
    story = proposed()
    assert not may_rate(story.facts(MRS_LIU))
    refused(Code.NOT_JUDGED, story, "rate", MRS_LIU, stars=5)
    story.does("judge", MRS_LIU, verdict="solved")
    before = story.case
    story.does("rate", MRS_LIU, stars=2, text="It took long")
    (request,) = story.case.requests
    assert (request.stars, request.rated_at) == (2, story.now)
    assert (story.case.state, story.case.clocks) == (before.state, before.clocks)
    assert story.records[-1].event.text == "It took long"
    assert story.replayed() == story.case


@pytest.mark.parametrize("stars", [0, 6, 12])
def test_there_are_one_to_five_stars(stars: int) -> None:
    refused(Code.VALUE_INVALID, judged(), "rate", MRS_LIU, stars=stars)


def test_whoever_says_not_solved_can_rate_too() -> None:
    story = judged("no")
    assert story.case.state is State.IN_PROGRESS
    story.does("rate", MRS_LIU, stars=1)
    assert story.case.request(1).stars == 1


def test_a_rating_is_changeable_as_long_as_the_judgement_is() -> None:
    story = judged().does("rate", MRS_LIU, stars=1)
    story.after(days=14).does("rate", MRS_LIU, stars=4)
    assert story.case.request(1).stars == 4
    story.after(days=2)
    assert not may_rate(story.facts(MRS_LIU))
    refused(Code.JUDGEMENT_WINDOW_PASSED, story, "rate", MRS_LIU, stars=5)


def test_proposing_again_takes_no_rating_away() -> None:
    story = judged("no").does("rate", MRS_LIU, stars=1)
    story.does("propose", town.LI_NA, **DONE)
    assert story.case.request(1).stars == 1
    refused(Code.NOT_JUDGED, story, "rate", MRS_LIU, stars=5)


def test_each_requester_rates_for_themselves() -> None:
    story = Story().opens().does("attach", MRS_LIU, text="Next door too")
    story.does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)
    story.does("judge", MRS_LIU, verdict="solved").does("rate", MRS_LIU, stars=5)
    refused(Code.NOT_JUDGED, story, "rate", MR_ZHOU, stars=1)
    assert not may_rate(story.facts(MR_ZHOU))
    assert [one.stars for one in story.case.requests] == [5, None]


def test_a_call_back_officer_enters_a_rating_and_the_unit_does_not() -> None:
    story = judged()
    story.does("rate", town.ZHAO_MIN, stars=3, request=1)
    assert story.records[-1].event.collected == "call_back"
    refused(Code.NOT_PERMITTED, story, "rate", town.LI_NA, stars=5, request=1)
    refused(Code.UNKNOWN_REQUEST, story, "rate", town.ZHAO_MIN, stars=3, request=9)
    refused(Code.NOT_PERMITTED, story, "rate", Actor.system(), stars=3)

"""What is kept from the unit while requesters can change it: for whom, and until when."""

from datetime import datetime

from dandang.lifecycle.casework.rules.discretion import keeps_rating, keeps_verdict, kept_until
from dandang.lifecycle.states import Verdict
from dandang.terms import Actor
from tests import town
from tests.lifecycle.story import MRS_LIU, Story
from tests.lifecycle.test_confirmation import DONE, MR_ZHOU

MR_WU = Actor.requester(3)


def several() -> Story:
    """Three people have the same trouble; Li Na says that it is done."""
    story = Story().opens().does("attach", MRS_LIU, text="Here too")
    story.does("attach", MRS_LIU, text="And here").does("accept", town.LI_NA)
    return story.does("propose", town.LI_NA, **DONE)


def kept(story: Story, officer: str) -> datetime | None:
    """Return until when the last answer is kept from this officer."""
    answers = ("judged", "rated")
    last = [one for one in story.records if one.event.type_name() in answers][-1]
    facts = story.facts(Actor.officer(officer))
    fields = last.event.to_fields()
    return kept_until(facts, last.event.type_name(), fields, last.occurred_at)


def test_who_of_several_is_content_is_kept_from_the_unit_until_it_cannot_be_changed() -> None:
    story = several().does("judge", MRS_LIU, verdict="solved")
    until = kept(story, town.LI_NA)
    assert until is not None
    assert kept(story, town.CHEN_HUI) is None
    assert kept(story, town.ZHAO_MIN) is None
    story.now = until
    assert kept(story, town.LI_NA) == until
    story.after(minutes=1)
    assert kept(story, town.LI_NA) is None


def test_who_agrees_to_an_end_is_kept_too_and_who_says_no_is_not() -> None:
    story = several().does("judge", MRS_LIU, verdict="partly", agreed=True)
    assert kept(story, town.LI_NA) is not None
    story.does("judge", MR_ZHOU, verdict="no", text="Dry")
    assert kept(story, town.LI_NA) is None


def test_a_single_requester_cannot_be_kept_secret() -> None:
    story = Story().opens().does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)
    story.does("judge", MRS_LIU, verdict="solved")
    assert kept(story, town.LI_NA) is None
    story.does("rate", MRS_LIU, stars=2)
    assert kept(story, town.LI_NA) is not None


def test_ratings_are_kept_from_the_judgement_on_and_after_a_new_proposal_from_the_rating() -> None:
    story = several().does("judge", MRS_LIU, verdict="solved").after(days=3)
    until = kept(story, town.LI_NA)
    story.does("rate", MRS_LIU, stars=4)
    assert kept(story, town.LI_NA) == until
    story.family[story.tag] = story.case.changed(requests=())
    assert kept(story, town.LI_NA) > until


def test_other_events_are_not_kept() -> None:
    story = several()
    facts = story.facts(Actor.officer(town.LI_NA))
    assert kept_until(facts, "resolution_proposed", {}, story.now) is None


def test_the_list_of_requests_keeps_what_the_timeline_keeps() -> None:
    story = several().does("judge", MRS_LIU, verdict="solved").does("rate", MRS_LIU, stars=5)
    first, second, _ = story.case.requests
    unit, above = (story.facts(Actor.officer(one)) for one in (town.LI_NA, town.CHEN_HUI))
    assert keeps_verdict(unit, first)
    assert not keeps_verdict(above, first)
    assert not keeps_verdict(unit, second)
    assert keeps_rating(unit, first)
    assert not keeps_rating(above, first)
    assert not keeps_rating(unit, second)
    story.after(days=16)
    unit = story.facts(Actor.officer(town.LI_NA))
    assert not keeps_verdict(unit, first)
    assert not keeps_rating(unit, first)
    assert first.verdict is Verdict.SOLVED


def test_a_rating_whose_judgement_was_asked_anew_is_kept_from_the_rating_on() -> None:
    story = Story().opens().does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)
    story.does("judge", MRS_LIU, verdict="no").does("rate", MRS_LIU, stars=1)
    story.after(days=14).does("propose", town.LI_NA, **DONE)
    (request,) = story.case.requests
    assert request.judged_at is None
    assert keeps_rating(story.facts(Actor.officer(town.LI_NA)), request)

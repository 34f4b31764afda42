"""Stories of written objections: who may write them, who answers, who sees the author."""

from datetime import timedelta

from dandang.lifecycle.casework.rules.objections import may_answer
from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.casework.rules.permit import may_read, may_see_authors
from dandang.lifecycle.states import State
from dandang.terms import Actor, Code
from tests import town
from tests.lifecycle.story import MRS_LIU, Story, refused

TO_HEAD = {"to_post": "water-head", "text": "We were told to close it before it was mended"}
TO_SUPERVISION = {"to_post": "supervision-desk", "text": "We were told to close it"}
PERMIT = {"reason": "permit_valid", "basis": "Permit 88", "text": "They may work at night"}
ANSWER = {"text": "You are right; it goes on"}


def offered(story: Story, by: Actor | str) -> set[str]:
    actor = Actor.officer(by) if isinstance(by, str) else by
    return {verb.name for verb in possible_verbs(story.facts(actor))}


def explained() -> Story:
    """The housing bureau has a permit for the noise, and supervision explains it."""
    story = Story().opens("noise_building_night").does("accept", town.WANG_QIANG)
    story.does("propose", town.WANG_QIANG, outcome="explained", **PERMIT)
    return story.does("explain", town.CHEN_HUI, **PERMIT)


def sees_author(story: Story, officer: str) -> bool:
    return may_see_authors(story.facts(Actor.officer(officer)))


def test_an_officer_objects_in_writing_and_the_addressee_has_to_answer() -> None:
    story = Story().opens().does("object", town.LI_NA, **TO_HEAD)
    (objection,) = story.case.objections
    assert (objection.seq, objection.to_post) == (story.case.seq, "water-head")
    assert story.case.clocks["objection_answer"].at > story.now
    assert "answer-objection" in offered(story, town.SUN_TAO)
    story.does("answer-objection", town.SUN_TAO, objection_seq=objection.seq, **ANSWER)
    assert story.case.objections == ()
    assert "objection_answer" not in story.case.clocks
    again = {"objection_seq": objection.seq, **ANSWER}
    refused(Code.NOT_PERMITTED, story, "answer-objection", town.LI_NA, **again)
    refused(Code.UNKNOWN_OBJECTION, story, "answer-objection", town.CHEN_HUI, **again)


def test_a_deciding_office_may_answer_and_the_author_may_not() -> None:
    story = Story().opens().does("object", town.LI_NA, **TO_HEAD)
    story.does("object", town.CHEN_HUI, to_post="mayor", text="This takes too long")
    first, second = story.case.objections
    assert "answer-objection" in offered(story, town.ZHAO_MIN)
    to_second = {"objection_seq": second.seq, **ANSWER}
    refused(Code.DECIDER_INVOLVED, story, "answer-objection", town.CHEN_HUI, **to_second)
    refused(Code.NOT_THE_DECIDING_OFFICE, story, "answer-objection", town.SUN_TAO, **to_second)
    story.does("answer-objection", town.CHEN_HUI, objection_seq=first.seq, **ANSWER)
    assert "answer-objection" not in offered(story, town.CHEN_HUI)
    story.does("answer-objection", town.ZHAO_MIN, **to_second)


def test_an_officer_names_somebody_else_who_is_there() -> None:
    story = Story().opens()
    text = {"text": "This is wrong"}
    refused(Code.FIELD_REQUIRED, story, "object", town.LI_NA, **text)
    refused(Code.VALUE_INVALID, story, "object", town.LI_NA, to_post="water-duty", **text)
    refused(Code.UNKNOWN_POST, story, "object", town.LI_NA, to_post="nowhere", **text)
    refused(Code.NOT_PERMITTED, story, "object", town.CAO_LEI, to_post="water-head", **text)


def test_only_supervision_outside_the_unit_sees_who_objected() -> None:
    story = Story().opens().does("object", town.LI_NA, **TO_SUPERVISION)
    others = (town.LI_NA, town.SUN_TAO, town.ZHAO_MIN, town.CAO_LEI, "nobody")
    assert sees_author(story, town.CHEN_HUI)
    assert not any(sees_author(story, officer) for officer in others)
    held_by_supervision = Story().opens("", subject_units=("hotline",))
    assert not sees_author(held_by_supervision, town.CHEN_HUI)


def test_whoever_is_asked_to_answer_gets_to_read_the_case_until_it_is_answered() -> None:
    story = Story().opens().does("object", town.LI_NA, to_post="labour-duty", text="Theirs, too")
    assert may_read(story.facts(Actor.officer(town.LUO_JING)))
    seq = story.case.objections[0].seq
    story.does("answer-objection", town.LUO_JING, objection_seq=seq, **ANSWER)
    assert not may_read(story.facts(Actor.officer(town.LUO_JING)))


def test_a_requester_objects_once_to_an_explanation_and_the_office_above_answers() -> None:
    story = explained()
    wrong = {"text": "The permit ended in August"}
    assert "object" in offered(story, MRS_LIU)
    refused(Code.FIELD_UNKNOWN, story, "object", MRS_LIU, to_post="mayor", **wrong)
    story.does("object", MRS_LIU, **wrong)
    (objection,) = story.case.objections
    assert (objection.to_post, objection.by_requester) == ("mayor", True)
    assert "object" not in offered(story, MRS_LIU)
    refused(Code.ALREADY_OBJECTED, story, "object", MRS_LIU, **wrong)
    story.does("answer-objection", town.ZHAO_MIN, objection_seq=objection.seq, **ANSWER)
    refused(Code.ALREADY_OBJECTED, story, "object", MRS_LIU, **wrong)
    story.does("object", town.WANG_QIANG, **TO_SUPERVISION)
    assert story.case.objected == 1


def test_an_officer_and_a_requester_of_the_same_code_are_two_people() -> None:
    story = explained().does("object", MRS_LIU, text="The permit ended in August")
    namesake = story.facts(Actor.officer("1"))
    assert story.case.objections[0].by == namesake.by.code
    assert may_answer(namesake)
    assert not may_answer(story.facts(MRS_LIU))
    assert "object" not in offered(story, Actor.requester(2))


def test_a_requester_objects_only_in_time_and_only_to_an_explanation() -> None:
    wrong = {"text": "The permit ended in August"}
    refused(Code.WRONG_STATE, Story().opens(), "object", MRS_LIU, **wrong)
    assert "object" not in offered(Story().opens(), MRS_LIU)
    story = explained()
    story.now += timedelta(days=16)
    refused(Code.OBJECTION_WINDOW_PASSED, story, "object", MRS_LIU, **wrong)
    assert "object" not in offered(story, MRS_LIU)
    assert story.case.state is State.EXPLAINED

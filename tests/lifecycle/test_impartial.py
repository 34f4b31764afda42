"""Stories of complaints about units and of officers who are not impartial (rules 3 and 13)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dandang.lifecycle.casework.events.custody import SubjectNamed
from dandang.lifecycle.casework.rules.holding import last_holder, substitute
from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.casework.rules.permit import (
    may_read,
    may_see_contact,
    may_see_private_answers,
)
from dandang.lifecycle.states import State
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.story import MRS_LIU, Story, refused

ABOUT = {"text": "She complains about this office"}
MINE = {"text": "The owner is my brother-in-law"}
NOT_OURS = {"reason": "not_our_duty", "text": "Theirs", "basis": "Duty list 9"}
DONE = {"outcome": "resolved", "text": "It is done"}


def sees_nothing(story: Story, officer: str) -> bool:
    """Say whether a case is closed to an officer in every way."""
    facts = story.facts(Actor.officer(officer))
    seen = may_read(facts) or may_see_contact(facts) or may_see_private_answers(facts)
    return not seen and possible_verbs(facts) == []


def about_cityman(state: State = State.IN_PROGRESS) -> Story:
    """Urban management holds a case that turns out to be about urban management."""
    story = Story().opens("city_appearance")
    if state is not State.ASSIGNED:
        story.does("accept", town.CAO_LEI)
    return story


# units complained about


def test_a_complaint_about_the_unit_on_duty_goes_to_the_office_above_it() -> None:
    story = Story().opens("city_appearance", subject_units=("cityman",))
    assert (story.case.state, story.case.holder) == (State.ASSIGNED, "mayor")
    assert story.records[-1].event.why == "subject"
    assert sees_nothing(story, town.CAO_LEI)
    assert may_read(story.facts(Actor.officer(town.CHEN_HUI)))


def test_a_complaint_about_the_hotline_does_not_arrive_there() -> None:
    story = Story().opens("", subject_units=("hotline", "hotline"))
    assert story.case.subject_units == ("hotline",)
    assert (story.case.state, story.case.holder) == (State.RECEIVED, "supervision-desk")
    assert sees_nothing(story, town.ZHAO_MIN)
    refused(Code.NOT_PERMITTED, story, "assign", town.ZHAO_MIN, to_post="water-duty")
    story.does("assign", town.CHEN_HUI, to_post="water-duty")
    assert story.case.holder == "water-duty"


def test_supervision_declines_what_is_out_of_scope_where_the_dispatch_is_complained_about() -> None:
    story = Story().opens("", subject_units=("hotline",))
    out = {"reason": "out_of_scope", "text": "Not ours", "basis": "Rules 4"}
    story.does("assign", town.CHEN_HUI, to_post="water-duty")
    story.does("decline", town.CHEN_HUI, **out)
    assert story.case.state is State.DECLINED


def test_a_complaint_about_everybody_is_refused() -> None:
    everybody = ("government", "hotline", "supervision")
    with pytest.raises(Refusal) as caught:
        Story().opens("city_appearance", subject_units=everybody)
    assert caught.value.code is Code.NOBODY_OUTSIDE
    with pytest.raises(Refusal) as caught:
        Story().opens(subject_units=("nowhere",))
    assert caught.value.code is Code.UNKNOWN_UNIT


def test_naming_the_holder_s_unit_takes_the_case_from_it_with_all_it_had_claimed() -> None:
    story = about_cityman().does("propose", town.CAO_LEI, **DONE)
    total = story.case.total
    story.does("name-subject", town.ZHAO_MIN, unit="cityman", **ABOUT)
    case = story.case
    assert (case.state, case.holder, case.outcome) == (State.ASSIGNED, "mayor", None)
    assert (case.came_from, case.bound, case.total) == ("", False, total)
    assert story.names[-2:] == ["subject_named", "recused"]
    assert sees_nothing(story, town.CAO_LEI)


def test_what_waits_is_resumed_before_the_unit_complained_about_loses_it() -> None:
    story = about_cityman().does("ask", town.CAO_LEI, missing="The house", text="Which one?")
    story.does("name-subject", town.ZHAO_MIN, unit="cityman", **ABOUT)
    assert story.names[-3:] == ["subject_named", "resumed", "recused"]
    assert story.case.state is State.ASSIGNED
    assert story.case.asked_at is None


def test_a_case_on_its_legal_route_stays_there_under_another_holder() -> None:
    story = Story().opens("unpaid_wages").does("accept", town.LUO_JING)
    route = {"article": "14", "body": "Arbitration", "acceptance_number": "2026-7"}
    due_at = story.now + timedelta(days=30)
    story.does("ask-legal-route", town.LUO_JING, **route, due_at=due_at, text="They can order it")
    story.does("enter-legal-route", town.CHEN_HUI, text="Agreed")
    story.does("name-subject", town.ZHAO_MIN, unit="labour", **ABOUT)
    assert (story.case.state, story.case.holder) == (State.ON_LEGAL_ROUTE, "mayor")
    assert story.case.route.due_at == due_at


def test_a_unit_is_named_once_and_any_number_of_units_can_be() -> None:
    story = about_cityman().does("name-subject", town.CHEN_HUI, unit="qingshan", **ABOUT)
    assert (story.case.holder, story.case.subject_units) == ("cityman-duty", ("qingshan",))
    refused(Code.ALREADY_NAMED, story, "name-subject", town.ZHAO_MIN, unit="qingshan", **ABOUT)
    refused(Code.UNKNOWN_UNIT, story, "name-subject", town.ZHAO_MIN, unit="nowhere", **ABOUT)
    story.does("name-subject", town.ZHAO_MIN, unit="cityman", **ABOUT)
    story.does("name-subject", town.ZHAO_MIN, unit="government", **ABOUT)
    assert story.case.holder == "supervision-desk"
    story.does("name-subject", town.ZHAO_MIN, unit="supervision", **ABOUT)
    assert story.case.holder == "hotline-dispatch"
    refused(Code.NOT_PERMITTED, story, "accept", town.CHEN_HUI)
    refused(Code.NOBODY_OUTSIDE, story, "name-subject", town.ZHAO_MIN, unit="hotline", **ABOUT)


def test_an_officer_who_sits_in_a_unit_complained_about_is_kept_out_in_every_other_post() -> None:
    # In June Wang Qiang still has the duty desk of the building sites besides that of the bureau.
    june = town.MONDAY.replace(month=6, day=15)
    story = Story(now=june).opens("noise_building_night", subject_units=("housing-sites",))
    assert story.case.holder == "mayor"
    assert sees_nothing(story, town.WANG_QIANG)
    later = Story().opens("noise_building_night", subject_units=("housing-sites",))
    assert later.case.holder == "housing-duty"
    assert may_read(later.facts(Actor.officer(town.WANG_QIANG)))


def test_what_was_decided_bindingly_for_a_unit_falls_when_the_complaint_is_about_it() -> None:
    story = about_cityman().does("dispute", town.CAO_LEI, to_post="qingshan-duty", **NOT_OURS)
    decided = {"to_post": "qingshan-duty", "basis": "List", "text": "Yours"}
    story.does("decide-dispute", town.CHEN_HUI, **decided)
    assert story.case.bound
    story.does("name-subject", town.ZHAO_MIN, unit="qingshan", **ABOUT)
    assert (story.case.holder, story.case.bound) == ("mayor", False)


def test_a_case_is_reopened_by_the_fallback_where_its_duty_was_taken_back_and_not_before() -> None:
    story = Story().opens("rubbish_and_sanitation", "qingshan").does("accept", town.ZHOU_HAI)
    noise = {"category": "noise_building_night", "text": "It is the noise"}
    story.does("change-category", town.ZHAO_MIN, **noise).does("propose", town.ZHOU_HAI, **DONE)
    story.does("judge", MRS_LIU, verdict="no")
    assert story.case.holder == "qingshan-duty"
    story.does("propose", town.ZHOU_HAI, **DONE).after(days=4)
    story.does("judge", MRS_LIU, verdict="solved")
    story.does("reopen", MRS_LIU, text="It is back")
    assert story.case.holder == "hotline-coordination"


def test_a_part_that_ended_is_taken_up_again_outside_the_unit_complained_about() -> None:
    story = Story().opens().does("accept", town.LI_NA)
    story.does("split", town.ZHAO_MIN, to_post="cityman-duty", title="A part", text="This part")
    (part,) = story.children()
    part.does("accept", town.CAO_LEI).does("propose", town.CAO_LEI, **DONE)
    part.does("judge", town.ZHAO_MIN, verdict="solved")
    story.does("name-subject", town.ZHAO_MIN, unit="cityman", **ABOUT)
    assert (part.case.holder, part.case.subject_units) == ("cityman-duty", ("cityman",))
    part.does("reopen", town.CHEN_HUI, text="It is back")
    assert (part.case.state, part.case.holder) == (State.IN_PROGRESS, "mayor")


@pytest.mark.parametrize(
    ("verb", "values"),
    [
        ("hand-over", {"to_post": "services-desk", **NOT_OURS}),
        ("dispute", {"to_post": "qingshan-duty", **NOT_OURS}),
        ("request-assist", {"of_post": "qingshan-duty", "text": "Please help"}),
        ("object", {"to_post": "qingshan-duty", "text": "This is wrong"}),
    ],
)
def test_nothing_brings_a_unit_complained_about_into_the_case(
    verb: str, values: dict[str, str]
) -> None:
    story = about_cityman().does("name-subject", town.ZHAO_MIN, unit="qingshan", **ABOUT)
    refused(Code.SUBJECT_OF_COMPLAINT, story, verb, town.CAO_LEI, **values)


def test_neither_dispatch_nor_decision_nor_split_gives_it_to_the_unit_complained_about() -> None:
    story = Story().opens("", subject_units=("water",))
    to_water = {"to_post": "water-duty"}
    refused(Code.SUBJECT_OF_COMPLAINT, story, "assign", town.ZHAO_MIN, **to_water)
    story.does("assign", town.ZHAO_MIN, to_post="cityman-duty")
    part = {"title": "A part", "text": "This part", **to_water}
    refused(Code.SUBJECT_OF_COMPLAINT, story, "split", town.ZHAO_MIN, **part)
    story.does("dispute", town.CAO_LEI, to_post="qingshan-duty", **NOT_OURS)
    decided = {"basis": "List", "text": "Theirs", **to_water}
    refused(Code.SUBJECT_OF_COMPLAINT, story, "decide-dispute", town.CHEN_HUI, **decided)


def test_it_does_not_go_back_to_a_unit_that_was_named_after_it_gave_the_case_away() -> None:
    story = about_cityman(State.ASSIGNED)
    story.does("hand-over", town.CAO_LEI, to_post="qingshan-duty", **NOT_OURS)
    story.does("name-subject", town.ZHAO_MIN, unit="cityman", **ABOUT)
    assert story.case.holder == "qingshan-duty"
    assert sees_nothing(story, town.CAO_LEI)
    refused(Code.SUBJECT_OF_COMPLAINT, story, "return", town.ZHOU_HAI, **NOT_OURS)


def test_a_unit_asked_for_help_helps_no_more_when_the_complaint_is_about_it() -> None:
    story = about_cityman()
    for post in ("qingshan-duty", "water-duty"):
        story.does("request-assist", town.CAO_LEI, of_post=post, text="Please help")
    assert may_read(story.facts(Actor.officer(town.ZHOU_HAI)))
    assert not may_see_contact(story.facts(Actor.officer(town.ZHOU_HAI)))
    story.does("name-subject", town.ZHAO_MIN, unit="qingshan", **ABOUT)
    assert [one.of_post for one in story.case.assists] == ["water-duty"]
    assert story.records[-1].event == SubjectNamed("qingshan", ABOUT["text"], ("qingshan-duty",))
    refused(Code.NOT_PERMITTED, story, "give-assist", town.ZHOU_HAI, text="Done")


def test_a_complaint_is_not_joined_into_the_case_of_whom_it_is_about() -> None:
    story = about_cityman()
    other = story.another().opens("city_appearance", subject_units=("cityman",))
    refused(Code.SUBJECT_OF_COMPLAINT, other, "merge", town.ZHAO_MIN, into=story.tag, **ABOUT)


def test_a_second_no_does_not_go_to_an_office_complained_about() -> None:
    story = about_cityman().does("name-subject", town.ZHAO_MIN, unit="hotline", **ABOUT)
    for _ in range(2):
        story.does("propose", town.CAO_LEI, **DONE).does("judge", MRS_LIU, verdict="no")
    assert story.case.holder == "mayor"


def test_parts_of_a_case_are_taken_from_the_unit_complained_about_as_well() -> None:
    story = Story().opens().does("accept", town.LI_NA)
    for post in ("cityman-duty", "qingshan-duty"):
        story.does("split", town.ZHAO_MIN, to_post=post, title="A part", text="This part")
    lamps, rubbish = story.children()
    lamps.does("accept", town.CAO_LEI)
    lamps.does("split", town.ZHAO_MIN, to_post="cityman-duty", title="A lamp", text="The last")
    (lamp,) = lamps.children()
    lamp.does("name-subject", town.ZHAO_MIN, unit="qingshan", **ABOUT)
    story.does("name-subject", town.ZHAO_MIN, unit="cityman", **ABOUT)
    assert [one.case.holder for one in (story, lamps, rubbish, lamp)] == [
        "water-duty",
        "mayor",
        "qingshan-duty",
        "mayor",
    ]
    assert rubbish.case.subject_units == ("cityman",)
    assert lamp.case.subject_units == ("qingshan", "cityman")
    lamp.does("name-subject", town.CHEN_HUI, unit="labour", **ABOUT)
    assert "labour" not in story.case.subject_units
    story.does("name-subject", town.ZHAO_MIN, unit="labour", **ABOUT)
    assert lamp.names.count("subject_named") == 3


def test_what_keeps_people_out_of_a_case_keeps_them_out_of_the_case_it_is_joined_into() -> None:
    story = Story().opens().does("accept", town.LI_NA)
    story.does("split", town.ZHAO_MIN, to_post="cityman-duty", title="A part", text="This part")
    (part,) = story.children()
    other = story.another().opens(subject_units=("cityman",))
    other.does("declare-conflict", town.LI_NA, **MINE)
    other.does("merge", town.ZHAO_MIN, into=story.tag, text="The same pipe")
    assert (story.case.holder, part.case.holder) == ("water-head", "mayor")
    assert sees_nothing(story, town.LI_NA)
    assert sees_nothing(story, town.CAO_LEI)
    assert sees_nothing(part, town.LI_NA)


def test_what_comes_back_comes_back_to_somebody_impartial() -> None:
    story = Story().opens().does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)
    story.does("judge", MRS_LIU, verdict="solved")
    other = story.another().opens().does("declare-conflict", town.LI_NA, **MINE)
    other.does("merge", town.ZHAO_MIN, into=story.tag, text="The same pipe")
    assert (story.case.state, story.case.holder) == (State.IN_PROGRESS, "water-head")


# officers who declared a conflict


def test_an_officer_with_a_conflict_loses_the_case_and_a_colleague_of_the_unit_takes_it() -> None:
    story = Story().opens().does("accept", town.LI_NA)
    story.does("declare-conflict", town.LI_NA, **MINE)
    assert (story.case.state, story.case.holder) == (State.ASSIGNED, "water-head")
    assert story.names[-2:] == ["conflict_declared", "recused"]
    assert story.records[-1].event.cause == "conflict"
    assert sees_nothing(story, town.LI_NA)
    refused(Code.CONFLICT_DECLARED, story, "note", town.LI_NA, text="Let me")
    refused(Code.CONFLICT_DECLARED, story, "declare-conflict", town.LI_NA, **MINE)


def test_where_nobody_of_the_unit_is_left_the_office_above_it_takes_the_case() -> None:
    story = Story().opens().does("accept", town.LI_NA)
    story.does("declare-conflict", town.SUN_TAO, **MINE)
    assert story.case.holder == "water-duty"
    story.does("declare-conflict", town.LI_NA, **MINE)
    assert story.case.holder == "supervision-desk"


def test_where_all_are_in_conflict_somebody_holds_it_all_the_same() -> None:
    story = Story().opens().does("accept", town.LI_NA)
    for officer in (town.SUN_TAO, town.CHEN_HUI, town.ZHAO_MIN, town.LI_NA):
        story.does("declare-conflict", officer, **MINE)
    assert story.case.holder == "mayor"
    assert story.case.state is State.ASSIGNED


def test_a_post_stays_where_nobody_else_could_act_either_and_keeps_what_it_is_given_back() -> None:
    story = Story().opens("lifts", subject_units=("government", "supervision"))
    assert story.case.holder == "hotline-coordination"
    story.does("declare-conflict", town.ZHAO_MIN, **MINE)
    assert (story.case.holder, story.names[-1]) == ("hotline-coordination", "conflict_declared")
    assert sees_nothing(story, town.ZHAO_MIN)
    story.does("withdraw", MRS_LIU)
    facts = story.facts(Actor.system())
    assert last_holder(facts).unit == "hotline"
    gone = replace(facts, case=replace(story.case, holder="water-duty", holder_unit="water"))
    assert substitute(gone).unit == "hotline"
    everybody = replace(gone.case, subject_units=("government", "supervision", "hotline"))
    with pytest.raises(Refusal) as caught:
        last_holder(replace(gone, case=everybody))
    assert caught.value.code is Code.NOBODY_OUTSIDE


def test_what_waits_is_resumed_when_its_holder_steps_back() -> None:
    story = Story().opens().does("accept", town.LI_NA)
    story.does("ask", town.LI_NA, missing="The house", text="Which one?")
    story.does("declare-conflict", town.LI_NA, **MINE)
    assert story.names[-3:] == ["conflict_declared", "resumed", "recused"]
    assert story.case.state is State.ASSIGNED


def test_a_proposal_and_a_dispute_stay_when_only_the_officer_steps_back() -> None:
    proposed = Story().opens().does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)
    proposed.does("declare-conflict", town.LI_NA, **MINE)
    assert (proposed.case.state, proposed.case.holder) == (State.PROPOSED, "water-head")
    proposed.does("judge", MRS_LIU, verdict="solved")
    disputed = Story().opens().does("contacted", town.LI_NA, how="phone", text="We are coming")
    disputed.does("dispute", town.LI_NA, to_post="cityman-duty", **NOT_OURS)
    disputed.does("declare-conflict", town.LI_NA, **MINE)
    assert (disputed.case.state, disputed.case.holder) == (State.DISPUTED, "water-head")
    assert disputed.case.wanted_unit == "cityman"


def test_a_case_that_ended_does_not_move_and_is_reopened_with_somebody_impartial() -> None:
    story = Story().opens().does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)
    story.does("judge", MRS_LIU, verdict="solved").does("declare-conflict", town.LI_NA, **MINE)
    assert story.names[-1] == "conflict_declared"
    assert story.case.holder == "water-duty"
    story.does("reopen", MRS_LIU, text="It is back")
    assert (story.case.state, story.case.holder) == (State.IN_PROGRESS, "water-head")


def test_a_case_is_not_given_to_a_post_in_which_nobody_is_impartial() -> None:
    story = about_cityman().does("request-assist", town.CAO_LEI, of_post="water-duty", text="Help")
    story.does("declare-conflict", town.LI_NA, **MINE)
    assert story.case.holder == "cityman-duty"
    to_water = {"to_post": "water-duty", **NOT_OURS}
    refused(Code.NOBODY_WITHOUT_CONFLICT, story, "hand-over", town.CAO_LEI, **to_water)


def test_a_part_opened_later_is_closed_to_an_officer_with_a_conflict_as_well() -> None:
    story = Story().opens().does("accept", town.LI_NA).does("declare-conflict", town.LI_NA, **MINE)
    part = {"title": "A part", "text": "This part"}
    refused(
        Code.NOBODY_WITHOUT_CONFLICT, story, "split", town.ZHAO_MIN, to_post="water-duty", **part
    )
    story.does("split", town.ZHAO_MIN, to_post="cityman-duty", **part)
    assert sees_nothing(story.children()[0], town.LI_NA)


def test_a_conflict_in_a_case_closes_the_parts_that_it_has_already() -> None:
    story = Story().opens().does("accept", town.LI_NA)
    story.does("split", town.ZHAO_MIN, to_post="water-duty", title="A part", text="This part")
    (part,) = story.children()
    story.does("declare-conflict", town.LI_NA, **MINE)
    assert part.case.holder == "water-head"
    assert sees_nothing(part, town.LI_NA)


def test_a_stranger_cannot_declare_a_conflict_in_a_case_that_is_closed_to_him() -> None:
    refused(Code.NOT_PERMITTED, Story().opens(), "declare-conflict", town.CAO_LEI, **MINE)

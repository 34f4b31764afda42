"""Stories of who holds a case."""

from dataclasses import replace

import pytest

from dandang.lifecycle.casework.rules.custody import (
    decide_dispute,
    hand_over,
    return_is_disputed,
)
from dandang.lifecycle.casework.rules.ends import reopen
from dandang.lifecycle.casework.rules.wishes import DecideDispute, HandOver, Reopen
from dandang.lifecycle.routing.rules import Why
from dandang.lifecycle.states import State
from dandang.organization.directory import Directory
from dandang.policy import ClockName
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.story import MRS_LIU, Story, refused

OURS_NOT = {"reason": "not_our_duty", "text": "The main is theirs", "basis": "Duty list no. 9"}


def test_a_request_goes_straight_to_the_desk_the_duty_list_names() -> None:
    story = Story().opens("water_supply")
    assert story.names == ["case_opened", "assigned"]
    assert (story.case.state, story.case.holder) == (State.ASSIGNED, "water-duty")
    assert story.case.routed_by == Why.DUTY.value


def test_what_nobody_answers_for_goes_to_the_fallback_unit_visibly() -> None:
    story = Story().opens("lifts")
    assert story.case.holder == "hotline-coordination"
    assert story.case.routed_by == Why.FALLBACK.value


@pytest.mark.parametrize("category", ["", "street_trading"])
def test_without_one_clear_duty_the_request_waits_at_the_intake_post(category: str) -> None:
    story = Story().opens(category)
    assert (story.case.state, story.case.holder) == (State.RECEIVED, "hotline-intake")
    assert ClockName.DISPATCH in story.case.clocks


def test_the_dispatcher_assigns_and_corrects_the_category_on_the_way() -> None:
    story = Story().opens("").does("assign", town.ZHAO_MIN, to_post="water-duty", category="lifts")
    assert story.names[1:] == ["category_changed", "assigned"]
    assert (story.case.category, story.case.holder) == ("lifts", "water-duty")
    assert story.case.total == story.case.clocks[ClockName.TOTAL]


def test_nobody_else_may_assign() -> None:
    story = Story().opens("")
    refused(Code.NOT_PERMITTED, story, "assign", town.LI_NA, to_post="water-duty")
    refused(Code.NOT_PERMITTED, story, "assign", MRS_LIU, to_post="water-duty")


def test_accepting_acknowledges_and_moves_no_deadline_of_the_requester() -> None:
    story = Story().opens()
    total, response = story.case.clocks["total"], story.case.clocks["first_response"]
    story.after(hours=1).does("accept", town.LI_NA)
    assert story.case.state is State.IN_PROGRESS
    assert story.case.clocks["total"] == total
    assert story.case.clocks["first_response"] == response
    assert "accept" not in story.case.clocks


def test_a_hand_over_moves_custody_at_once_and_the_total_clock_runs_on() -> None:
    story = Story().opens("noise_building_night").does("accept", town.WANG_QIANG)
    total = story.case.total
    story.after(days=1).does("hand-over", town.WANG_QIANG, to_post="cityman-duty", **OURS_NOT)
    assert (story.case.state, story.case.holder) == (State.ASSIGNED, "cityman-duty")
    assert story.case.held_since == story.now
    assert story.case.total == total
    refused(Code.NOT_THE_HOLDER, story, "accept", town.WANG_QIANG)


def test_a_hand_over_needs_a_reason_of_the_policy_and_a_basis_where_it_says_so() -> None:
    story = Story().opens("noise_building_night")
    give = {"to_post": "cityman-duty", "text": "Not ours"}
    refused(Code.FIELD_REQUIRED, story, "hand-over", town.WANG_QIANG, **give)
    refused(Code.UNKNOWN_REASON, story, "hand-over", town.WANG_QIANG, reason="busy", **give)
    refused(Code.BASIS_REQUIRED, story, "hand-over", town.WANG_QIANG, reason="not_our_duty", **give)
    refused(
        Code.UNKNOWN_POST, story, "hand-over", town.WANG_QIANG, **{**OURS_NOT, "to_post": "moon"}
    )
    refused(
        Code.ALREADY_HELD_THERE,
        story,
        "hand-over",
        town.WANG_QIANG,
        **{**OURS_NOT, "to_post": "housing-duty"},
    )


def test_an_assist_only_duty_never_leads_and_a_withdrawn_one_is_never_given_down() -> None:
    story = Story().opens("noise_building_night", "qingshan")
    assert story.case.holder == "housing-duty"
    down = {**OURS_NOT, "to_post": "sites-duty"}
    refused(Code.ASSIST_ONLY_DUTY, story, "hand-over", town.WANG_QIANG, **down)
    withdrawn = {**OURS_NOT, "to_post": "qingshan-duty"}
    refused(Code.DUTY_WITHDRAWN, story, "hand-over", town.WANG_QIANG, **withdrawn)


def test_a_return_in_time_brings_the_case_back_to_intake() -> None:
    story = Story().opens("noise_building_night").after(hours=3)
    total = story.case.total
    story.does("return", town.WANG_QIANG, **OURS_NOT)
    assert (story.case.state, story.case.holder) == (State.RECEIVED, "hotline-intake")
    assert story.case.total == total
    assert "dispatch" in story.case.clocks


def test_after_two_working_days_a_case_cannot_be_returned_any_more() -> None:
    story = Story().opens("city_appearance").after(days=4)
    refused(Code.RETURN_WINDOW_PASSED, story, "return", town.CAO_LEI, **OURS_NOT)


def test_who_has_acted_has_taken_the_case_on() -> None:
    story = Story().opens("city_appearance").does("reply", town.CAO_LEI, text="We will look")
    refused(Code.RETURN_WINDOW_PASSED, story, "return", town.CAO_LEI, **OURS_NOT)


def test_an_urgent_matter_cannot_be_returned_before_a_first_action() -> None:
    story = Story().opens("water_supply")
    assert town.policy().classes[story.case.case_class].act_first
    refused(Code.FIRST_ACTION_REQUIRED, story, "return", town.LI_NA, **OURS_NOT)
    refused(
        Code.FIRST_ACTION_REQUIRED,
        story,
        "dispute",
        town.LI_NA,
        **{**OURS_NOT, "to_post": "housing-duty"},
    )
    story.does("contacted", town.LI_NA, how="phone", text="Tank on its way")
    story.does("return", town.LI_NA, **OURS_NOT)
    assert story.case.state is State.RECEIVED


def test_the_second_return_between_the_same_pair_is_decided_by_somebody_else() -> None:
    story = Story().opens("city_appearance")
    story.does("return", town.CAO_LEI, **OURS_NOT)
    story.does("assign", town.ZHAO_MIN, to_post="cityman-duty")
    story.does("return", town.CAO_LEI, **OURS_NOT)
    assert story.names[-1] == "dispute_raised"
    assert (story.case.state, story.case.holder) == (State.DISPUTED, "cityman-duty")


def test_the_third_hand_over_is_decided_by_somebody_else() -> None:
    story = Story().opens("noise_building_night")
    story.does("hand-over", town.WANG_QIANG, to_post="cityman-duty", **OURS_NOT)
    story.does("hand-over", town.CAO_LEI, to_post="labour-duty", **OURS_NOT)
    story.does("hand-over", town.LUO_JING, to_post="water-duty", **OURS_NOT)
    assert story.names[-1] == "dispute_raised"
    assert (story.case.state, story.case.holder) == (State.DISPUTED, "labour-duty")
    assert story.case.wanted_unit == "water"


def test_a_dispute_is_decided_bindingly_by_an_office_outside_both_units() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    story.does("dispute", town.CAO_LEI, to_post="qingshan-duty", **OURS_NOT)
    decision = {"to_post": "cityman-duty", "basis": "Duty list no. 7", "text": "The road is theirs"}
    refused(Code.NOT_THE_DECIDING_OFFICE, story, "decide-dispute", town.CAO_LEI, **decision)
    refused(Code.NOT_THE_DECIDING_OFFICE, story, "decide-dispute", town.ZHOU_HAI, **decision)
    story.does("decide-dispute", town.CHEN_HUI, **decision)
    assert (story.case.state, story.case.holder) == (State.ASSIGNED, "cityman-duty")
    again = {**OURS_NOT, "to_post": "qingshan-duty"}
    refused(Code.DECIDED_BINDINGLY, story, "hand-over", town.CAO_LEI, **again)
    refused(Code.NO_PREVIOUS_HOLDER, story, "return", town.CAO_LEI, **OURS_NOT)
    refused(Code.DECIDED_BINDINGLY, story, "dispute", town.CAO_LEI, **again)
    story.does("assign", town.ZHAO_MIN, to_post="qingshan-duty")
    assert (story.case.holder, story.case.bound) == ("qingshan-duty", True)


def test_a_decider_never_decides_about_the_own_unit() -> None:
    story = Story().opens("lifts").does("accept", town.ZHAO_MIN)
    story.does("dispute", town.ZHAO_MIN, to_post="housing-duty", **OURS_NOT)
    decision = {"to_post": "housing-duty", "basis": "Duty list no. 11", "text": "Lifts are theirs"}
    refused(Code.DECIDER_INVOLVED, story, "decide-dispute", town.ZHAO_MIN, **decision)
    story.does("decide-dispute", town.CHEN_HUI, **decision)


def test_a_dispatcher_cannot_move_what_a_unit_holds_undisputed() -> None:
    story = Story().opens("city_appearance")
    refused(Code.WRONG_STATE, story, "assign", town.ZHAO_MIN, to_post="water-duty")


def test_a_stranger_learns_nothing_of_the_state_when_refused() -> None:
    story = Story().opens("city_appearance")
    refused(Code.NOT_THE_HOLDER, story, "accept", town.LUO_JING)
    story.does("accept", town.CAO_LEI)
    refused(Code.NOT_THE_HOLDER, story, "accept", town.LUO_JING)
    refused(Code.WRONG_STATE, story, "accept", town.CAO_LEI)


def test_a_case_is_not_assigned_to_the_post_that_has_it() -> None:
    story = Story().opens("")
    refused(Code.ALREADY_HELD_THERE, story, "assign", town.ZHAO_MIN, to_post="hotline-intake")


def test_what_the_supervision_holds_it_orders_to_a_unit_without_counting() -> None:
    story = Story().opens("water_supply").does("accept", town.LI_NA)
    for _ in range(2):
        story.does("propose", town.LI_NA, outcome="resolved", text="Clean")
        story.does("judge", MRS_LIU, verdict="no")
    assert story.case.holder == "supervision-desk"
    assert story.case.came_from == ""
    story.does("hand-over", town.CHEN_HUI, to_post="cityman-duty", **OURS_NOT)
    assert (story.case.state, story.case.holder) == (State.ASSIGNED, "cityman-duty")


def test_a_case_that_was_returned_to_a_unit_is_not_returned_by_it() -> None:
    story = Story().opens("noise_building_night")
    story.does("hand-over", town.WANG_QIANG, to_post="cityman-duty", **OURS_NOT)
    story.does("return", town.CAO_LEI, **OURS_NOT)
    assert (story.case.state, story.case.holder) == (State.ASSIGNED, "housing-duty")
    refused(Code.NO_PREVIOUS_HOLDER, story, "return", town.WANG_QIANG, **OURS_NOT)


def test_a_matter_without_a_category_can_be_handed_to_any_duty_post() -> None:
    story = Story().opens("").does("assign", town.ZHAO_MIN, to_post="water-duty")
    story.does("hand-over", town.LI_NA, to_post="sites-duty", **OURS_NOT)
    assert story.case.holder == "sites-duty"


def test_a_reason_kept_for_the_dispatcher_is_refused_to_a_unit() -> None:
    policy = town.policy()
    kept = replace(policy.reasons["not_our_duty"], dispatcher_only=True)
    strict = replace(policy, reasons={**policy.reasons, "not_our_duty": kept})
    story = Story().opens("city_appearance")
    facts = replace(story.facts(Actor.officer(town.CAO_LEI)), policy=strict)
    with pytest.raises(Refusal) as caught:
        hand_over(facts, HandOver("qingshan-duty", "not_our_duty", "Theirs", "List"))
    assert caught.value.code is Code.NOT_THE_DISPATCHER


def test_a_reason_kept_for_the_dispatcher_is_the_dispatchers_to_give() -> None:
    policy = town.policy()
    kept = replace(policy.reasons["not_our_duty"], dispatcher_only=True)
    strict = replace(policy, reasons={**policy.reasons, "not_our_duty": kept})
    story = Story().opens("").does("assign", town.ZHAO_MIN, to_post="hotline-dispatch")
    facts = replace(story.facts(Actor.officer(town.ZHAO_MIN)), policy=strict)
    (event,) = hand_over(facts, HandOver("water-duty", "not_our_duty", "Theirs", "List"))
    assert event.to_fields()["to_post"] == "water-duty"


def test_where_nothing_can_be_returned_no_return_is_disputed() -> None:
    waiting = Story().opens("")
    assert not return_is_disputed(waiting.facts(Actor.officer(town.ZHAO_MIN)))
    fresh = Story().opens("city_appearance")
    assert not return_is_disputed(fresh.facts(Actor.officer(town.CAO_LEI)))


def test_a_post_that_is_gone_receives_nothing_and_takes_nothing_up_again() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    organization = town.directory().organization
    posts = tuple(
        replace(post, ended=town.MONDAY.date()) if post.code == "cityman-duty" else post
        for post in organization.posts
    )
    without = Directory(replace(organization, posts=posts))
    facts = replace(story.facts(Actor.officer(town.CHEN_HUI)), directory=without)
    with pytest.raises(Refusal) as caught:
        decide_dispute(facts, DecideDispute("cityman-duty", "List", "Yours"))
    assert caught.value.code is Code.UNKNOWN_POST
    (reopened,) = reopen(facts, Reopen("It came back"))
    assert reopened.to_fields()["to_post"] == "hotline-coordination"

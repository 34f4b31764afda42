"""Stories of the end of the road: concluded by law, closed although not solved, appealed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.intake.rules import Origin
from dandang.lifecycle.states import State
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.story import MRS_LIU, Story, refused

DONE = {"outcome": "resolved", "text": "It is done"}
REVIEWED = town.MONDAY - timedelta(days=400)
REVIEW = {"reason": "final_review_given", "review_number": "2014-31", "text": "No new facts"}
CLOSED = {"reason": "means_exhausted", "text": "Everything was tried"}
OUT = {"reason": "out_of_scope", "text": "Not ours", "basis": "Rules 4"}
UNFAIR = {"text": "That is not so"}


def offered(story: Story, by: Actor | str) -> set[str]:
    actor = Actor.officer(by) if isinstance(by, str) else by
    return {verb.name for verb in possible_verbs(story.facts(actor))}


def refused_twice() -> Story:
    """Mrs Liu says twice that it is not solved; supervision holds the case and works on it."""
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    story.does("propose", town.CAO_LEI, **DONE).does("judge", MRS_LIU, verdict="no")
    story.does("propose", town.CAO_LEI, **DONE).does("judge", MRS_LIU, verdict="no")
    assert (story.case.state, story.case.holder) == (State.IN_PROGRESS, "mayor")
    return story


def declined() -> Story:
    return Story().opens("city_appearance").does("decline", town.ZHAO_MIN, **OUT)


def declared_ended_elsewhere() -> Story:
    """Another system says that it declined the matter before it came here."""
    story = declined()
    story.case = replace(story.case, end_cause="imported")
    return story


# concluded by law


def test_a_deciding_office_concludes_what_has_its_final_review() -> None:
    story = Story().opens("street_trading").does("assign", town.ZHAO_MIN, to_post="cityman-duty")
    later = {**REVIEW, "reviewed_at": story.now + timedelta(days=1)}
    refused(Code.IN_THE_FUTURE, story, "conclude", town.CHEN_HUI, **later)
    before = {**REVIEW, "reviewed_at": REVIEWED}
    refused(Code.NOT_THE_DECIDING_OFFICE, story, "conclude", town.CAO_LEI, **before)
    other = {**before, "reason": "out_of_scope"}
    refused(Code.UNKNOWN_REASON, story, "conclude", town.CHEN_HUI, **other)
    story.does("conclude", town.CHEN_HUI, **before)
    assert story.case.state is State.CONCLUDED_BY_LAW
    assert story.case.end_cause == "final_review_given"


def test_what_is_concluded_is_appealed_against_and_not_reopened_by_its_requester() -> None:
    story = Story().opens("city_appearance")
    story.does("conclude", town.CHEN_HUI, **REVIEW, reviewed_at=REVIEWED)
    assert "reopen" not in offered(story, MRS_LIU)
    assert "appeal" in offered(story, MRS_LIU)
    refused(Code.CONCLUDED_NEEDS_APPEAL, story, "reopen", MRS_LIU, text="There is new evidence")
    story.does("reopen", town.CHEN_HUI, text="There is new evidence")
    assert story.case.state is State.IN_PROGRESS


def test_what_the_policy_forbids_or_has_open_parts_is_not_concluded() -> None:
    review = {**REVIEW, "reviewed_at": REVIEWED}
    refused(Code.END_NOT_ALLOWED, Story().opens(), "conclude", town.CHEN_HUI, **review)
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    part = {"to_post": "qingshan-duty", "title": "A part", "text": "This part"}
    story.does("split", town.ZHAO_MIN, **part)
    refused(Code.CHILDREN_OPEN, story, "conclude", town.CHEN_HUI, **review)


# closed although not solved


def test_after_the_second_no_a_deciding_office_may_close_what_stays_unsolved() -> None:
    story = refused_twice()
    assert "close-not-solved" in offered(story, town.CHEN_HUI)
    story.does("close-not-solved", town.CHEN_HUI, **CLOSED)
    assert story.case.state is State.NOT_SOLVED
    assert story.names[-1] == "declined"
    assert story.case.deciders == (town.CHEN_HUI,)


def test_nothing_is_closed_as_not_solved_before_the_requester_said_so_twice() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    story.does("propose", town.CAO_LEI, **DONE).does("judge", MRS_LIU, verdict="no")
    assert "close-not-solved" not in offered(story, town.CHEN_HUI)
    refused(Code.SECOND_NO_REQUIRED, story, "close-not-solved", town.CHEN_HUI, **CLOSED)


def test_closing_needs_a_reason_of_its_own_a_basis_and_no_open_part() -> None:
    story = refused_twice()
    wrong = {**CLOSED, "reason": "out_of_scope"}
    refused(Code.UNKNOWN_REASON, story, "close-not-solved", town.CHEN_HUI, **wrong)
    planned = {**CLOSED, "reason": "beyond_present_means"}
    refused(Code.BASIS_REQUIRED, story, "close-not-solved", town.CHEN_HUI, **planned)
    part = {"to_post": "qingshan-duty", "title": "A part", "text": "This part"}
    story.does("split", town.ZHAO_MIN, **part)
    refused(Code.CHILDREN_OPEN, story, "close-not-solved", town.CHEN_HUI, **CLOSED)
    story.children()[0].does("withdraw", MRS_LIU)
    story.does("close-not-solved", town.CHEN_HUI, **planned, basis="Plan 2027")
    assert story.case.state is State.NOT_SOLVED


# appeals


def test_an_appeal_is_decided_by_somebody_who_decided_nothing_before() -> None:
    story = refused_twice().does("close-not-solved", town.CHEN_HUI, **CLOSED)
    story.does("appeal", MRS_LIU, **UNFAIR)
    assert story.case.clocks["appeal_decision"].at > story.now
    assert "decide-appeal" not in offered(story, town.CHEN_HUI)
    grant = {"decision": "granted", "text": "It was possible"}
    refused(Code.DECIDER_INVOLVED, story, "decide-appeal", town.CHEN_HUI, **grant)
    total = story.case.total
    story.does("decide-appeal", town.ZHAO_MIN, **grant)
    case = story.case
    assert (case.state, case.holder, case.total) == (State.IN_PROGRESS, "mayor", total)
    assert (case.appeal, case.appealed) == (None, 0)
    assert story.records[-1].event.cause == "appeal"


def test_a_refused_appeal_leaves_the_end_and_cannot_be_made_again() -> None:
    story = declined().does("appeal", MRS_LIU, **UNFAIR)
    assert "appeal" not in offered(story, MRS_LIU)
    refused(Code.ALREADY_APPEALED, story, "appeal", MRS_LIU, **UNFAIR)
    story.does("decide-appeal", town.CHEN_HUI, decision="refused", text="It is so")
    assert (story.case.state, story.case.appeal) == (State.DECLINED, None)
    assert "appeal_decision" not in story.case.clocks
    refused(Code.ALREADY_APPEALED, story, "appeal", MRS_LIU, **UNFAIR)
    again = {"decision": "granted", "text": "After all"}
    refused(Code.NOTHING_ASKED, story, "decide-appeal", town.CHEN_HUI, **again)


def test_a_new_end_can_be_appealed_against_anew() -> None:
    story = declined().does("appeal", MRS_LIU, **UNFAIR).does("reopen", town.CHEN_HUI, text="Go on")
    assert story.case.appeal is None
    story.does("decline", town.ZHAO_MIN, **OUT).does("appeal", MRS_LIU, **UNFAIR)
    assert story.case.appeal.request == 1


def test_the_second_reader_of_a_decision_does_not_decide_the_appeal_against_it() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    unlawful = {"reason": "unlawful_demand", "basis": "Article 3", "text": "That is forbidden"}
    story.does("propose", town.CAO_LEI, outcome="declined", **unlawful)
    read = {"alternative": "The court", "second_reader": town.CHEN_HUI}
    story.does("decline", town.ZHAO_MIN, **unlawful, **read).does("appeal", MRS_LIU, **UNFAIR)
    grant = {"decision": "granted", "text": "It was possible"}
    for officer in (town.ZHAO_MIN, town.CHEN_HUI):
        refused(Code.DECIDER_INVOLVED, story, "decide-appeal", officer, **grant)


def test_an_appeal_comes_in_time_and_not_against_what_was_asked_for() -> None:
    story = declined()
    story.now += timedelta(days=31)
    refused(Code.APPEAL_WINDOW_PASSED, story, "appeal", MRS_LIU, **UNFAIR)
    imported = declared_ended_elsewhere()
    assert "appeal" not in offered(imported, MRS_LIU)
    refused(Code.APPEAL_WINDOW_PASSED, imported, "appeal", MRS_LIU, **UNFAIR)
    withdrawn = Story().opens().does("withdraw", MRS_LIU)
    refused(Code.NOT_PERMITTED, withdrawn, "appeal", MRS_LIU, **UNFAIR)


def test_whoever_decided_something_about_the_case_is_remembered() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    story.does("propose", town.CAO_LEI, **DONE)
    story.does("reject-proposal", town.CHEN_HUI, reason="work_not_done", text="It is not")
    assert story.case.deciders == (town.CHEN_HUI,)
    story.does(
        "dispute",
        town.CAO_LEI,
        to_post="qingshan-duty",
        reason="not_our_duty",
        text="No",
        basis="List 9",
    )
    story.does("decide-dispute", town.ZHAO_MIN, to_post="cityman-duty", basis="List", text="Yours")
    assert story.case.deciders == (town.CHEN_HUI, town.ZHAO_MIN)


# categories and systems above


def test_a_corrected_category_changes_nothing_but_itself() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    before = story.case
    refused(
        Code.NOT_THE_DISPATCHER,
        story,
        "change-category",
        town.CAO_LEI,
        category="street_trading",
        text="Traders",
    )
    text = {"text": "It is about traders"}
    refused(
        Code.VALUE_INVALID,
        story,
        "change-category",
        town.ZHAO_MIN,
        category="city_appearance",
        **text,
    )
    refused(
        Code.UNKNOWN_CATEGORY, story, "change-category", town.ZHAO_MIN, category="nothing", **text
    )
    story.does("change-category", town.ZHAO_MIN, category="street_trading", **text)
    assert story.case.category == "street_trading"
    assert (story.case.state, story.case.holder) == (before.state, before.holder)


def test_a_corrected_category_gives_more_time_only_at_intake() -> None:
    story = Story().opens("")
    total = story.case.total.at
    urgent, usual = {"category": "water_supply"}, {"category": "city_appearance"}
    text = {"text": "It is that"}
    story.does("change-category", town.ZHAO_MIN, **urgent, **text)
    assert story.case.total.at < total
    story.does("change-category", town.ZHAO_MIN, **usual, **text)
    assert story.case.total.at == total
    held = Story().opens()
    total = held.case.total.at
    held.does("change-category", town.ZHAO_MIN, **usual, **text)
    assert held.case.total.at == total


def test_the_earlier_of_the_promise_and_the_deadline_above_rules() -> None:
    story = Story().opens("city_appearance")
    total = story.case.total.at
    above = {"external_ref": "12345-2026-77"}
    refused(
        Code.IN_THE_PAST, story, "link-external", town.ZHAO_MIN, **above, external_due=story.now
    )
    story.does("link-external", town.ZHAO_MIN, **above)
    assert (story.case.external_ref, story.case.total.at) == ("12345-2026-77", total)
    story.does("link-external", town.ZHAO_MIN, **above, external_due=total + timedelta(days=9))
    assert story.case.total.at == total
    soon = story.now + timedelta(hours=30)
    story.does("link-external", town.ZHAO_MIN, **above, external_due=soon)
    assert story.case.total.at == soon
    assert Story().opens("lifts", external_ref="1", external_due=soon).case.total.at <= soon


def test_a_request_of_the_system_above_brings_its_number_and_a_deadline_to_come() -> None:
    story = Story().opens("city_appearance", external_ref="12345-9")
    assert (story.case.external_ref, story.case.external_due) == ("12345-9", None)
    for given, code in (
        ({"external_due": story.now + timedelta(days=1)}, Code.FIELD_REQUIRED),
        ({"external_ref": "12345-9", "external_due": story.now}, Code.IN_THE_PAST),
    ):
        with pytest.raises(Refusal) as caught:
            Story().opens("city_appearance", **given)
        assert caught.value.code is code
    old = Origin("above", "9", town.MONDAY - timedelta(days=20))
    late = town.MONDAY - timedelta(days=2)
    story.another().opens("lifts", origin=old, external_ref="9", external_due=late)
    assert story.family["case-2"].total.at == late

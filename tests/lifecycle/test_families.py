"""Stories of cases that are split and joined: one matter, several holders, one promise."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dandang.lifecycle.states import State
from dandang.terms import Actor, Code, Due
from tests import town
from tests.lifecycle.story import MRS_LIU, Story, refused

MR_ZHOU = Actor.requester(2)
DONE = {"outcome": "resolved", "text": "It is done"}
LAMPS = {"to_post": "cityman-duty", "title": "The lamps", "text": "Mend the lamps of the lane"}
SAME = {"text": "The same hole in the same road"}


def two_parts() -> tuple[Story, Story]:
    """The lane of Mrs Liu has no water and no light: the lamps become a part of their own."""
    story = Story().opens().does("accept", town.LI_NA).does("split", town.ZHAO_MIN, **LAMPS)
    (part,) = story.children()
    return story, part


def merged() -> tuple[Story, Story]:
    """Mr Zhou reports on Tuesday what Mrs Liu reported on Monday; Zhao Min joins his to hers."""
    first = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    second = first.another().after(days=1).opens("city_appearance")
    first.now = second.now
    second.does("merge", town.ZHAO_MIN, into=first.tag, **SAME)
    return first, second


def test_a_unit_asks_for_a_split_and_the_dispatcher_refuses_or_grants_it() -> None:
    story = Story().opens().does("accept", town.LI_NA)
    story.does("ask-split", town.LI_NA, text="The lamps are not ours")
    assert story.case.clocks["extension_decision"].at > story.now
    refused(Code.ALREADY_ASKED, story, "ask-split", town.LI_NA, text="Again")
    refused(Code.NOT_THE_DISPATCHER, story, "split", town.LI_NA, **LAMPS)
    story.does("refuse-split", town.ZHAO_MIN, text="One crew can do both")
    assert "extension_decision" not in story.case.clocks
    refused(Code.NOTHING_ASKED, story, "refuse-split", town.ZHAO_MIN, text="No")
    story.does("ask-split", town.LI_NA, text="The crew has no ladder")
    story.does("split", town.ZHAO_MIN, **LAMPS)
    assert story.case.asked is None
    assert len(story.children()) == 1


def test_what_is_asked_falls_with_the_holder_who_asked() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    story.does("ask-split", town.CAO_LEI, text="Two matters in one")
    ours = {"reason": "not_our_duty", "text": "Theirs", "basis": "Duty list 9"}
    story.does("hand-over", town.CAO_LEI, to_post="qingshan-duty", **ours)
    assert story.case.asked is None
    assert "extension_decision" not in story.case.clocks


def test_a_part_has_the_age_of_its_parent_and_is_never_due_later() -> None:
    story, part = two_parts()
    assert part.case.counts_from == story.case.counts_from
    assert part.case.total.at <= story.case.total.at
    assert (part.case.state, part.case.holder) == (State.ASSIGNED, "cityman-duty")
    assert (part.case.parent, part.case.root) == (story.tag, story.tag)
    assert "first_response" not in part.case.clocks


def test_a_split_made_late_resets_nothing() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI).after(days=30)
    story.does("split", town.ZHAO_MIN, to_post="qingshan-duty", title="A part", text="This part")
    (part,) = story.children()
    assert part.case.total.at == story.case.total.at < story.now
    assert part.case.sent_at == story.case.sent_at


def test_a_part_of_a_part_belongs_to_the_same_family() -> None:
    story, part = two_parts()
    part.does("accept", town.CAO_LEI).does(
        "split", town.ZHAO_MIN, to_post="qingshan-duty", title="One lamp", text="The last lamp"
    )
    (smallest,) = part.children()
    assert smallest.case.root == story.tag
    assert smallest.case.total.at <= part.case.total.at
    refused(Code.CHILDREN_OPEN, part, "propose", town.CAO_LEI, **DONE)
    refused(Code.CHILDREN_OPEN, story, "propose", town.LI_NA, **DONE)


def test_a_parent_ends_only_when_every_part_has_ended() -> None:
    story, part = two_parts()
    refused(Code.CHILDREN_OPEN, story, "propose", town.LI_NA, **DONE)
    out = {"reason": "out_of_scope", "text": "Not ours", "basis": "Rules 4"}
    refused(Code.CHILDREN_OPEN, story, "decline", town.ZHAO_MIN, **out)
    part.does("accept", town.CAO_LEI).does("propose", town.CAO_LEI, **DONE)
    part.does("judge", town.ZHAO_MIN, verdict="solved")
    assert part.records[-1].event.collected == "setter"
    assert story.names[-1] == "child_ended"
    assert story.case.open_children == 0
    story.does("propose", town.LI_NA, **DONE).does("judge", MRS_LIU, verdict="solved")
    assert story.case.state is State.SOLVED


def test_the_post_that_set_a_part_judges_it_and_its_no_brings_it_back() -> None:
    _, part = two_parts()
    part.does("accept", town.CAO_LEI).does("propose", town.CAO_LEI, **DONE)
    refused(Code.NOT_PERMITTED, part, "judge", town.CAO_LEI, verdict="solved")
    part.does("judge", town.ZHAO_MIN, verdict="no", text="Two lamps are still out")
    assert (part.case.state, part.case.refusals) == (State.IN_PROGRESS, 1)


def test_silence_of_the_post_that_set_a_part_is_no_missing_contact() -> None:
    _, part = two_parts()
    part.does("accept", town.CAO_LEI).does("propose", town.CAO_LEI, **DONE).after(days=10)
    part.does("lapse", Actor.system())
    assert (part.case.state, part.case.end_cause) == (State.UNANSWERED, "silence")


def test_a_part_can_have_a_date_of_its_own_and_never_one_after_its_parent() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    total = story.case.total.at
    soon, late = story.now + timedelta(hours=30), total + timedelta(minutes=1)
    part = {"to_post": "qingshan-duty", "title": "A part", "text": "This part"}
    refused(Code.LATER_THAN_PARENT, story, "split", town.ZHAO_MIN, **part, due_by=late)
    refused(Code.IN_THE_PAST, story, "split", town.ZHAO_MIN, **part, due_by=story.now)
    story.does("split", town.ZHAO_MIN, **part, due_by=soon)
    (child,) = story.children()
    assert child.case.total.at == soon


def test_the_date_of_a_part_can_be_moved_in_the_open_and_never_past_its_parent() -> None:
    story = Story().opens("property_management").does("accept", town.ZHAO_MIN)
    own = town.calendar().add_working_days(story.now, 2).at
    part = {"to_post": "qingshan-duty", "title": "A part", "text": "This part"}
    story.does("split", town.ZHAO_MIN, **part, due_by=own)
    (child,) = story.children()
    child.does("accept", town.ZHOU_HAI)
    why = {"reason": "public_notice_running", "condition": "Is it over?", "text": "Tender"}
    refused(Code.DEADLINE_BOUND, child, "ask-extension", town.ZHOU_HAI, working_days=9, **why)
    child.does("ask-extension", town.ZHOU_HAI, working_days=2, **why)
    child.does("decide-extension", town.CHEN_HUI, decision="granted", text="Two days")
    assert child.case.total.at == town.calendar().add_working_days(own, 2).at
    assert child.case.total.at <= story.case.total.at


def test_a_part_with_a_date_of_its_own_keeps_it_when_its_parent_gets_more_time() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    own = story.now + timedelta(hours=30)
    part = {"to_post": "qingshan-duty", "title": "A part", "text": "This part"}
    story.does("split", town.ZHAO_MIN, **part, due_by=own).does("split", town.ZHAO_MIN, **part)
    dated, other = story.children()
    why = {"reason": "public_notice_running", "condition": "Is it over?", "text": "Tender"}
    story.does("ask-extension", town.CAO_LEI, working_days=3, **why)
    story.does("decide-extension", town.CHEN_HUI, decision="granted", text="Three days")
    assert (dated.case.total.at, other.case.total.at) == (own, story.case.total.at)


def test_a_part_is_for_a_unit_that_may_lead() -> None:
    story = Story().opens("noise_building_night").does("accept", town.WANG_QIANG)
    part = {"title": "The site", "text": "The permit of the site"}
    refused(Code.ASSIST_ONLY_DUTY, story, "split", town.ZHAO_MIN, to_post="sites-duty", **part)
    refused(Code.UNKNOWN_POST, story, "split", town.ZHAO_MIN, to_post="nowhere", **part)
    story.does("split", town.ZHAO_MIN, to_post="qingshan-duty", category="street_trading", **part)
    (child,) = story.children()
    assert child.case.category == "street_trading"


def test_a_part_has_the_class_its_parent_was_given_unless_it_is_another_matter() -> None:
    story = Story().opens("city_appearance")
    story.case = replace(story.case, case_class="decision_complex")
    story.does("split", town.ZHAO_MIN, to_post="cityman-duty", title="Lamps", text="Mend them")
    (part,) = story.children()
    assert part.case.case_class == "decision_complex"
    part = {"to_post": "water-duty", "title": "The drain", "text": "Clear it"}
    story.does("split", town.ZHAO_MIN, category="drainage_flooding", **part)
    assert story.children()[1].case.case_class == "utilities"


def test_a_part_has_what_was_granted_to_its_parent_however_late_it_is_split_off() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    wish = {"reason": "construction_time", "condition": "The road is closed", "working_days": 10}
    story.does("ask-extension", town.CAO_LEI, text="Frost", **wish)
    story.does("decide-extension", town.CHEN_HUI, decision="granted", text="Ten days").after(days=9)
    part = {"to_post": "cityman-duty", "title": "Lamps", "text": "Mend them"}
    story.does("split", town.ZHAO_MIN, **part)
    story.does("split", town.ZHAO_MIN, category="how_to_apply", **part)
    same, other = story.children()
    assert same.case.total.at == story.case.total.at > story.now
    assert other.case.total.at < same.case.total.at
    same.does("change-category", town.ZHAO_MIN, category="water_supply", text="It is a pipe")
    assert same.case.total.at < story.case.total.at


def test_one_who_says_no_goes_on_with_the_time_that_was_granted_to_all() -> None:
    story, second = merged()
    wish = {"reason": "construction_time", "condition": "The road is closed", "working_days": 10}
    story.does("ask-extension", town.CAO_LEI, text="Frost", **wish)
    story.does("decide-extension", town.CHEN_HUI, decision="granted", text="Ten days")
    story.does("propose", town.CAO_LEI, **DONE).does("judge", MR_ZHOU, verdict="no")
    (part,) = story.children()
    assert part.case.total == story.case.total
    assert second.case.state is State.MERGED


def test_merging_gives_the_older_case_another_requester_who_judges_for_himself() -> None:
    first, second = merged()
    assert (second.case.state, second.case.merged_into) == (State.MERGED, first.tag)
    assert [one.from_case for one in first.case.requests] == ["", second.tag]
    assert not second.case.clocks
    first.does("propose", town.CAO_LEI, **DONE).does("judge", MRS_LIU, verdict="solved")
    assert first.case.state is State.PROPOSED
    first.does("judge", MR_ZHOU, verdict="solved")
    assert first.case.state is State.SOLVED


def test_a_merge_never_gives_the_more_urgent_matter_more_time() -> None:
    slow = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    urgent = slow.another().opens("water_supply")
    due = urgent.case.total.at
    urgent.does("merge", town.ZHAO_MIN, into=slow.tag, **SAME)
    assert slow.case.total.at == due


def test_joined_cases_are_extended_together_by_who_may_grant_it() -> None:
    story, second = merged()
    before = story.case.total.at
    wish = {"reason": "construction_time", "condition": "The road is closed", "working_days": 5}
    story.does("ask-extension", town.CAO_LEI, text="Frost", **wish)
    story.does("decide-extension", town.CHEN_HUI, decision="granted", text="Five days")
    days = {"provisional_ok": True}
    assert story.case.total.at == town.calendar().add_working_days(before, 5, **days).at
    assert second.case.state is State.MERGED


def test_undoing_a_merge_gives_back_the_case_its_state_and_its_clock() -> None:
    first, second = merged()
    before = first.another().opens("city_appearance").case
    second.does("unmerge", town.ZHAO_MIN, text="Another road after all")
    assert (second.case.state, second.case.holder) == (State.ASSIGNED, "cityman-duty")
    assert second.case.total == before.total
    assert second.case.clocks.keys() == before.clocks.keys()
    assert not first.case.request(2).is_active
    refused(Code.NOT_PERMITTED, first, "judge", MR_ZHOU, verdict="no")
    second.does("withdraw", MRS_LIU)
    assert second.case.state is State.WITHDRAWN


def test_a_merge_can_be_made_again_after_it_was_undone() -> None:
    first, second = merged()
    second.does("unmerge", town.ZHAO_MIN, text="Another road")
    second.does("merge", town.ZHAO_MIN, into=first.tag, **SAME)
    assert [one.is_active for one in first.case.requests] == [True, False, True]


def test_undoing_a_merge_after_everybody_else_judged_ends_what_waited() -> None:
    first, second = merged()
    first.does("propose", town.CAO_LEI, **DONE).does("judge", MRS_LIU, verdict="solved")
    second.does("unmerge", town.ZHAO_MIN, text="Another road")
    assert first.case.state is State.SOLVED
    assert second.case.state is State.ASSIGNED


def test_undoing_a_merge_leaves_what_has_ended_as_it_ended() -> None:
    first, second = merged()
    first.does("propose", town.CAO_LEI, **DONE).does("judge", MRS_LIU, verdict="solved")
    first.does("judge", MR_ZHOU, verdict="solved")
    second.does("unmerge", town.ZHAO_MIN, text="Another road")
    assert (first.case.state, second.case.state) == (State.SOLVED, State.ASSIGNED)


def test_work_that_was_under_way_goes_on_when_a_merge_is_undone() -> None:
    first = Story().opens("city_appearance")
    second = first.another().opens("city_appearance").does("accept", town.CAO_LEI)
    second.does("propose", town.CAO_LEI, **DONE).does(
        "merge", town.ZHAO_MIN, into=first.tag, **SAME
    )
    second.does("unmerge", town.ZHAO_MIN, text="Another road")
    assert second.case.state is State.IN_PROGRESS
    assert second.case.outcome is None


def test_a_requester_who_said_no_in_the_joined_case_cannot_be_taken_out_of_it() -> None:
    first, second = merged()
    first.does("propose", town.CAO_LEI, **DONE).does("judge", MR_ZHOU, verdict="no")
    refused(Code.PART_OF_A_FAMILY, second, "unmerge", town.ZHAO_MIN, text="Another road")


def test_what_cannot_be_joined_is_refused_in_words_of_its_own() -> None:
    story, part = two_parts()
    lone = story.another().opens("city_appearance")
    lone.now = story.now
    refused(Code.SAME_CASE, lone, "merge", town.ZHAO_MIN, into=lone.tag, **SAME)
    refused(Code.NOT_FOUND, lone, "merge", town.ZHAO_MIN, into="case-99", **SAME)
    refused(Code.PART_OF_A_FAMILY, story, "merge", town.ZHAO_MIN, into=lone.tag, **SAME)
    refused(Code.PART_OF_A_FAMILY, part, "merge", town.ZHAO_MIN, into=lone.tag, **SAME)
    refused(Code.PART_OF_A_FAMILY, lone, "merge", town.ZHAO_MIN, into=part.tag, **SAME)


def test_nobody_joins_a_case_to_one_that_is_closed_to_them() -> None:
    first = Story().opens("city_appearance").does("declare-conflict", town.ZHAO_MIN, text="My lane")
    second = first.another().opens("city_appearance")
    refused(Code.NOT_FOUND, second, "merge", town.ZHAO_MIN, into=first.tag, **SAME)


def test_nobody_takes_a_case_out_of_one_that_is_closed_to_them() -> None:
    first, second = merged()
    first.does("declare-conflict", town.ZHAO_MIN, text="My lane")
    refused(Code.NOT_FOUND, second, "unmerge", town.ZHAO_MIN, text="Another road")


def solved() -> Story:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    return story.does("propose", town.CAO_LEI, **DONE).does("judge", MRS_LIU, verdict="solved")


def test_what_comes_back_within_thirty_days_joins_the_old_case_and_its_clock() -> None:
    old = solved()
    total = old.case.total
    new = old.another().after(days=20).opens("city_appearance")
    old.now = new.now
    new.does("merge", town.ZHAO_MIN, into=old.tag, text="The heap is back")
    assert new.names[-2:] == ["recurred", "merged"]
    assert (old.case.state, old.case.holder) == (State.IN_PROGRESS, "cityman-duty")
    assert old.case.total == total
    assert old.case.clocks["total"].at < old.now
    old.does("propose", town.CAO_LEI, **DONE)
    assert [one.verdict for one in old.case.requests] == [None, None]


@pytest.mark.parametrize("days", [31, 90])
def test_what_comes_back_later_is_a_matter_of_its_own(days: int) -> None:
    old = solved()
    new = old.another().after(days=days).opens("city_appearance")
    refused(Code.RECURRENCE_WINDOW_PASSED, new, "merge", town.ZHAO_MIN, into=old.tag, **SAME)


def test_nothing_comes_back_to_a_case_that_was_withdrawn() -> None:
    old = Story().opens("city_appearance").does("withdraw", MRS_LIU)
    new = old.another().opens("city_appearance")
    refused(Code.NOT_MERGEABLE, new, "merge", town.ZHAO_MIN, into=old.tag, **SAME)


def test_a_parent_reopened_by_its_part_goes_on_as_it_had_ended() -> None:
    story, part = two_parts()
    part.does("accept", town.CAO_LEI).does("propose", town.CAO_LEI, **DONE)
    part.does("judge", town.ZHAO_MIN, verdict="solved")
    story.does("propose", town.LI_NA, outcome="resolved", text="All done")
    part.after(days=1).does("judge", town.ZHAO_MIN, verdict="no", text="Out again")
    assert story.names[-1] == "child_reopened"
    assert story.case.state is State.PROPOSED
    story.now = part.now
    story.does("judge", MRS_LIU, verdict="solved")
    assert story.case.state is State.PROPOSED
    part.does("propose", town.CAO_LEI, **DONE).does("judge", town.ZHAO_MIN, verdict="solved")
    assert story.case.state is State.SOLVED


def test_a_parent_that_was_declined_is_worked_on_again_when_its_part_is() -> None:
    story = Story().opens("").does("split", town.ZHAO_MIN, **LAMPS)
    (part,) = story.children()
    part.does("accept", town.CAO_LEI).does("propose", town.CAO_LEI, **DONE)
    part.does("judge", town.ZHAO_MIN, verdict="solved")
    out = {"reason": "out_of_scope", "text": "A private debt", "basis": "Rules 4"}
    story.does("decline", town.ZHAO_MIN, **out)
    part.does("judge", town.ZHAO_MIN, verdict="no")
    assert (story.case.state, story.case.open_children) == (State.IN_PROGRESS, 1)


def test_a_part_that_is_taken_up_again_is_bound_by_the_time_its_parent_has_now() -> None:
    story = Story().opens("lifts").does("split", town.ZHAO_MIN, **LAMPS)
    (part,) = story.children()
    part.does("accept", town.CAO_LEI).does("propose", town.CAO_LEI, **DONE)
    part.does("judge", town.ZHAO_MIN, verdict="solved")
    earlier = story.case.total.at - timedelta(days=1)
    story.case = replace(story.case, total=Due("total", earlier), clocks=dict(story.case.clocks))
    part.does("judge", town.ZHAO_MIN, verdict="no", text="Out again")
    assert part.case.total.at == earlier

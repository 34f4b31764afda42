"""Stories of proposing to close, of judging, and of silence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dandang.lifecycle.casework.rules.ends import decline, propose
from dandang.lifecycle.casework.rules.wishes import Decline, Propose
from dandang.lifecycle.confirmation.rules.judging import Judge, judge
from dandang.lifecycle.intake.rules import Contact
from dandang.lifecycle.states import Outcome, State, Verdict
from dandang.policy import EndName
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.story import MRS_LIU, Story, refused

MR_ZHOU = Actor.requester(2)
DONE = {"outcome": "resolved", "text": "The main was repaired", "contacted_by": "Li Na"}


def proposed(**more: object) -> Story:
    """Li Na repaired the main and proposes to close."""
    story = Story().opens("water_supply", **more).does("accept", town.LI_NA)
    return story.after(hours=2).does("propose", town.LI_NA, **DONE)


def test_a_proposal_ends_nothing_and_stops_no_total_clock() -> None:
    story = proposed()
    assert story.case.state is State.PROPOSED
    assert story.case.holder == "water-duty"
    assert {"total", "judgement_window"} <= story.case.clocks.keys()
    assert "resolution" not in story.case.clocks


def test_naming_another_unit_is_no_outcome() -> None:
    story = Story().opens().does("accept", town.LI_NA)
    refused(
        Code.REFERRED_IS_NO_OUTCOME,
        story,
        "propose",
        town.LI_NA,
        outcome="referred",
        text="Ask the housing bureau",
    )


def test_only_the_requester_says_that_it_is_solved() -> None:
    story = proposed()
    refused(Code.NOT_PERMITTED, story, "judge", town.LI_NA, verdict="solved", request=1)
    refused(Code.NOT_PERMITTED, story, "judge", MR_ZHOU, verdict="solved")
    story.does("judge", MRS_LIU, verdict="solved", was_contacted="yes")
    assert (story.case.state, story.case.end_cause) == (State.SOLVED, "judged")
    assert story.case.clocks.keys() == {"look_back"}


def test_a_call_back_officer_outside_the_holders_unit_takes_the_answer_by_phone() -> None:
    story = proposed().does("judge", town.ZHAO_MIN, verdict="solved", request=1)
    assert story.case.state is State.SOLVED
    assert story.records[-1].event.to_fields()["collected"] == "call_back"


def test_a_call_back_officer_never_judges_what_the_own_unit_holds() -> None:
    story = Story().opens("lifts").does("accept", town.ZHAO_MIN)
    story.does("propose", town.ZHAO_MIN, **DONE)
    refused(Code.CALL_BACK_BY_HOLDER, story, "judge", town.ZHAO_MIN, verdict="solved", request=1)


def test_a_no_brings_the_case_back_to_the_same_holder_under_the_same_clock() -> None:
    story = proposed()
    total = story.case.total
    story.does("judge", MRS_LIU, verdict="no", text="Still dry")
    assert story.names[-3:] == ["judged", "premature_close", "reopened"]
    assert (story.case.state, story.case.holder) == (State.IN_PROGRESS, "water-duty")
    assert story.case.total == story.case.clocks["total"] == total
    assert "resolution" in story.case.clocks


def test_the_second_no_puts_the_case_before_the_supervising_post() -> None:
    story = proposed().does("judge", MRS_LIU, verdict="no")
    story.does("propose", town.LI_NA, **DONE).does("judge", MRS_LIU, verdict="no")
    assert story.names[-1] == "escalated"
    assert (story.case.state, story.case.holder) == (State.IN_PROGRESS, "supervision-desk")
    assert story.case.refusals == 2


def test_partly_goes_on_unless_the_requester_agrees_to_end_it() -> None:
    story = proposed().does("judge", MRS_LIU, verdict="partly")
    assert story.case.state is State.IN_PROGRESS
    assert story.case.refusals == 0
    story.does("propose", town.LI_NA, **DONE)
    story.does("judge", MRS_LIU, verdict="partly", agreed=True)
    assert story.case.state is State.PARTLY_SOLVED


def test_silence_is_unanswered_and_never_solved() -> None:
    story = proposed()
    refused(Code.JUDGEMENT_WINDOW_OPEN, story, "lapse", Actor.system())
    refused(Code.NOT_PERMITTED, story, "lapse", town.LI_NA)
    story.after(days=30).does("lapse", Actor.system())
    assert (story.case.state, story.case.end_cause) == (State.UNANSWERED, "silence")


def test_without_any_contact_the_end_is_called_unreachable() -> None:
    story = proposed(contact=Contact()).after(days=30).does("lapse", Actor.system())
    assert story.case.state is State.UNREACHABLE


def test_an_answer_can_be_changed_for_fifteen_days() -> None:
    story = proposed().does("judge", MRS_LIU, verdict="solved")
    story.after(days=14).does("judge", MRS_LIU, verdict="no")
    assert story.case.state is State.IN_PROGRESS
    story.does("propose", town.LI_NA, **DONE).does("judge", MRS_LIU, verdict="solved")
    story.after(days=16)
    refused(Code.JUDGEMENT_WINDOW_PASSED, story, "judge", MRS_LIU, verdict="no")


def test_a_late_yes_after_silence_counts() -> None:
    story = proposed().after(days=20).does("lapse", Actor.system())
    story.after(days=3).does("judge", MRS_LIU, verdict="solved")
    assert story.case.state is State.SOLVED


def test_with_two_requesters_the_case_waits_for_both() -> None:
    story = Story().opens().does("attach", MRS_LIU, text="My neighbour has no water either")
    story.does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)
    story.does("judge", MRS_LIU, verdict="solved")
    assert story.case.state is State.PROPOSED
    story.does("judge", MR_ZHOU, verdict="solved")
    assert story.case.state is State.SOLVED


def test_one_yes_and_one_silence_is_solved_and_one_no_is_not() -> None:
    story = Story().opens().does("attach", MRS_LIU, text="Next door too")
    story.does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)
    story.does("judge", MRS_LIU, verdict="solved").after(days=30).does("lapse", Actor.system())
    assert (story.case.state, story.case.end_cause) == (State.SOLVED, "some_answered")
    assert story.case.request(2).verdict is None
    assert story.case.request(1).verdict is Verdict.SOLVED


def test_a_new_proposal_asks_everybody_again() -> None:
    story = Story().opens().does("attach", MRS_LIU, text="Next door too")
    story.does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)
    story.does("judge", MRS_LIU, verdict="solved").after(days=30).does("lapse", Actor.system())
    story.does("reopen", town.CHEN_HUI, text="Dry again").does("propose", town.LI_NA, **DONE)
    assert [one.verdict for one in story.case.requests] == [None, None]
    assert not story.case.lapsed


def test_one_no_among_several_goes_on_in_a_case_of_its_own_and_the_others_stay_solved() -> None:
    story = Story().opens().does("attach", MRS_LIU, text="Next door too")
    story.does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)
    story.does("judge", MRS_LIU, verdict="solved").does("judge", MR_ZHOU, verdict="no")
    (part,) = story.children()
    assert (part.case.state, part.case.holder) == (State.IN_PROGRESS, "water-duty")
    assert part.case.counts_from == story.case.counts_from
    assert part.case.total == story.case.total
    assert (story.case.state, story.case.request(1).verdict) == (State.PROPOSED, Verdict.SOLVED)
    refused(Code.NOT_PERMITTED, story, "judge", MR_ZHOU, verdict="solved")
    part.does("propose", town.LI_NA, **DONE).does("judge", MRS_LIU, verdict="solved")
    assert (part.case.state, story.case.state) == (State.SOLVED, State.SOLVED)
    assert story.names[-1] == "child_ended"


def test_a_part_that_was_solved_and_is_not_brings_its_parent_back_to_waiting() -> None:
    story = Story().opens().does("attach", MRS_LIU, text="Next door too")
    story.does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)
    story.does("judge", MRS_LIU, verdict="solved").does("judge", MR_ZHOU, verdict="no")
    (part,) = story.children()
    part.does("propose", town.LI_NA, **DONE).does("judge", MRS_LIU, verdict="solved")
    part.after(days=2).does("judge", MRS_LIU, verdict="no")
    assert (part.case.state, part.case.holder) == (State.IN_PROGRESS, "supervision-desk")
    assert story.case.state is State.PROPOSED
    assert story.case.clocks["total"] == story.case.total


def explained() -> Story:
    """Wang Qiang found a valid night permit and proposes to explain."""
    story = Story().opens("noise_building_night").does("accept", town.WANG_QIANG)
    return story.does(
        "propose",
        town.WANG_QIANG,
        outcome="explained",
        text="There is a permit until Friday",
        reason="permit_valid",
        basis="Permit 2026-88",
    )


def test_explaining_is_decided_by_somebody_outside_the_unit() -> None:
    story = explained()
    decision = {"reason": "permit_valid", "basis": "Permit 2026-88", "text": "It is valid"}
    refused(Code.NOT_THE_DECIDING_OFFICE, story, "explain", town.WANG_QIANG, **decision)
    refused(Code.NOT_PROPOSED, story, "judge", MRS_LIU, verdict="no")
    story.does("explain", town.CHEN_HUI, **decision)
    assert story.case.state is State.EXPLAINED


def test_a_proposal_can_be_sent_back() -> None:
    story = explained().does(
        "reject-proposal", town.CHEN_HUI, reason="evidence_missing", text="Attach the permit"
    )
    assert (story.case.state, story.case.outcome) == (State.IN_PROGRESS, None)
    assert "resolution" in story.case.clocks


def test_a_proposal_to_explain_needs_reason_and_basis() -> None:
    story = Story().opens("noise_building_night").does("accept", town.WANG_QIANG)
    bare = {"outcome": "explained", "text": "It is allowed"}
    refused(Code.FIELD_REQUIRED, story, "propose", town.WANG_QIANG, **bare)
    wrong = {**bare, "reason": "out_of_scope", "basis": "Permit"}
    refused(Code.UNKNOWN_REASON, story, "propose", town.WANG_QIANG, **wrong)


@pytest.mark.parametrize("reader", ["", town.CHEN_HUI, town.WANG_QIANG])
def test_declining_needs_a_second_reader_who_is_neither_decider_nor_holder(reader: str) -> None:
    story = Story().opens("noise_building_night").does("accept", town.WANG_QIANG)
    claim = {"reason": "cannot_lawfully", "basis": "Noise act 30", "text": "No power to act"}
    story.does("propose", town.WANG_QIANG, outcome="declined", **claim)
    decision = {**claim, "alternative": "The court", "second_reader": reader}
    refused(Code.SECOND_READER_REQUIRED, story, "decline", town.CHEN_HUI, **decision)
    story.does("decline", town.CHEN_HUI, **{**decision, "second_reader": town.ZHAO_MIN})
    assert (story.case.state, story.case.end_cause) == (State.DECLINED, "cannot_lawfully")


def test_out_of_scope_is_the_dispatchers_alone() -> None:
    story = Story().opens("")
    out = {"reason": "out_of_scope", "text": "A private debt", "basis": "Intake rules 4"}
    refused(Code.NOT_THE_DISPATCHER, story, "decline", town.CHEN_HUI, **out)
    story.does("decline", town.ZHAO_MIN, **out)
    assert story.case.state is State.DECLINED
    held = Story().opens().does("accept", town.LI_NA)
    refused(Code.DISPATCHER_ONLY_END, held, "propose", town.LI_NA, outcome="declined", **out)


def test_nobody_declines_without_a_proposal_of_the_holder() -> None:
    story = Story().opens("noise_building_night").does("accept", town.WANG_QIANG)
    claim = {"reason": "cannot_lawfully", "basis": "Noise act 30", "text": "No power to act"}
    more = {"alternative": "The court", "second_reader": town.ZHAO_MIN}
    refused(Code.NOT_PROPOSED, story, "decline", town.CHEN_HUI, **claim, **more)


def test_reopening_goes_back_to_the_last_holder_and_the_old_clock() -> None:
    story = proposed()
    total = story.case.total
    story.does("judge", MRS_LIU, verdict="solved").after(days=20)
    story.does("reopen", MRS_LIU, text="Dry again")
    assert (story.case.state, story.case.holder) == (State.IN_PROGRESS, "water-duty")
    assert story.case.clocks["total"] == total
    assert "look_back" not in story.case.clocks


def test_a_requester_cannot_reopen_after_thirty_days_but_the_deciding_office_can() -> None:
    story = proposed().does("judge", MRS_LIU, verdict="solved").after(days=31)
    refused(Code.REOPEN_WINDOW_PASSED, story, "reopen", MRS_LIU, text="Dry again")
    story.does("reopen", town.CHEN_HUI, text="The main was never replaced")
    assert story.case.state is State.IN_PROGRESS


def test_withdrawing_ends_the_case_only_when_nobody_else_asked() -> None:
    story = Story().opens().does("attach", MRS_LIU, text="Next door too")
    story.does("withdraw", MRS_LIU, text="I have moved")
    assert story.case.state is State.ASSIGNED
    refused(Code.NOT_THE_REQUESTER, story, "withdraw", MRS_LIU)
    story.does("withdraw", MR_ZHOU)
    assert story.case.state is State.WITHDRAWN
    refused(Code.NOT_THE_REQUESTER, story, "withdraw", MR_ZHOU)


def test_one_partly_by_consent_and_one_silence_is_partly_solved() -> None:
    story = Story().opens().does("attach", MRS_LIU, text="Next door too")
    story.does("accept", town.LI_NA).does("propose", town.LI_NA, **DONE)
    story.does("judge", MRS_LIU, verdict="partly", agreed=True).after(days=30)
    story.does("lapse", Actor.system())
    assert story.case.state is State.PARTLY_SOLVED


def test_a_call_back_about_a_request_that_is_not_there_is_refused() -> None:
    story = proposed()
    refused(Code.UNKNOWN_REQUEST, story, "judge", town.ZHAO_MIN, verdict="no", request=7)


def test_an_end_the_category_forbids_is_refused_whoever_wants_it() -> None:
    policy = town.policy()
    forbidding = {
        code: replace(category, ends_allowed=frozenset({EndName.SOLVED}))
        for code, category in policy.categories.items()
    }
    strict = replace(policy, categories=forbidding)
    story = proposed()
    with pytest.raises(Refusal) as caught:
        judge(replace(story.facts(MRS_LIU), policy=strict), Judge(Verdict.PARTLY, agreed=True))
    assert caught.value.code is Code.END_NOT_ALLOWED
    wish = Propose(Outcome.EXPLAINED, "Allowed", reason="permit_valid", basis="Permit 88")
    with pytest.raises(Refusal) as caught:
        propose(replace(story.facts(Actor.officer(town.LI_NA)), policy=strict), wish)
    assert caught.value.code is Code.END_NOT_ALLOWED


def test_a_dispatcher_cannot_decline_what_needs_the_deciding_office() -> None:
    story = Story().opens("lifts").does("accept", town.ZHAO_MIN)
    claim = {"reason": "cannot_lawfully", "basis": "Lift act 3", "text": "No power to act"}
    refused(Code.NOT_THE_DECIDING_OFFICE, story, "decline", town.ZHAO_MIN, **claim)


def test_a_decline_gives_a_basis_unless_its_reason_needs_none() -> None:
    policy = town.policy()
    free = replace(policy.reasons["out_of_scope"], needs_basis=False)
    lax = replace(policy, reasons={**policy.reasons, "out_of_scope": free})
    story = Story().opens("")
    facts = story.facts(Actor.officer(town.ZHAO_MIN))
    with pytest.raises(Refusal) as caught:
        decline(facts, Decline("out_of_scope", "A private debt"))
    assert caught.value.code is Code.FIELD_REQUIRED
    (event,) = decline(replace(facts, policy=lax), Decline("out_of_scope", "A private debt"))
    assert event.to_fields()["reason"] == "out_of_scope"


def test_a_result_that_is_seen_later_is_judged_later_and_not_much_later() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    for days, code in ((0, Code.IN_THE_PAST), (60, Code.TOO_LATE)):
        seen = story.now + timedelta(days=days)
        refused(code, story, "propose", town.CAO_LEI, **DONE, confirm_not_before=seen)
    seen = story.now + timedelta(days=4)
    story.does("propose", town.CAO_LEI, **DONE, confirm_not_before=seen)
    refused(Code.JUDGED_TOO_EARLY, story, "judge", MRS_LIU, verdict="solved")
    assert story.case.clocks["judgement_window"].at > seen
    story.after(days=4).does("judge", MRS_LIU, verdict="solved")
    assert story.case.state is State.SOLVED

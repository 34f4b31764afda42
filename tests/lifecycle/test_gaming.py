"""How units try to look better than they are, and why it gets them nowhere (domain §8).

Each story is one way. A unit tries it; the promise to the requester stands; the ledger shows that
it was tried.
"""

from datetime import timedelta

import pytest

from dandang.lifecycle.casework.rules.permit import (
    may_read,
    may_see_contact,
    may_see_private_answers,
)
from dandang.lifecycle.intake.rules import Contact, Open, open_case
from dandang.lifecycle.states import State
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.story import MRS_LIU, Story, refused

MR_ZHOU = Actor.requester(2)
DONE = {"outcome": "resolved", "text": "It is done"}
PART = {"to_post": "qingshan-duty", "title": "A part", "text": "Let us begin anew with this part"}
NOT_OURS = {"reason": "not_our_duty", "text": "Theirs", "basis": "Duty list 9"}


def working() -> Story:
    """A heap of rubbish, held by Cao Lei of urban management."""
    return Story().opens("city_appearance").does("accept", town.CAO_LEI)


def attempts(story: Story, name: str) -> int:
    """Return how often the ledger tells of an event."""
    return story.names.count(name)


class TestSplittingToResetClocks:
    def test_a_unit_cannot_split_by_itself(self) -> None:
        story = working().after(days=4)
        refused(Code.NOT_THE_DISPATCHER, story, "split", town.CAO_LEI, **PART)
        story.does("ask-split", town.CAO_LEI, text="It is really two matters")
        assert not story.children()
        assert attempts(story, "split_requested") == 1

    def test_what_is_split_off_is_as_old_as_the_whole_and_due_no_later(self) -> None:
        story = working().after(days=20)
        story.does("ask-split", town.CAO_LEI, text="It is really two matters")
        story.does("split", town.ZHAO_MIN, **PART)
        (part,) = story.children()
        assert part.case.counts_from == story.case.counts_from
        assert part.case.clocks["total"].at == story.case.total.at < story.now
        refused(Code.CHILDREN_OPEN, story, "propose", town.CAO_LEI, **DONE)


class TestPausing:
    def test_questions_asked_to_gain_time_gain_none_on_the_promise(self) -> None:
        story = working()
        total = story.case.total
        for question in ("Which heap?", "Which corner of it?"):
            story.does("ask", town.CAO_LEI, missing="Details", text=question).after(days=1)
            story.does("answer", MRS_LIU, text="The one in Lane 9")
        more = {"missing": "Details", "text": "Which bag?"}
        refused(Code.TOO_MANY_QUESTIONS, story, "ask", town.CAO_LEI, **more)
        assert story.case.total == total
        assert attempts(story, "question_asked") == 2

    def test_a_holder_cannot_pause_and_a_head_only_briefly_and_for_a_checkable_reason(self) -> None:
        story = Story().opens("water_supply").does("accept", town.LI_NA)
        total, soon = story.case.total, story.now + timedelta(days=1)
        why = {"reason": "material_awaited", "condition": "Are the pipes here?", "text": "Ordered"}
        refused(Code.NOT_PERMITTED, story, "pause", town.LI_NA, check_at=soon, **why)
        late = story.now + timedelta(days=60)
        refused(Code.TOO_LATE, story, "pause", town.SUN_TAO, check_at=late, **why)
        story.does("pause", town.SUN_TAO, check_at=soon, **why)
        assert (story.case.total, story.case.clocks["total"]) == (total, total)
        assert story.case.clocks["check"].at == soon
        assert attempts(story, "paused") == 1

    def test_more_time_is_asked_for_once_before_it_is_due_and_decided_elsewhere(self) -> None:
        story = working()
        why = {"reason": "public_notice_running", "condition": "Is it over?", "text": "Tender"}
        story.does("ask-extension", town.CAO_LEI, working_days=5, **why)
        refused(
            Code.NOT_THE_DECIDING_OFFICE,
            story,
            "decide-extension",
            town.CAO_LEI,
            decision="granted",
            text="Yes",
        )
        story.does("decide-extension", town.CHEN_HUI, decision="refused", text="Begin now")
        refused(Code.EXTENSION_USED, story, "ask-extension", town.CAO_LEI, working_days=5, **why)
        assert attempts(story, "extension_requested") == 1


class TestFakeClosing:
    def test_a_proposal_before_the_due_time_stops_no_clock_and_is_shown_as_premature(self) -> None:
        story = working().does("propose", town.CAO_LEI, **DONE)
        assert story.case.clocks["total"] == story.case.total
        story.does("judge", MRS_LIU, verdict="no", text="The heap is still there")
        assert (story.case.state, story.case.holder) == (State.IN_PROGRESS, "cityman-duty")
        assert attempts(story, "premature_close") == 1

    def test_a_second_fake_closing_takes_the_case_to_the_supervising_office(self) -> None:
        story = working()
        for _ in range(2):
            story.does("propose", town.CAO_LEI, **DONE).does("judge", MRS_LIU, verdict="no")
        assert story.case.holder == town.directory().supervising_post("cityman").code
        assert attempts(story, "premature_close") == 2

    def test_silence_is_never_counted_as_solved(self) -> None:
        story = working().does("propose", town.CAO_LEI, **DONE).after(days=30)
        story.does("lapse", Actor.system())
        assert story.case.state is State.UNANSWERED

    def test_closing_when_nobody_can_see_it_yet_waits_for_the_nights(self) -> None:
        story = Story().opens("noise_building_night").does("accept", town.WANG_QIANG)
        story.does("propose", town.WANG_QIANG, **DONE)
        refused(Code.JUDGED_TOO_EARLY, story, "judge", MRS_LIU, verdict="solved")
        assert story.case.clocks["judgement_window"].at > story.now + timedelta(days=3)


class TestPressingTheRequester:
    def test_the_holders_own_people_cannot_collect_the_answer(self) -> None:
        story = Story().opens("lifts").does("accept", town.ZHAO_MIN)
        story.does("propose", town.ZHAO_MIN, **DONE)
        refused(Code.CALL_BACK_BY_HOLDER, story, "judge", town.ZHAO_MIN, verdict="solved")

    def test_pressure_is_told_in_private_and_the_answer_can_be_changed(self) -> None:
        story = working().does("propose", town.CAO_LEI, **DONE)
        story.does("judge", MRS_LIU, verdict="solved", was_pressed=True)
        assert story.records[-1].event.was_pressed
        assert not may_see_private_answers(story.facts(Actor.officer(town.CAO_LEI)))
        assert may_see_private_answers(story.facts(Actor.officer(town.CHEN_HUI)))
        story.after(days=10).does("judge", MRS_LIU, verdict="no", text="They stood at my door")
        assert story.case.state is State.IN_PROGRESS

    def test_who_collected_an_answer_by_phone_stands_in_the_ledger(self) -> None:
        story = working().does("propose", town.CAO_LEI, **DONE)
        story.does("judge", town.ZHAO_MIN, verdict="solved", request=1)
        record = story.records[-1]
        assert (record.event.collected, record.by) == ("call_back", Actor.officer(town.ZHAO_MIN))


class TestDecliningEverything:
    def test_a_unit_cannot_decline_by_itself(self) -> None:
        story = working()
        claim = {"reason": "cannot_lawfully", "text": "No power to act", "basis": "Article 9"}
        refused(Code.NOT_PERMITTED, story, "decline", town.CAO_LEI, **claim)
        story.does("propose", town.CAO_LEI, outcome="declined", **claim)
        assert story.case.is_open
        assert story.case.clocks["total"] == story.case.total
        story.does(
            "reject-proposal", town.CHEN_HUI, reason="work_not_done", text="Article 9 says so"
        )
        assert story.case.state is State.IN_PROGRESS
        assert attempts(story, "resolution_proposed") == 1

    def test_a_decline_needs_its_article_another_way_and_a_second_reader_and_can_be_appealed(
        self,
    ) -> None:
        story = working()
        claim = {"reason": "cannot_lawfully", "text": "No power to act", "basis": "Article 9"}
        story.does("propose", town.CAO_LEI, outcome="declined", **claim)
        refused(Code.FIELD_REQUIRED, story, "decline", town.CHEN_HUI, **claim)
        whole = {**claim, "alternative": "The court", "second_reader": town.LI_NA}
        story.does("decline", town.CHEN_HUI, **whole)
        story.does("appeal", MRS_LIU, text="Article 9 says the opposite")
        refused(
            Code.DECIDER_INVOLVED,
            story,
            "decide-appeal",
            town.CHEN_HUI,
            decision="refused",
            text="I was right",
        )
        story.does("decide-appeal", town.ZHAO_MIN, decision="granted", text="It does")
        assert story.case.state is State.IN_PROGRESS
        assert attempts(story, "appeal_decided") == 1


class TestBouncing:
    def test_the_second_return_between_a_pair_goes_to_the_deciding_office(self) -> None:
        story = Story().opens("city_appearance")
        story.does("hand-over", town.CAO_LEI, to_post="qingshan-duty", **NOT_OURS)
        story.does("return", town.ZHOU_HAI, **NOT_OURS)
        story.does("hand-over", town.CAO_LEI, to_post="qingshan-duty", **NOT_OURS)
        story.does("return", town.ZHOU_HAI, **NOT_OURS)
        assert (story.case.state, story.case.holder) == (State.DISPUTED, "qingshan-duty")
        story.does(
            "decide-dispute",
            town.CHEN_HUI,
            to_post="qingshan-duty",
            basis="Duty list 4",
            text="Yours",
        )
        refused(
            Code.DECIDED_BINDINGLY,
            story,
            "hand-over",
            town.ZHOU_HAI,
            to_post="cityman-duty",
            **NOT_OURS,
        )
        assert attempts(story, "returned") == 1
        assert attempts(story, "dispute_raised") == 1

    def test_the_third_hand_over_goes_to_the_deciding_office_and_no_clock_began_anew(self) -> None:
        story = working()
        total = story.case.total
        for officer, post in ((town.CAO_LEI, "water-duty"), (town.LI_NA, "housing-duty")):
            story.does("hand-over", officer, to_post=post, **NOT_OURS)
        story.does("hand-over", town.WANG_QIANG, to_post="cityman-duty", **NOT_OURS)
        assert (story.case.state, story.case.holder) == (State.DISPUTED, "housing-duty")
        assert story.case.total == total
        assert attempts(story, "handed_over") == 2

    def test_what_is_urgent_is_acted_on_before_it_is_disputed(self) -> None:
        story = Story().opens("water_supply")
        refused(Code.FIRST_ACTION_REQUIRED, story, "return", town.LI_NA, **NOT_OURS)
        story.does("contacted", town.LI_NA, how="phone", text="We closed the valve")
        story.does("return", town.LI_NA, **NOT_OURS)
        assert story.names[-2:] == ["requester_contacted", "returned"]


class TestAcknowledgingWithoutActing:
    def test_accepting_is_no_first_response_and_stops_no_promise(self) -> None:
        story = working()
        due = story.case.clocks["first_response"]
        story.does("note", town.CAO_LEI, text="Noted", internal=True)
        assert story.case.clocks["first_response"] == due
        assert story.case.acted_at is None
        story.after(days=30)
        assert story.case.next_due.at < story.now
        assert story.names[-2:] == ["accepted", "note_added"]


class TestNamingAnotherUnit:
    def test_an_answer_that_names_another_unit_closes_nothing(self) -> None:
        story = working()
        words = {"outcome": "referred", "text": "Ask the street office"}
        refused(Code.REFERRED_IS_NO_OUTCOME, story, "propose", town.CAO_LEI, **words)
        story.does("hand-over", town.CAO_LEI, to_post="qingshan-duty", **NOT_OURS)
        assert (story.case.holder, story.case.hand_overs) == ("qingshan-duty", 1)
        assert attempts(story, "handed_over") == 1


class TestQuietPressureOnTheComplainant:
    def test_who_is_complained_about_neither_holds_nor_sees_the_case(self) -> None:
        story = Story().opens("street_trading", "qingshan", subject_units=("qingshan",))
        assert not town.directory().in_subtree(story.case.holder_unit, "qingshan")
        facts = story.facts(Actor.officer(town.ZHOU_HAI))
        assert not may_read(facts)
        assert not may_see_contact(facts)
        refused(
            Code.SUBJECT_OF_COMPLAINT,
            story,
            "assign",
            town.ZHAO_MIN,
            to_post="qingshan-duty",
            text="They know the place",
        )

    def test_a_complaint_recognised_later_leaves_the_unit_at_once(self) -> None:
        story = Story().opens("rubbish_and_sanitation", "qingshan").does("accept", town.ZHOU_HAI)
        story.does("name-subject", town.ZHAO_MIN, unit="qingshan", text="It is about their crew")
        assert not town.directory().in_subtree(story.case.holder_unit, "qingshan")
        assert not may_read(story.facts(Actor.officer(town.ZHOU_HAI)))
        assert attempts(story, "recused") == 1


class TestOpeningEasyCases:
    def test_a_unit_cannot_set_itself_a_matter_and_judge_it(self) -> None:
        wish = Open(title="A drop", text="A drop", channel="web", kind="finding")
        with pytest.raises(Refusal) as caught:
            open_case(
                wish,
                directory=town.directory(),
                policy=town.policy(),
                now=town.MONDAY,
                by=Actor.officer(town.LI_NA),
            )
        assert caught.value.code is Code.NOT_PERMITTED

    def test_a_case_that_nobody_asked_for_can_never_be_solved(self) -> None:
        story = Story().opens("water_supply", contact=Contact()).does("accept", town.LI_NA)
        story.does("propose", town.LI_NA, **DONE)
        refused(Code.NOT_PERMITTED, story, "judge", town.LI_NA, verdict="solved")
        story.after(days=30).does("lapse", Actor.system())
        assert (story.case.state, story.case.end_cause) == (State.UNREACHABLE, "no_contact")

    def test_what_is_counted_is_requests_and_one_matter_split_in_ten_stays_one(self) -> None:
        story = working()
        for number in range(10):
            story.does("split", town.ZHAO_MIN, **{**PART, "title": f"Part {number}"})
        roots = [case for case in story.family.values() if not case.root]
        assert roots == [story.case]
        assert all(not part.case.request(1).reachable for part in story.children())

"""Building noise at night: minutes count, act first, dispute after, judged after three nights."""

import pytest

from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.states import State, Turn, turn
from dandang.terms import Code
from tests.matters.telling import (
    CAO_LEI,
    CHEN_HUI,
    GAO_YUAN,
    HE_JUN,
    WANG_QIANG,
    ZHAO_MIN,
    Tale,
    at,
    called,
    calls,
    due,
    events,
    holders,
    in_order,
    nothing_differs,
    state,
)

pytestmark = pytest.mark.django_db
NOISE = {
    "title": "A crane at eleven at night",
    "text": "Concrete is being poured beside Lane 9",
    "category": "noise_building_night",
    "area": "hudong",
}
NOT_OURS = {
    "to_post": "cityman-duty",
    "reason": "not_our_duty",
    "basis": "Duty list 2026 no. 11",
    "text": "Noise in the street is for urban management",
}
STOPPED = {"outcome": "resolved", "text": "The site is closed from ten to six and controlled"}
PERMIT = {"reason": "permit_valid", "basis": "Night permit 2026-118 of the environment office"}


def at_night(tale: Tale) -> str:
    """Return the reference of what Mrs Liu reports while it goes on."""
    return tale.opens(happening_now=True, contact=called("刘女士"), **NOISE)


def stopped_by_night(tale: Tale) -> str:
    reference = at_night(tale)
    tale.goes_on("23:14")
    tale.does(HE_JUN, "accept", reference)
    tale.goes_on("23:40")
    tale.does(HE_JUN, "contacted", reference, how="visit", text="The crane stopped at 23:38")
    return reference


def done_by_day(tale: Tale, reference: str) -> None:
    tale.goes_on("2026-10-13 17:00")
    tale.does(WANG_QIANG, "propose", reference, contacted_by="Wang Qiang", **STOPPED)


def test_minutes_count_and_who_is_on_duty_at_that_hour_answers() -> None:
    tale = Tale("2026-10-12 23:10")
    reference = at_night(tale)
    assert (state(reference).state, state(reference).holder) == (State.ASSIGNED, "housing-duty")
    assert due(reference, "accept") == at("2026-10-12 23:25")
    assert due(reference, "first_response") == at("2026-10-13 00:10")
    # Wang Qiang has the post by day; tonight the roster says He Jun.
    tale.refused(Code.NOT_THE_HOLDER, WANG_QIANG, "accept", reference)
    # Act first: nobody argues about duties while the crane turns.
    tale.refused(Code.FIRST_ACTION_REQUIRED, HE_JUN, "dispute", reference, **NOT_OURS)
    tale.does(HE_JUN, "accept", reference)
    tale.refused(Code.FIRST_ACTION_REQUIRED, HE_JUN, "dispute", reference, **NOT_OURS)
    tale.does(HE_JUN, "contacted", reference, how="visit", text="The crane has stopped")
    tale.does(HE_JUN, "dispute", reference, **NOT_OURS)
    assert state(reference).state is State.DISPUTED
    nothing_differs(1)


def test_a_quarter_of_an_hour_of_silence_calls_somebody_above_by_name() -> None:
    tale = Tale("2026-10-12 23:10")
    reference = at_night(tale)
    tale.goes_on("23:25")
    assert calls(reference) == [("accept", "supervision-desk")]
    assert state(reference).calls[0].officer == CHEN_HUI
    assert due(reference, "call") == at("2026-10-12 23:40")
    told = {"text": "Go there now, He Jun", "who": "housing-duty", "due_at": at("2026-10-13 00:05")}
    tale.does(CHEN_HUI, "act-on-call", reference, act="instructed", **told)
    assert calls(reference) == []
    # Nothing came of it: what was ordered has a clock of its own, and the mayor is next.
    tale.goes_on("2026-10-13 00:05")
    assert calls(reference) == [("instruction", "mayor")]
    nothing_differs(1)


def test_what_is_gone_by_the_morning_is_disputed_then_and_decided_within_a_day() -> None:
    tale = Tale("2026-10-12 23:10")
    reference = stopped_by_night(tale)
    total = due(reference, "total")
    tale.goes_on("2026-10-13 08:30")
    tale.does(WANG_QIANG, "dispute", reference, **NOT_OURS)
    assert state(reference).holder == "housing-duty"
    assert due(reference, "dispute_decision") == at("2026-10-14 18:00")
    # The duty list makes urban management an assistant: not even a decision makes it the lead.
    decided = {"basis": "Duty list 2026 no. 11", "text": "Who permits the site answers for it"}
    tale.refused(
        Code.ASSIST_ONLY_DUTY,
        CHEN_HUI,
        "decide-dispute",
        reference,
        to_post="cityman-duty",
        **decided,
    )
    tale.does(CHEN_HUI, "decide-dispute", reference, to_post="housing-duty", **decided)
    tale.does(WANG_QIANG, "accept", reference)
    tale.refused(Code.DECIDED_BINDINGLY, WANG_QIANG, "dispute", reference, **NOT_OURS)
    tale.does(
        WANG_QIANG, "request-assist", reference, of_post="cityman-duty", text="Patrol after ten"
    )
    tale.does(CAO_LEI, "give-assist", reference, text="Three patrols, nothing heard")
    assert due(reference, "total") == total
    assert set(holders(reference)) == {"hotline-intake", "housing-duty"}
    nothing_differs(1)


def test_it_is_judged_when_three_nights_have_shown_the_result() -> None:
    tale = Tale("2026-10-12 23:10")
    reference = stopped_by_night(tale)
    done_by_day(tale, reference)
    assert state(reference).confirm_not_before == at("2026-10-16 17:00")
    # "Solved" is too early, whoever asks for it; nobody collects it by phone either.
    tale.refused(Code.JUDGED_TOO_EARLY, "", "judge", reference, verdict="solved")
    tale.refused(Code.JUDGED_TOO_EARLY, ZHAO_MIN, "judge", reference, verdict="solved", request=1)
    tale.goes_on("2026-10-16 17:30")
    tale.judges(reference, "solved", was_contacted=True)
    assert state(reference).state is State.SOLVED
    assert due(reference, "look_back") == at("2026-11-15 17:30")
    nothing_differs(1)


def test_a_loud_second_night_needs_no_waiting_and_brings_it_back_under_the_same_clock() -> None:
    tale = Tale("2026-10-12 23:10")
    reference = stopped_by_night(tale)
    total = due(reference, "total")
    done_by_day(tale, reference)
    tale.goes_on("2026-10-14 23:30")
    tale.judges(reference, "no", text="The crane is back")
    assert (state(reference).state, state(reference).holder) == (State.IN_PROGRESS, "housing-duty")
    assert due(reference, "total") == total
    assert in_order(events(reference), ["resolution_proposed", "judged", "premature_close"])
    tale.does(HE_JUN, "contacted", reference, how="visit", text="Stopped again, fined")
    nothing_differs(1)


def test_the_same_crane_two_weeks_later_is_the_same_case_under_its_old_clock() -> None:
    tale = Tale("2026-10-12 23:10")
    reference = stopped_by_night(tale)
    total = due(reference, "total")
    done_by_day(tale, reference)
    tale.goes_on("2026-10-17 09:00")
    tale.judges(reference, "solved")
    tale.goes_on("2026-10-30 22:50")
    again = at_night(tale)
    tale.goes_on("23:00")
    tale.does(ZHAO_MIN, "merge", again, into=reference, text="The same site, the same crane")
    assert find(again).case_reference == reference
    assert state(reference).state is State.IN_PROGRESS
    assert due(reference, "total") == total < tale.now
    # It is late from the first minute, so that the office above is called at once. Nobody further
    # up is, as long as that one has time to act.
    tale.goes_on("23:01")
    assert calls(reference) == [("blue", "supervision-desk")]
    assert state(reference).published_at is None
    nothing_differs(2)


def explained(tale: Tale) -> str:
    """Return the reference of a case that ended because the site has a permit."""
    reference = stopped_by_night(tale)
    tale.goes_on("2026-10-13 09:00")
    tale.does(
        WANG_QIANG,
        "propose",
        reference,
        outcome="explained",
        text="A pour that cannot be interrupted, permitted for two nights",
        **PERMIT,
    )
    # The unit concerned does not decide it itself: it waits for an office outside.
    assert turn(state(reference).state, state(reference).outcome) is Turn.DECIDING_OFFICE
    tale.refused(
        Code.NOT_THE_DECIDING_OFFICE, WANG_QIANG, "explain", reference, text="In order", **PERMIT
    )
    tale.goes_on("11:00")
    tale.does(CHEN_HUI, "explain", reference, text="Checked with the issuing office", **PERMIT)
    assert state(reference).state is State.EXPLAINED
    return reference


def test_a_valid_permit_explains_it_and_the_requester_objects_once() -> None:
    tale = Tale("2026-10-12 23:10")
    reference = explained(tale)
    tale.goes_on("2026-10-14 10:00")
    tale.says("object", reference, text="The permit names two nights; this was the third")
    (objection,) = state(reference).objections
    assert (objection.to_post, objection.by_requester) == ("supervision-desk", True)
    tale.refused(Code.ALREADY_OBJECTED, "", "object", reference, text="And one more thing")
    tale.refused(
        Code.NOT_PERMITTED,
        WANG_QIANG,
        "answer-objection",
        reference,
        objection_seq=objection.seq,
        text="We are right",
    )
    tale.goes_on("15:00")
    answer = {"objection_seq": objection.seq, "text": "You are right: the third night was not"}
    tale.does(GAO_YUAN, "answer-objection", reference, **answer)
    tale.does(GAO_YUAN, "reopen", reference, text="The permit did not cover the third night")
    assert (state(reference).state, state(reference).holder) == (State.IN_PROGRESS, "housing-duty")
    assert in_order(
        events(reference), ["explained", "objection_filed", "objection_answered", "reopened"]
    )
    nothing_differs(1)


def test_an_objection_comes_within_its_time_or_not_at_all() -> None:
    tale = Tale("2026-10-12 23:10")
    reference = explained(tale)
    tale.goes_on("2026-11-20 10:00")
    tale.refused(Code.OBJECTION_WINDOW_PASSED, "", "object", reference, text="It was the third")
    nothing_differs(1)

"""A land dispute twelve years old: imported, extended, concluded by law, and heard once more."""

import pytest

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Open, Origin
from dandang.lifecycle.states import State
from dandang.terms import Actor, Code
from tests.matters.telling import (
    CHEN_HUI,
    GAO_YUAN,
    GU_QING,
    XIONG_JIAN,
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
SENT = at("2014-03-17 09:00")
CALL = {
    "title": "My land in Yunxi",
    "text": "When do I get back the land of the third group?",
    "category": "land_contracts",
    "area": "yunxi",
}
MORE_TIME = {
    "reason": "facts_complex",
    "condition": "The archive of the former commune has answered",
    "working_days": 10,
    "text": "Two contracts of 1998 contradict each other",
}
FINAL = {
    "reason": "final_review_given",
    "review_number": "Jiangcheng review 2019-12",
    "reviewed_at": at("2019-06-20 00:00"),
    "text": "The review of 2019 is final and nothing new was brought forward",
}


def imported(tale: Tale) -> str:
    """Return the reference of what the register of letters has held since 2014."""
    wish = Open(
        title="Land of the third group",
        text="My plot was given to another family in 2013",
        channel="import",
        category="land_contracts",
        area="yunxi",
        contact=called("周先生"),
        origin=Origin("letter_register", "2014-0317", SENT),
    )
    by = Actor.importer("letters")
    return open_request(wish, by=by, now=tale.now, access_code="").reference


def calls_again(tale: Tale, reference: str, times: int) -> list[str]:
    """Return the references of so many calls of Mr Zhou that joined his case."""
    calls = []
    for _ in range(times):
        call = tale.opens(by=ZHAO_MIN, contact=called("周先生"), **CALL)
        tale.does(ZHAO_MIN, "merge", call, into=reference, text="The same demand, the same plot")
        calls.append(call)
    return calls


def concluded(tale: Tale, reference: str) -> None:
    tale.does(XIONG_JIAN, "accept", reference)
    tale.does(XIONG_JIAN, "contacted", reference, how="phone", text="The file of 2014 was read")
    tale.does(XIONG_JIAN, "ask-extension", reference, **MORE_TIME)
    tale.goes_on("16:00")
    tale.does(CHEN_HUI, "decide-extension", reference, decision="granted", text="Ten days")
    tale.goes_on("2026-10-30 10:00")
    tale.does(CHEN_HUI, "conclude", reference, **FINAL)


def test_twelve_years_are_kept_as_a_claim_and_nobody_is_late_for_them() -> None:
    tale = Tale("2026-10-12 09:00")
    reference = imported(tale)
    case = state(reference)
    assert (case.sent_at, case.counts_from) == (SENT, tale.now)
    assert (case.state, case.holder, case.case_class) == (State.ASSIGNED, "land-duty", "complex")
    assert due(reference, "total") == at("2026-10-27 09:00")
    assert "imported" in events(reference)
    nothing_differs(1)


def test_more_time_is_asked_for_before_it_is_due_once_and_granted_by_somebody_else() -> None:
    tale = Tale("2026-10-12 09:00")
    reference = imported(tale)
    tale.does(XIONG_JIAN, "accept", reference)
    too_much = {**MORE_TIME, "working_days": 11}
    tale.refused(Code.TOO_LATE, XIONG_JIAN, "ask-extension", reference, **too_much)
    tale.does(XIONG_JIAN, "ask-extension", reference, **MORE_TIME)
    granted = {"decision": "granted", "text": "Ten days"}
    tale.refused(Code.NOT_THE_DECIDING_OFFICE, XIONG_JIAN, "decide-extension", reference, **granted)
    tale.does(CHEN_HUI, "decide-extension", reference, **granted)
    assert due(reference, "total") == at("2026-11-10 18:00")
    tale.refused(Code.EXTENSION_USED, XIONG_JIAN, "ask-extension", reference, **MORE_TIME)
    nothing_differs(1)


def test_repeated_calls_are_one_matter_that_is_answered_once() -> None:
    tale = Tale("2026-10-12 09:00")
    reference = imported(tale)
    calls = calls_again(tale, reference, 3)
    assert {find(call).case_reference for call in calls} == {reference}
    assert list(Case.objects.exclude(state="merged").values_list("reference", flat=True)) == [
        reference
    ]
    concluded(tale, reference)
    assert {state(call).state for call in calls} == {State.CONCLUDED_BY_LAW}
    assert events(reference).count("concluded") == 1
    nothing_differs(4)


def test_a_final_review_ends_it_with_number_and_date_by_an_office_outside_the_unit() -> None:
    tale = Tale("2026-10-12 09:00")
    reference = imported(tale)
    (call,) = calls_again(tale, reference, 1)
    tale.refused(Code.NOT_THE_DECIDING_OFFICE, XIONG_JIAN, "conclude", reference, **FINAL)
    not_yet = {**FINAL, "reviewed_at": at("2027-01-01 00:00")}
    tale.refused(Code.IN_THE_FUTURE, CHEN_HUI, "conclude", reference, **not_yet)
    without = {**FINAL, "review_number": ""}
    tale.refused(Code.FIELD_REQUIRED, CHEN_HUI, "conclude", reference, **without)
    concluded(tale, reference)
    assert state(reference).state is State.CONCLUDED_BY_LAW
    # It cannot simply be opened again, by nobody but through an appeal.
    tale.refused(Code.CONCLUDED_NEEDS_APPEAL, "", "reopen", call, text="I want my land")
    # Nor can another matter be put away in it.
    other = tale.opens(by=ZHAO_MIN, contact=called("周先生"), **CALL)
    tale.refused(
        Code.NOT_MERGEABLE, ZHAO_MIN, "merge", other, into=reference, text="The same demand"
    )
    tale.does(CHEN_HUI, "conclude", other, **FINAL)
    assert state(other).state is State.CONCLUDED_BY_LAW
    nothing_differs(3)


def test_new_evidence_is_heard_by_somebody_who_had_no_part_in_it() -> None:
    tale = Tale("2026-10-12 09:00")
    reference = imported(tale)
    (call,) = calls_again(tale, reference, 1)
    concluded(tale, reference)
    total = state(reference).total
    tale.goes_on("2026-11-09 09:30")
    evidence = "A contract of 1998 with the stamp of the village, found by my sister"
    tale.says("appeal", call, text=evidence)
    tale.refused(Code.ALREADY_APPEALED, "", "appeal", call, text=evidence)
    # Chen Hui gave the extension and the end: somebody else decides, and not the unit.
    granted = {"decision": "granted", "text": "The contract was not before the review"}
    tale.refused(Code.DECIDER_INVOLVED, CHEN_HUI, "decide-appeal", call, **granted)
    tale.refused(Code.NOT_THE_DECIDING_OFFICE, XIONG_JIAN, "decide-appeal", call, **granted)
    assert due(reference, "appeal_decision") == at("2026-11-23 18:00")
    tale.goes_on("2026-11-12 14:00")
    tale.does(GAO_YUAN, "decide-appeal", call, **granted)
    assert (state(reference).state, state(reference).holder) == (State.IN_PROGRESS, "land-duty")
    assert state(reference).total == total
    assert in_order(events(reference), ["concluded", "appeal_opened", "appeal_decided", "reopened"])

    tale.goes_on("2026-12-01 10:00")
    tale.does(XIONG_JIAN, "propose", reference, outcome="resolved", text="Half the plot, and rent")
    tale.says("judge", call, verdict="partly", agreed=True, text="I can live with it")
    tale.judges(reference, "partly", agreed=True)
    assert state(call).state is State.PARTLY_SOLVED
    assert holders(reference) == ["hotline-intake", "land-duty"]
    nothing_differs(2)


def test_an_appeal_that_nobody_decides_is_before_the_mayor_and_then_on_the_list() -> None:
    tale = Tale("2026-10-12 09:00")
    reference = imported(tale)
    (call,) = calls_again(tale, reference, 1)
    concluded(tale, reference)
    tale.goes_on("2026-11-09 09:30")
    tale.says("appeal", call, text="A contract of 1998")
    tale.goes_on("2026-11-23 18:00")
    assert calls(reference) == [("appeal_decision", "mayor")]
    nothing_differs(2)


def test_an_appeal_without_anything_new_is_refused_and_the_end_stands() -> None:
    tale = Tale("2026-10-12 09:00")
    reference = imported(tale)
    (call,) = calls_again(tale, reference, 1)
    concluded(tale, reference)
    tale.goes_on("2026-11-03 09:30")
    tale.says("appeal", call, text="I do not agree")
    tale.does(GU_QING, "decide-appeal", call, decision="refused", text="Nothing new")
    assert state(reference).state is State.CONCLUDED_BY_LAW
    tale.goes_on("2026-12-15 09:00")
    tale.refused(Code.ALREADY_APPEALED, "", "appeal", call, text="I still do not agree")
    nothing_differs(2)

"""Renovate 12 rural schools by 31 August: packages with dates, one late and seen to be late."""

import pytest

from dandang.lifecycle.casework.models import Request
from dandang.lifecycle.casework.queries import listed
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.states import State
from dandang.terms import Code
from tests.matters.telling import (
    CHEN_HUI,
    GU_QING,
    LU_MENG,
    WANG_QIANG,
    ZHAO_MIN,
    Tale,
    at,
    due,
    events,
    holders,
    nothing_differs,
    state,
)

pytestmark = pytest.mark.django_db
SCHOOLS = 12
DECISION = {
    "title": "Renovate 12 rural schools by 31 August",
    "text": "Roofs, windows and toilets of twelve village schools, before term begins",
    "channel": "letter",
    "kind": "decision",
    "case_class": "decision_complex",
    "due_by": at("2026-08-31 18:00"),
}
GRANTED = {"decision": "granted", "text": "The roofs first; term begins in the old rooms"}
READY = {"outcome": "resolved", "text": "Renovated and accepted by the village"}


def decided(tale: Tale) -> str:
    """Return the reference of what the mayor decided, given to the education bureau."""
    reference = tale.opens(by=GU_QING, **DECISION)
    tale.goes_on("11:00")
    tale.does(ZHAO_MIN, "assign", reference, to_post="education-duty", text="The mayor's decision")
    tale.does(LU_MENG, "accept", reference)
    tale.does(LU_MENG, "ask-split", reference, text="One package for each school")
    return reference


def package(tale: Tale, reference: str, number: int) -> str:
    """Return the reference of one school's package, due by a date of its own."""
    (part,) = tale.does(
        ZHAO_MIN,
        "split",
        reference,
        to_post="housing-duty" if number % 4 == 0 else "education-duty",
        title=f"School no. {number}",
        due_by=at(f"2026-08-{10 + number:02} 18:00"),
        text="Roof, windows, toilets",
    ).done.children
    return part


def builder(part: str) -> str:
    return WANG_QIANG if state(part).holder == "housing-duty" else LU_MENG


def finishes(tale: Tale, part: str, when: str) -> None:
    tale.goes_on(when)
    officer = builder(part)
    tale.does(officer, "accept", part)
    tale.does(officer, "propose", part, **READY)
    tale.does(ZHAO_MIN, "judge", part, verdict="solved")


def test_twelve_packages_with_dates_of_their_own_end_before_their_decision_does() -> None:
    tale = Tale("2026-08-03 10:00")
    reference = decided(tale)
    assert state(reference).set_by == "mayor"
    assert due(reference, "total") == at("2026-08-31 18:00")
    parts = [package(tale, reference, number) for number in range(1, SCHOOLS + 1)]
    assert [due(part, "total") for part in parts] == [
        at(f"2026-08-{10 + number:02} 18:00") for number in range(1, SCHOOLS + 1)
    ]
    assert {state(part).sent_at for part in parts} == {state(reference).sent_at}
    assert state(reference).open_children == SCHOOLS

    for number, part in enumerate(parts[:-1], start=1):
        finishes(tale, part, f"2026-08-{10 + number:02} 15:00")
        assert state(part).state is State.SOLVED
    # Eleven of twelve are not twelve: nobody can propose it, and it shows who is late.
    tale.goes_on("2026-08-31 09:00")
    tale.refused(Code.CHILDREN_OPEN, LU_MENG, "propose", reference, **READY)
    (late,) = listed(Wanted(units=("housing",), overdue_at=tale.now))
    assert late.reference == parts[-1]
    assert late.due_at is not None
    assert late.due_at < tale.now

    finishes(tale, parts[-1], "2026-09-02 16:00")
    assert state(reference).open_children == 0
    tale.does(LU_MENG, "propose", reference, **READY)
    tale.judges_as(GU_QING, reference, "solved")
    assert state(reference).state is State.SOLVED
    assert events(reference).count("child_ended") == SCHOOLS
    ended_at = state(reference).ended_at
    assert ended_at is not None
    assert ended_at > at("2026-08-31 18:00")
    assert holders(reference) == ["hotline-intake", "education-duty"]
    nothing_differs(1 + SCHOOLS)


def test_no_package_is_due_after_its_decision_and_no_date_moves_without_a_trace() -> None:
    tale = Tale("2026-08-03 10:00")
    reference = decided(tale)
    late = {"to_post": "education-duty", "title": "School no. 13", "text": "Roof"}
    tale.refused(
        Code.LATER_THAN_PARENT,
        ZHAO_MIN,
        "split",
        reference,
        due_by=at("2026-09-15 18:00"),
        **late,
    )
    part = package(tale, reference, 1)
    tale.does(LU_MENG, "accept", part)
    wish = {"reason": "construction_time", "condition": "The roof is closed", "text": "Rain"}
    # Within the decision a date can be moved by others, and is seen to have moved.
    tale.refused(Code.TOO_LATE, LU_MENG, "ask-extension", part, **wish, working_days=15)
    tale.does(LU_MENG, "ask-extension", part, **wish, working_days=5)
    tale.does(CHEN_HUI, "decide-extension", part, **GRANTED)
    assert due(part, "total") == at("2026-08-18 18:00")
    assert events(part)[-2:] == ["extension_requested", "extension_decided"]
    last = package(tale, reference, 12)
    tale.does(WANG_QIANG, "accept", last)
    late_wish = {**wish, "working_days": 10}
    tale.refused(Code.DEADLINE_BOUND, WANG_QIANG, "ask-extension", last, **late_wish)
    # A promise can only be earlier, and one that is broken stays in the history.
    tale.does(LU_MENG, "promise", part, promised_for=at("2026-08-07 18:00"), text="Friday")
    tale.goes_on("2026-08-10 09:00")
    tale.does(LU_MENG, "propose", part, **READY)
    assert "promise_broken" in events(part)
    nothing_differs(3)


def test_who_set_a_decision_judges_it_and_its_no_sends_it_back() -> None:
    tale = Tale("2026-08-03 10:00")
    reference = decided(tale)
    tale.goes_on("2026-08-20 10:00")
    tale.does(LU_MENG, "propose", reference, **READY)
    tale.refused(Code.NOT_PERMITTED, LU_MENG, "judge", reference, verdict="solved")
    tale.refused(Code.NOT_PERMITTED, CHEN_HUI, "judge", reference, verdict="solved")
    # Nor does call-back judge in the mayor's place.
    tale.refused(Code.NOT_PERMITTED, ZHAO_MIN, "judge", reference, verdict="solved")
    tale.judges_as(GU_QING, reference, "no", text="I stood under the roof of no. 4: it leaks")
    assert (state(reference).state, state(reference).holder) == (
        State.IN_PROGRESS,
        "education-duty",
    )
    assert due(reference, "total") == at("2026-08-31 18:00")
    assert "premature_close" in events(reference)
    nothing_differs(1)


def test_silence_of_who_set_it_is_an_unanswered_decision_and_never_a_solved_one() -> None:
    tale = Tale("2026-08-03 10:00")
    reference = decided(tale)
    part = package(tale, reference, 1)
    tale.does(LU_MENG, "accept", part)
    tale.does(LU_MENG, "propose", part, **READY)
    tale.goes_on("2026-08-11 10:00")
    assert (state(part).state, state(part).end_cause) == (State.UNANSWERED, "silence")
    tale.does(LU_MENG, "propose", reference, **READY)
    tale.goes_on("2026-08-19 10:00")
    assert (state(reference).state, state(reference).end_cause) == (State.UNANSWERED, "silence")
    nothing_differs(2)


def test_a_decision_of_spring_is_due_by_its_date_and_who_set_it_moves_it_in_the_open() -> None:
    tale = Tale("2026-03-02 10:00")
    reference = decided(tale)
    assert due(reference, "total") == at("2026-08-31 18:00")
    part = package(tale, reference, 12)
    tale.goes_on("2026-08-17 10:00")
    wish = {"reason": "construction_time", "condition": "The roofs are closed", "working_days": 10}
    tale.does(LU_MENG, "ask-extension", reference, text="Ten days of rain", **wish)
    tale.refused(Code.NOT_THE_DECIDING_OFFICE, LU_MENG, "decide-extension", reference, **GRANTED)
    tale.does(GU_QING, "decide-extension", reference, **GRANTED)
    assert due(reference, "total") == at("2026-09-14 18:00")
    assert state(reference).extended_days == 10
    # The date of a package is its own: it stays, and shows.
    assert due(part, "total") == at("2026-08-22 18:00")
    nothing_differs(2)


def test_a_decision_has_no_requester_who_could_be_asked_or_made_to_wait() -> None:
    tale = Tale("2026-08-03 10:00")
    reference = decided(tale)
    assert state(reference).requests[0].reachable is False
    assert Request.objects.get().access_hash is None
    tale.refused(
        Code.NO_CONTACT_LEFT, LU_MENG, "ask", reference, missing="the list", text="Which schools?"
    )
    nothing_differs(1)

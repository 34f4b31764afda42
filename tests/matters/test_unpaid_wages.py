"""Unpaid wages of thirty workers: months on the legal route, and each judges for themselves."""

from datetime import timedelta

import pytest

from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.states import State, Turn, Verdict, turn
from dandang.organization.queries import work_calendar
from dandang.terms import Code
from tests.matters.telling import (
    CHEN_HUI,
    LUO_JING,
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
WORKERS = 30
CAME_ALONE = 4
LETTER = {
    "title": "Four months without wages",
    "text": "Thirty of us built the school; nobody has been paid since June",
    "category": "unpaid_wages",
    "area": "hudong",
}
ROUTE = {
    "article": "Labour inspection regulation, article 17",
    "body": "Labour inspection brigade",
    "acceptance_number": "2026-0871",
    "text": "The employer disputes the list of hours",
}
PAID = {"outcome": "resolved", "text": "The employer paid what the inspection ordered"}


def thirty_workers(tale: Tale) -> list[str]:
    """Return their references: a few wrote alone, the others came to the counter together.

    What was opened alone is merged, the others are attached.
    """
    references = [tale.opens(contact=called("老周"), **LETTER)]
    for number in range(1, CAME_ALONE):
        references.append(tale.opens(contact=called(f"Worker {number + 1}"), **LETTER))
        tale.does(
            ZHAO_MIN, "merge", references[number], into=references[0], text="The same employer"
        )
    for number in range(CAME_ALONE + 1, WORKERS + 1):
        receipt = tale.does(
            ZHAO_MIN,
            "attach",
            references[0],
            text=f"Worker {number}: {5000 + 100 * number} yuan outstanding",
            phone="13900000000",
        ).receipt
        assert receipt is not None
        references.append(receipt.reference)
    return references


def on_the_route(tale: Tale, reference: str, until: str = "2027-01-08 18:00") -> None:
    tale.goes_on("2026-10-12 11:00")
    tale.does(LUO_JING, "accept", reference)
    tale.does(LUO_JING, "contacted", reference, how="visit", text="All thirty were heard")
    tale.does(LUO_JING, "ask-legal-route", reference, due_at=at(until), **ROUTE)
    tale.goes_on("15:00")
    tale.does(CHEN_HUI, "enter-legal-route", reference, text="Accepted by the brigade; checked")


def weeks_of_news(tale: Tale, reference: str) -> int:
    """Let Luo Jing tell what is new whenever it is due, until the inspection orders payment."""
    number = 0
    while due(reference, "legal_route_update") < at("2026-12-21 00:00"):
        news = due(reference, "legal_route_update") - timedelta(hours=2)
        tale.goes_on_to(max(tale.now, news))
        tale.does(LUO_JING, "update-legal-route", reference, text="Hours of another site checked")
        number += 1
    return number


def paid_but_one(tale: Tale, references: list[str], short_paid: str) -> str:
    """Let all but one say that they have their money; return the part that opens for the one."""
    tale.goes_on("2026-12-31 10:00")
    tale.does(LUO_JING, "propose", references[0], contacted_by="Luo Jing", **PAID)
    tale.goes_on("16:00")
    for number, reference in enumerate(references):
        if reference != short_paid:
            tale.judges(reference, "solved", text=f"{5100 + 100 * number} yuan received")
    (part,) = tale.judges(short_paid, "no", text="2,000 yuan are missing").done.children
    return part


def test_the_legal_route_moves_the_deadline_and_gives_back_the_months_it_took() -> None:
    tale = Tale("2026-10-12 09:30")
    first = thirty_workers(tale)[0]
    before = due(first, "total")
    assert before == at("2026-10-26 18:00")
    on_the_route(tale, first)
    assert turn(state(first).state) is Turn.LEGAL_BODY
    assert state(first).holder == "labour-duty"
    assert due(first, "total") == due(first, "statutory") == at("2027-01-08 18:00")
    # An end by transfer alone there is none: on the route nobody can close.
    tale.refused(Code.WRONG_STATE, LUO_JING, "propose", first, **PAID)
    weeks = weeks_of_news(tale, first)
    assert weeks >= 9
    assert events(first).count("legal_route_updated") == weeks

    tale.goes_on("2026-12-22 10:00")
    tale.does(LUO_JING, "leave-legal-route", first, text="Ordered to pay by 31 December")
    calendar = work_calendar()
    spent = calendar.working_time_between(at("2026-10-12 15:00"), tale.now, provisional_ok=True)
    given_back = calendar.add_working_time(before, spent, provisional_ok=True).at
    assert due(first, "total") == min(given_back, at("2027-01-08 18:00"))
    nothing_differs(CAME_ALONE)


def test_each_of_thirty_workers_judges_and_one_whose_money_is_missing_goes_on() -> None:
    tale = Tale("2026-10-12 09:30")
    references = thirty_workers(tale)
    first, short_paid = references[0], references[13]
    on_the_route(tale, first)
    tale.goes_on("2026-12-22 10:00")
    tale.does(LUO_JING, "leave-legal-route", first, text="Ordered to pay by 31 December")
    part = paid_but_one(tale, references, short_paid)
    assert (state(part).state, state(part).holder) == (State.IN_PROGRESS, "labour-duty")
    assert due(part, "total") == due(first, "total") > at("2026-12-31 10:00")
    assert state(first).state is State.PROPOSED
    assert {one.verdict for one in state(first).active} == {Verdict.SOLVED}
    nothing_differs(CAME_ALONE + 1)

    tale.goes_on("2027-01-04 10:00")
    tale.does(LUO_JING, "propose", part, outcome="resolved", text="The rest was paid on Monday")
    tale.judges(short_paid, "solved")
    assert state(first).state is State.SOLVED
    assert holders(first) == ["hotline-intake", "labour-duty"]
    route = ["legal_route_requested", "legal_route_entered", "legal_route_updated", "child_ended"]
    assert in_order(events(first), route)
    nothing_differs(CAME_ALONE + 1)


def test_nobody_sends_thirty_workers_on_a_route_alone_or_for_longer_than_the_law_gives() -> None:
    tale = Tale("2026-10-12 09:30")
    first = thirty_workers(tale)[0]
    tale.goes_on("11:00")
    tale.does(LUO_JING, "accept", first)
    tale.refused(
        Code.TOO_LATE, LUO_JING, "ask-legal-route", first, due_at=at("2027-06-30 18:00"), **ROUTE
    )
    tale.does(LUO_JING, "ask-legal-route", first, due_at=at("2027-01-08 18:00"), **ROUTE)
    tale.refused(Code.NOT_THE_DECIDING_OFFICE, LUO_JING, "enter-legal-route", first, text="Yes")
    assert due(first, "total") == at("2026-10-26 18:00")
    tale.does(CHEN_HUI, "refuse-legal-route", first, text="The employer does not dispute it: act")
    assert state(first).state is State.IN_PROGRESS
    assert due(first, "total") == at("2026-10-26 18:00")
    nothing_differs(CAME_ALONE)


def test_entering_a_route_and_leaving_it_at_once_gains_nothing() -> None:
    tale = Tale("2026-10-12 09:30")
    first = thirty_workers(tale)[0]
    before = due(first, "total")
    on_the_route(tale, first)
    tale.does(LUO_JING, "leave-legal-route", first, text="The brigade does not take it")
    assert due(first, "total") == before
    nothing_differs(CAME_ALONE)


def test_silence_at_the_legally_competent_body_shows_as_an_overdue_clock() -> None:
    tale = Tale("2026-10-12 09:30")
    first = thirty_workers(tale)[0]
    on_the_route(tale, first)
    tale.goes_on("2026-10-21 09:00")
    next_due = state(first).next_due
    assert next_due is not None
    assert next_due.clock == "legal_route_update"
    assert next_due.at is not None
    assert next_due.at < tale.now
    # And somebody above has to act on it: the office that supervises, then the mayor.
    assert calls(first) == [
        ("legal_route_update", "supervision-desk"),
        ("legal_route_update", "mayor"),
    ]
    tale.does(LUO_JING, "update-legal-route", first, text="The brigade asks for the pay slips")
    assert calls(first) == []
    nothing_differs(CAME_ALONE)


def test_one_who_was_paid_withdraws_and_the_others_go_on() -> None:
    tale = Tale("2026-10-12 09:30")
    references = thirty_workers(tale)
    first, paid = references[0], references[5]
    on_the_route(tale, first)
    tale.goes_on("2026-11-02 10:00")
    tale.says("withdraw", paid, text="Mine came on Friday")
    assert state(first).state is State.ON_LEGAL_ROUTE
    assert len(state(first).active) == WORKERS - 1
    number = find(paid).request_number
    request = state(first).request(number)
    assert request is not None
    assert request.withdrawn
    nothing_differs(CAME_ALONE)

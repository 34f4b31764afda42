"""Stories of help, pauses, promises, extensions and routes in the database: rows equal a replay."""

from datetime import timedelta

import pytest

from dandang.lifecycle.casework.queries import counted, find, history, listed
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.terms import Actor
from tests import town

CONDITION = {"condition": "Mrs Liu is at home", "text": "The key is with Mrs Liu"}
LABOUR = {"article": "Art. 18", "body": "Labour inspection", "acceptance_number": "2026-77"}


@pytest.fixture
def city(db: None) -> None:
    town.build()


def tells(reference: str, steps: list[tuple[int, str, str, dict[str, object]]]) -> None:
    """Let officers act (hours from Monday, verb, who, fields); after each, rows equal a replay."""
    for hours, verb, officer, values in steps:
        now = town.MONDAY + timedelta(hours=hours)
        perform(verb, reference, values, by=Actor.officer(officer), now=now)
        assert replay().differences == ()


def opened(category: str) -> str:
    wish = Open(
        title="Wages",
        text="No wages since May",
        channel="web",
        category=category,
        area="hudong",
        contact=Contact(phone="13900000000"),
    )
    return open_request(wish, by=Actor.requester(1), now=town.MONDAY).reference


def test_a_case_that_is_helped_paused_and_promised_is_kept_as_it_happened(city: None) -> None:
    reference = opened("")
    check_at = town.MONDAY + timedelta(hours=30)
    tells(
        reference,
        [
            (1, "assign", town.ZHAO_MIN, {"to_post": "water-duty"}),
            (1, "accept", town.LI_NA, {}),
            (2, "request-assist", town.LI_NA, {"of_post": "cityman-duty", "text": "A digger"}),
            (2, "promise", town.LI_NA, {"promised_for": check_at, "text": "Tomorrow"}),
            (
                3,
                "pause",
                town.SUN_TAO,
                {"reason": "bad_weather", "check_at": check_at, **CONDITION},
            ),
            (5, "give-assist", town.CAO_LEI, {"text": "On Friday"}),
            (26, "check-condition", town.SUN_TAO, {"holds": "no", "text": "Dry"}),
            (27, "correct", town.LI_NA, {"corrects_seq": 2, "wrong": "A digger", "text": "Two"}),
            (28, "propose", town.LI_NA, {"outcome": "resolved", "text": "Done"}),
        ],
    )
    view = find(reference)
    assert view.state.paused_minutes > 0
    assert "promise_kept" in [event.type for event, _ in history(view.stream)]


def test_a_case_that_was_extended_and_went_to_law_is_kept_as_it_happened(city: None) -> None:
    reference = opened("unpaid_wages")
    due_at = town.MONDAY + timedelta(days=60)
    extension = {"reason": "facts_complex", "working_days": 5, **CONDITION}
    tells(
        reference,
        [
            (1, "accept", town.LUO_JING, {}),
            (2, "ask-extension", town.LUO_JING, extension),
            (3, "decide-extension", town.CHEN_HUI, {"decision": "granted", "text": "Go on"}),
            (4, "ask-legal-route", town.LUO_JING, {**LABOUR, "due_at": due_at, "text": "Pay"}),
            (5, "enter-legal-route", town.CHEN_HUI, {"text": "Go on"}),
            (40, "update-legal-route", town.LUO_JING, {"text": "A hearing"}),
        ],
    )
    on_route = find(reference).state
    assert on_route.total.at == on_route.route.due_at == due_at
    tells(reference, [(50, "leave-legal-route", town.LUO_JING, {"text": "They paid"})])
    assert find(reference).state.total.at < due_at


def test_no_free_text_of_these_acts_stands_in_a_ledger_entry(city: None) -> None:
    reference = opened("")
    check_at = town.MONDAY + timedelta(hours=30)
    tells(
        reference,
        [
            (1, "assign", town.ZHAO_MIN, {"to_post": "water-duty"}),
            (1, "accept", town.LI_NA, {}),
            (
                3,
                "pause",
                town.SUN_TAO,
                {"reason": "bad_weather", "check_at": check_at, **CONDITION},
            ),
            (4, "resume", town.SUN_TAO, {}),
            (
                5,
                "ask-extension",
                town.LI_NA,
                {"reason": "facts_complex", "working_days": 5, **CONDITION},
            ),
        ],
    )
    for event, disclosed in history(find(reference).stream):
        assert "Mrs Liu" not in str(event.fields)
        if event.type in ("paused", "extension_requested"):
            assert disclosed == CONDITION


def test_what_a_holder_asked_for_waits_in_the_list_of_who_decides(city: None) -> None:
    reference = opened("unpaid_wages")
    extension = {"reason": "facts_complex", "working_days": 5, **CONDITION}
    accepted = (1, "accept", town.LUO_JING, {})
    tells(reference, [accepted])
    assert counted(Wanted(undecided=True)) == 0
    tells(reference, [(2, "ask-extension", town.LUO_JING, extension)])
    assert [case.reference for case in listed(Wanted(undecided=True))] == [reference]
    tells(
        reference, [(3, "decide-extension", town.CHEN_HUI, {"decision": "refused", "text": "No"})]
    )
    assert counted(Wanted(undecided=True)) == 0

"""Stories of clocks that fire where a request went on elsewhere, or a row cannot be read."""

from datetime import timedelta

import pytest

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.escalation.models import SetAside
from dandang.lifecycle.escalation.queries import standing
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.lifecycle.states import State
from dandang.lifecycle.work import fire_due, fire_until
from dandang.terms import Actor
from tests import town

MRS_LIU = Actor.requester(1)
DAY = timedelta(days=1)
LI_NA = Actor.officer(town.LI_NA)


@pytest.fixture
def city(db: None) -> None:
    town.build()


def opened(category: str = "water_supply") -> str:
    wish = Open(
        title="No water",
        text="Nothing comes out of the tap",
        channel="web",
        category=category,
        area="hudong",
        contact=Contact(phone="13900000000"),
    )
    return open_request(wish, by=MRS_LIU, now=town.MONDAY).reference


def test_silence_ends_a_case_although_its_first_requester_went_on_elsewhere(city: None) -> None:
    reference = opened()
    now = town.MONDAY + timedelta(minutes=10)
    perform(
        "attach",
        reference,
        {"text": "Here too", "phone": "13900000001", "channel": "phone"},
        by=Actor.officer(town.ZHAO_MIN),
        now=now,
    )
    perform("accept", reference, {}, by=LI_NA, now=now)
    done = {"outcome": "resolved", "text": "The valve is repaired", "contacted_by": "phone"}
    perform("propose", reference, done, by=LI_NA, now=now)
    perform("judge", reference, {"verdict": "no", "text": "Not here"}, by=MRS_LIU, now=now)
    child = find(reference).case_reference
    assert child != reference
    perform("propose", child, done, by=LI_NA, now=now)
    perform("judge", reference, {"verdict": "solved"}, by=MRS_LIU, now=now)
    fire_until(town.MONDAY + 20 * DAY)
    assert not SetAside.objects.exists()
    parent = Case.objects.get(reference=reference)
    assert parent.state == State.UNANSWERED
    assert replay().differences == ()


@pytest.mark.parametrize("column", ["policy", "state"])
def test_a_case_that_cannot_be_read_is_set_aside_and_the_others_go_on(
    city: None, column: str
) -> None:
    broken, sound = opened("city_appearance"), opened("city_appearance")
    Case.objects.filter(reference=broken).update(**{column: "gone"})
    worked = fire_due(town.MONDAY + timedelta(hours=6))
    assert (worked.fired, worked.aside) == (1, 1)
    assert find(sound).state.calls
    assert SetAside.objects.get().case.reference == broken
    assert fire_due(town.MONDAY + timedelta(hours=6)).fired == 0


def test_a_clock_that_was_set_aside_and_set_anew_is_not_reported_any_more(city: None) -> None:
    reference = opened("city_appearance")
    Case.objects.filter(reference=reference).update(case_class="gone")
    now = town.MONDAY + timedelta(hours=6)
    assert fire_due(now).aside == 1
    assert [one.case for one in standing(now).aside] == [reference]
    Case.objects.filter(reference=reference).update(case_class="ordinary")
    perform("accept", reference, {}, by=Actor.officer(town.CAO_LEI), now=now)
    assert standing(now).aside == ()


def test_a_list_shows_the_deadline_that_the_clocks_of_a_case_give_after_every_firing(
    city: None,
) -> None:
    for category in ("city_appearance", "water_supply", "enquiries", "unpaid_wages"):
        opened(category)
    promising = opened("water_supply")
    perform("accept", promising, {}, by=LI_NA, now=town.MONDAY)
    soon = {"promised_for": town.MONDAY + timedelta(hours=1), "text": "Soon"}
    perform("promise", promising, soon, by=LI_NA, now=town.MONDAY)
    for hours in (1, 3, 6, 30, 200, 400, 1000):
        fire_until(town.MONDAY + timedelta(hours=hours))
        for case in Case.objects.all():
            state = find(case.reference).state
            due = state.next_due
            assert (case.due_at, case.due_clock) == ((due.at, due.clock) if due else (None, ""))
            assert (case.total_due_at, case.total_missed) == (state.total.at, state.total.missed)
    assert not SetAside.objects.exists()
    assert replay().differences == ()

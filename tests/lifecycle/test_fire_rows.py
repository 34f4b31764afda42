"""Stories of clocks that fire: in the ledger and in the rows, once, whoever works and how late."""

from datetime import timedelta

import pytest

from dandang.ledger.queries import size
from dandang.lifecycle.casework.models import Case, Clock
from dandang.lifecycle.casework.queries import find, history, listed
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.escalation.models import SetAside
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.lifecycle.states import State
from dandang.lifecycle.work import fire_due, fire_until
from dandang.terms import Actor
from tests import town
from tests.lifecycle.sending import opened

MRS_LIU = Actor.requester(1)


@pytest.fixture
def city(db: None) -> None:
    town.build()


def names(reference: str) -> list[str]:
    return [event.type for event, _ in history(find(reference).stream)]


def no_difference() -> None:
    result = replay()
    assert result.differences == ()
    assert result.cases == Case.objects.count()


def test_a_case_that_nobody_touches_goes_up_to_the_top_by_itself(city: None) -> None:
    reference = opened("Rubbish", "city_appearance")
    worked = fire_until(town.MONDAY + timedelta(days=70))
    assert worked.fired > 10
    assert worked.aside == 0
    state = find(reference).state
    assert state.listed_at is not None
    assert state.published_at is not None
    assert state.total is not None
    assert state.total.missed
    assert {"deadline_missed", "reminded", "called_upon", "escalated"} <= set(names(reference))
    assert [one.reference for one in listed(Wanted(listed=True))] == [reference]
    assert [one.reference for one in listed(Wanted(called=("supervision-desk",)))] == [reference]
    no_difference()


def test_what_has_fired_does_not_fire_again(city: None) -> None:
    opened()
    now = town.MONDAY + timedelta(days=3)
    while fire_due(now).fired:
        pass
    before = size()
    assert fire_due(now).fired == 0
    assert size() == before
    no_difference()


def test_a_late_worker_says_how_late_and_calls_count_from_when_it_calls(city: None) -> None:
    reference = opened("Rubbish", "city_appearance")
    now = town.MONDAY + timedelta(hours=6)
    worked = fire_due(now)
    assert worked.late == timedelta(hours=1).total_seconds()
    (call,) = find(reference).state.calls
    assert call.called_at == now
    assert call.due_at > now
    no_difference()


def test_silence_of_the_requester_ends_the_case_at_the_end_of_the_window(city: None) -> None:
    reference = opened()
    now = town.MONDAY + timedelta(minutes=10)
    li_na = Actor.officer(town.LI_NA)
    perform("accept", reference, {}, by=li_na, now=now)
    values = {"outcome": "resolved", "text": "The valve is repaired", "contacted_by": "phone"}
    perform("propose", reference, values, by=li_na, now=now)
    fire_until(town.MONDAY + timedelta(days=20))
    assert find(reference).state.state is State.UNANSWERED
    assert names(reference)[-2:] == ["reminded", "judgement_lapsed"]
    no_difference()


def test_a_clock_set_to_a_time_gone_by_fires_in_the_present(city: None) -> None:
    reference = opened("Rubbish", "city_appearance")
    present = town.MONDAY + timedelta(days=10)
    fire_until(present + timedelta(hours=1), begins=present)
    happened = [event.occurred_at for event, _ in history(find(reference).stream)][2:]
    assert min(happened) == present
    assert happened == sorted(happened)
    no_difference()


def test_one_go_and_day_by_day_come_to_the_same(city: None) -> None:
    once, daily = opened("Once", "city_appearance"), opened("Daily", "city_appearance")
    assert Case.objects.count() == 2
    for day in range(1, 80):
        fire_until(town.MONDAY + timedelta(days=day))
    told = [
        [(event.type, event.occurred_at, event.fields) for event, _ in history(find(one).stream)][
            2:
        ]
        for one in (once, daily)
    ]
    assert told[0] == told[1]


def test_a_clock_that_raises_an_error_is_set_aside_and_the_others_go_on(city: None) -> None:
    broken, sound = opened("Broken", "city_appearance"), opened("Sound", "city_appearance")
    Case.objects.filter(reference=broken).update(case_class="gone")
    now = town.MONDAY + timedelta(hours=6)
    worked = fire_due(now)
    assert (worked.fired, worked.aside) == (1, 1)
    assert "called_upon" in names(sound)
    assert "called_upon" not in names(broken)
    kept = SetAside.objects.get()
    assert (kept.case.reference, kept.clock) == (broken, "accept")
    assert kept.error.startswith("KeyError")
    assert fire_due(now).fired == 0
    assert Clock.objects.filter(aside=True).count() == 1

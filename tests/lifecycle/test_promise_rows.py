"""What becomes of promises to requesters, kept as rows: kept, broken, replaced or dropped."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.promises import PromiseRow
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.casework.rules.promises import Fate, Promise
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import compare_promises, replay
from dandang.lifecycle.work import fire_until
from dandang.terms import Actor
from tests import town

HOUR = timedelta(hours=1)


@pytest.fixture
def city(db: None) -> None:
    town.build()


def opened() -> str:
    wish = Open(
        title="Rubbish",
        text="Nobody took it away",
        channel="web",
        category="city_appearance",
        area="hudong",
        contact=Contact(phone="13900000000"),
    )
    reference = open_request(wish, by=Actor.requester(1), now=town.MONDAY).reference
    does("accept", reference, 1)
    return reference


def does(verb: str, reference: str, hours: float, by: Actor | None = None, **values: Any) -> None:
    actor = by or Actor.officer(town.CAO_LEI)
    perform(verb, reference, values, by=actor, now=town.MONDAY + hours * HOUR)


def promises(reference: str, hours: float, until: float) -> None:
    at = town.MONDAY + until * HOUR
    does("promise", reference, hours, promised_for=at, text="We will come")


def says_it_is_done(reference: str, hours: float) -> None:
    values = {"outcome": "resolved", "text": "Done", "contacted_by": "phone"}
    does("propose", reference, hours, **values)


def kept(reference: str) -> list[Promise]:
    rows = PromiseRow.objects.filter(case__reference=reference).order_by("event_id")
    return [row.facts() for row in rows]


def fates(reference: str) -> list[Fate | None]:
    return [one.fate for one in kept(reference)]


def test_a_promise_is_kept_in_mind_with_who_made_it(city: None) -> None:
    reference = opened()
    promises(reference, 2, until=5)
    (event,) = [one for one, _ in history(find(reference).stream) if one.type == "promise_made"]
    assert kept(reference) == [
        Promise(
            event_id=event.event_id,
            made_at=town.MONDAY + 2 * HOUR,
            promised_for=town.MONDAY + 5 * HOUR,
            unit="cityman",
        )
    ]
    assert str(PromiseRow.objects.get()) == f"promise {event.event_id}"
    assert replay().differences == ()


def test_who_is_done_in_time_kept_it(city: None) -> None:
    reference = opened()
    promises(reference, 2, until=5)
    says_it_is_done(reference, 4)
    (promise,) = kept(reference)
    assert (promise.fate, promise.settled_at) == (Fate.KEPT, town.MONDAY + 4 * HOUR)
    assert replay().differences == ()


def test_a_promise_is_broken_at_its_time_without_anybody_saying_so(city: None) -> None:
    reference = opened()
    promises(reference, 2, until=5)
    fire_until(town.MONDAY + 6 * HOUR)
    (promise,) = kept(reference)
    assert (promise.fate, promise.settled_at) == (Fate.BROKEN, town.MONDAY + 5 * HOUR)
    assert replay().differences == ()


def test_who_is_done_too_late_broke_it_and_may_promise_again(city: None) -> None:
    reference = opened()
    promises(reference, 2, until=5)
    promises(reference, 6, until=8)
    says_it_is_done(reference, 9)
    assert fates(reference) == [Fate.BROKEN, Fate.BROKEN]
    assert replay().differences == ()


def test_an_earlier_promise_replaces_the_one_before(city: None) -> None:
    reference = opened()
    promises(reference, 2, until=5)
    promises(reference, 3, until=4)
    assert fates(reference) == [Fate.REPLACED, None]
    assert kept(reference)[0].settled_at == town.MONDAY + 3 * HOUR
    says_it_is_done(reference, 4)
    assert fates(reference) == [Fate.REPLACED, Fate.KEPT]
    assert replay().differences == ()


def test_a_case_that_ends_otherwise_drops_it(city: None) -> None:
    reference = opened()
    promises(reference, 2, until=5)
    does("withdraw", reference, 3, by=Actor.requester(1), text="They are gone")
    (promise,) = kept(reference)
    assert (promise.fate, promise.settled_at) == (Fate.DROPPED, town.MONDAY + 3 * HOUR)
    assert replay().differences == ()


def test_a_promise_goes_on_through_other_acts(city: None) -> None:
    reference = opened()
    promises(reference, 2, until=5)
    does("note", reference, 3, text="The lorry is on its way")
    assert fates(reference) == [None]
    assert replay().differences == ()


def test_replay_names_a_promise_that_is_missing_changed_or_invented(city: None) -> None:
    reference = opened()
    promises(reference, 2, until=5)
    (promise,) = kept(reference)
    PromiseRow.objects.update(unit="water")
    (found,) = replay().differences
    assert (found.column, "unit='water'" in found.in_row) == ("promise", True)
    PromiseRow.objects.all().delete()
    (found,) = replay().differences
    assert (found.column, found.in_row) == ("promise", "")
    invented = replace(promise, event_id=promise.event_id + 1000)
    (found,) = compare_promises("case", [promise], [promise, invented])
    assert (found.in_ledger, found.in_row) == ("", str(invented))
    assert Case.objects.count() == 1

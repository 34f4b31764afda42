"""Erasing by law: two officers, the words go, everything else can still be proved."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from dandang.ledger import audit
from dandang.ledger.queries import size
from dandang.lifecycle.archive.rules import Erase, erase
from dandang.lifecycle.casework.queries import find, history, listed
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.story import MRS_LIU, Story, refused

LAW = "Personal information law, article 47"


def ended() -> Story:
    return Story().opens("city_appearance").does("withdraw", MRS_LIU)


def test_one_officer_asks_and_another_erases() -> None:
    story = ended().does("ask-erase", town.ZHAO_MIN, basis=LAW)
    refused(Code.ALREADY_ASKED, story, "ask-erase", town.CHEN_HUI, basis=LAW)
    refused(Code.DECIDER_INVOLVED, story, "erase", town.ZHAO_MIN)
    story.does("erase", town.CHEN_HUI)
    event = story.records[-1].event
    assert (event.basis, event.second_officer) == (LAW, town.ZHAO_MIN)
    assert event.digests == ("digest",)
    refused(Code.NOTHING_ASKED, story, "erase", town.CHEN_HUI)


def test_nothing_is_erased_while_a_case_is_open_or_by_its_holder() -> None:
    story = Story().opens("city_appearance")
    refused(Code.WRONG_STATE, story, "ask-erase", town.ZHAO_MIN, basis=LAW)
    refused(Code.NOT_PERMITTED, ended(), "ask-erase", town.CAO_LEI, basis=LAW)


def test_where_nothing_is_left_nothing_is_erased() -> None:
    story = ended().does("ask-erase", town.ZHAO_MIN, basis=LAW)
    facts = story.facts(Actor.officer(town.CHEN_HUI))
    with pytest.raises(Refusal) as caught:
        erase(replace(facts, digests=()), Erase())
    assert caught.value.code is Code.NOTHING_TO_ERASE


@pytest.fixture
def city(db: None) -> None:
    town.build()


def withdrawn() -> str:
    wish = Open(
        title="The hole in Lane 9",
        text="A hole before my door, says 刘女士",
        channel="web",
        category="city_appearance",
        area="hudong",
        contact=Contact(name="刘女士", phone="13900000000"),
    )
    reference = open_request(wish, by=MRS_LIU, now=town.MONDAY).reference
    perform("withdraw", reference, {"text": "I moved"}, by=MRS_LIU, now=town.MONDAY)
    return reference


def erases(reference: str, verb: str, officer: str, **values: object) -> None:
    now = town.MONDAY + timedelta(days=40)
    perform(verb, reference, values, by=Actor.officer(officer), now=now)


def test_after_an_erasure_no_word_is_left_and_everything_can_still_be_proved(city: None) -> None:
    reference, other = withdrawn(), withdrawn()
    erases(reference, "ask-erase", town.ZHAO_MIN, basis=LAW)
    erases(reference, "erase", town.CHEN_HUI)
    events = history(find(reference).stream)
    assert [event.type for event, _ in events][-2:] == ["erasure_requested", "erased"]
    assert all(not personal for _, personal in events)
    assert len(events[-1][0].fields["digests"]) == 5
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM ledger_personal p JOIN ledger_event e ON e.id = p.event_id"
            " WHERE e.stream = %s",
            [find(reference).stream],
        )
        assert cursor.fetchone() == (0,)
    titles = {line.reference: line.title for line in listed(Wanted())}
    assert titles == {reference: "", other: "The hole in Lane 9"}
    assert list(audit.check_streams()) == []
    assert replay().differences == ()


def test_a_refused_erasure_erases_nothing(city: None) -> None:
    reference = withdrawn()
    erases(reference, "ask-erase", town.ZHAO_MIN, basis=LAW)
    before = size()
    with pytest.raises(Refusal):
        erases(reference, "erase", town.ZHAO_MIN)
    assert size() == before
    assert history(find(reference).stream)[0][1]["name"] == "刘女士"

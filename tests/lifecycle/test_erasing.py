"""Erasing by law: two officers, the words go, everything else can still be proved."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from dandang.ledger import audit
from dandang.ledger.queries import size
from dandang.lifecycle.archive.rules import Erase, erase
from dandang.lifecycle.casework.files.prepared import MediaType, PreparedFile
from dandang.lifecycle.casework.models import KeptFile
from dandang.lifecycle.casework.queries import find, history, listed
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.contact.queries import contacts_of
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.everywhere import kept_somewhere
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


def merges(reference: str, into: str) -> None:
    same = {"into": into, "text": "The same hole"}
    perform("merge", reference, same, by=Actor.officer(town.ZHAO_MIN), now=town.MONDAY)


def reports(name: str, phone: str) -> str:
    photo = PreparedFile(name=f"{name}.jpg", media_type=MediaType.JPEG, content=name.encode())
    wish = Open(
        title=f"The hole of {name}",
        text=f"A hole before my door, says {name}",
        channel="web",
        category="city_appearance",
        area="hudong",
        contact=Contact(name=name, phone=phone),
        files=(photo,),
    )
    return open_request(wish, by=MRS_LIU, now=town.MONDAY).reference


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


def test_what_was_merged_into_a_case_is_erased_with_it(city: None) -> None:
    people = {"Mrs Liu": "13900000001", "Mr Zhou": "13900000002", "Mr Qian": "13900000003"}
    first, second, third = [reports(*one) for one in people.items()]
    other = reports("Mrs Sun", "13900000004")
    merges(third, second)
    merges(second, first)
    for number in (1, 2, 3):
        perform("withdraw", first, {}, by=Actor.requester(number), now=town.MONDAY)
    everything = [*people, *people.values(), "The same hole"]
    assert kept_somewhere(*everything) == everything
    erases(first, "ask-erase", town.ZHAO_MIN, basis=LAW)
    erases(first, "erase", town.CHEN_HUI)
    assert kept_somewhere(*everything) == []
    assert kept_somewhere("Mrs Sun", "13900000004") == ["Mrs Sun", "13900000004"]
    assert [file.case.reference for file in KeptFile.objects.all()] == [other]
    assert contacts_of([second, third]) == {second: {}, third: {}}
    assert list(audit.check_streams()) == []
    assert replay().differences == ()


def test_what_was_merged_and_went_its_own_way_again_keeps_its_words(city: None) -> None:
    first, second = reports("Mrs Liu", "13900000001"), reports("Mr Zhou", "13900000002")
    merges(second, first)
    apart = {"text": "Another hole"}
    perform("unmerge", second, apart, by=Actor.officer(town.ZHAO_MIN), now=town.MONDAY)
    perform("withdraw", first, {}, by=MRS_LIU, now=town.MONDAY)
    erases(first, "ask-erase", town.ZHAO_MIN, basis=LAW)
    erases(first, "erase", town.CHEN_HUI)
    assert kept_somewhere("Mrs Liu", "Mr Zhou") == ["Mr Zhou"]
    assert history(find(second).stream)[0][1]["phone"] == "13900000002"

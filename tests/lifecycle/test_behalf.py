"""Stories of officers who write down for somebody else: at the counter, on the phone, by letter."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dandang.lifecycle.casework.events.custody import CaseOpened
from dandang.lifecycle.intake.rules import Contact, Open, open_case, taken_in_by
from dandang.lifecycle.states import Behalf, State
from dandang.terms import Actor, Code, Refusal
from tests import town
from tests.lifecycle.story import MRS_LIU, REACHABLE, Story, refused

ZHAO_MIN, LI_NA = Actor.officer(town.ZHAO_MIN), Actor.officer(town.LI_NA)
AT_THE_COUNTER = Open(
    title="No water",
    text="No water since six",
    channel="counter",
    category="water_supply",
    contact=Contact("Mrs Liu", "13900000000"),
    can_follow=True,
    on_behalf=Behalf.IN_PERSON,
    read_back=True,
)
FOR_HER_MOTHER = replace(
    AT_THE_COUNTER, on_behalf=Behalf.PROXY, proxy_name="Miss Liu", proxy_relation="daughter"
)
NAMELESS = replace(AT_THE_COUNTER, on_behalf=Behalf.ANONYMOUS, contact=Contact())
QUESTION = {"missing": "The house number", "text": "Which house is it?"}


def opening(wish: Open, by: Actor = ZHAO_MIN) -> CaseOpened:
    return open_case(wish, directory=town.directory(), policy=town.policy(), now=town.MONDAY, by=by)


def asked() -> Story:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    return story.does("ask", town.CAO_LEI, **QUESTION)


def said(story: Story) -> Sequence[object]:
    event = story.records[-1].event
    return [getattr(event, name) for name in ("text", "request", "channel")]


def test_what_was_taken_in_says_who_stood_there_and_names_a_proxy_as_erasable_text() -> None:
    event = opening(FOR_HER_MOTHER)
    assert (event.on_behalf, event.read_back) == (Behalf.PROXY, True)
    assert (event.proxy_name, event.proxy_relation) == ("Miss Liu", "daughter")
    assert {"proxy_name", "proxy_relation"} <= CaseOpened.personal
    assert CaseOpened.from_fields(event.to_fields()) == event


def test_what_a_requester_sends_says_nothing_of_it() -> None:
    event = opening(replace(AT_THE_COUNTER, on_behalf=None, read_back=False), MRS_LIU)
    assert not {"on_behalf", "proxy_name", "proxy_relation"} & event.to_fields().keys()


@pytest.mark.parametrize(
    ("wish", "by", "code", "field"),
    [
        (AT_THE_COUNTER, MRS_LIU, Code.VALUE_INVALID, "on_behalf"),
        (AT_THE_COUNTER, LI_NA, Code.NOT_PERMITTED, None),
        (replace(FOR_HER_MOTHER, proxy_relation=""), ZHAO_MIN, Code.FIELD_REQUIRED, None),
        (replace(FOR_HER_MOTHER, contact=Contact()), ZHAO_MIN, Code.FIELD_REQUIRED, "name"),
        (replace(AT_THE_COUNTER, proxy_name="x"), ZHAO_MIN, Code.VALUE_INVALID, "proxy_name"),
        (replace(NAMELESS, proxy_relation="x"), ZHAO_MIN, Code.VALUE_INVALID, "proxy_relation"),
        (replace(NAMELESS, contact=Contact("x")), ZHAO_MIN, Code.VALUE_INVALID, "name"),
        (replace(AT_THE_COUNTER, on_behalf=None), ZHAO_MIN, Code.VALUE_INVALID, "read_back"),
        (replace(AT_THE_COUNTER, channel="letter"), ZHAO_MIN, Code.VALUE_INVALID, "read_back"),
    ],
)
def test_what_cannot_be_said_of_taking_in_is_refused(
    wish: Open, by: Actor, code: Code, field: str | None
) -> None:
    with pytest.raises(Refusal) as caught:
        opening(wish, by)
    assert caught.value.code is code
    assert field is None or caught.value.details["field"] == field


def test_an_officer_takes_in_with_a_post_for_it_and_sets_decisions_with_none() -> None:
    def post(wish: Open, by: Actor) -> str:
        return taken_in_by(wish, directory=town.directory(), now=town.MONDAY, by=by)

    assert post(AT_THE_COUNTER, ZHAO_MIN) == "hotline-intake"
    assert post(AT_THE_COUNTER, LI_NA) == ""
    assert post(replace(AT_THE_COUNTER, on_behalf=None), ZHAO_MIN) == ""
    assert post(replace(AT_THE_COUNTER, kind="decision"), ZHAO_MIN) == ""


def test_nobody_gets_an_access_code_for_a_letter_without_a_sender() -> None:
    assert AT_THE_COUNTER.gets_code
    assert NAMELESS.gets_code
    assert not replace(NAMELESS, channel="letter").gets_code
    assert not replace(AT_THE_COUNTER, kind="decision").gets_code
    assert opening(NAMELESS).reachable
    assert not opening(replace(NAMELESS, channel="letter", read_back=False)).reachable


def test_another_request_joins_on_the_phone_for_somebody_who_cannot_call() -> None:
    story = Story().opens()
    story.does(
        "attach", town.ZHAO_MIN, text="No water either", name="Mr Zhou", phone="13800000001",
        channel="phone", on_behalf="proxy", proxy_relation="neighbour", read_back=True,
    )  # fmt: skip
    joined = story.records[-1].event
    assert (joined.on_behalf, joined.proxy_relation, joined.read_back) == (
        Behalf.PROXY,
        "neighbour",
        True,
    )
    assert story.case.requests[-1].reachable


def test_a_nameless_letter_that_joins_leaves_nobody_to_ask() -> None:
    story = Story().opens()
    story.does("attach", town.ZHAO_MIN, text="Here too", channel="letter", on_behalf="anonymous")
    assert not story.case.requests[-1].reachable
    refused(
        Code.VALUE_INVALID, story, "attach", MRS_LIU, text="I have it too", on_behalf="in_person"
    )


def test_an_answer_given_on_the_phone_is_recorded_as_such_and_ends_the_waiting() -> None:
    story = asked().does("answer", town.ZHAO_MIN, text="Number 9")
    assert said(story) == ["Number 9", 1, "phone"]
    assert story.records[-1].post.startswith("hotline-")
    assert story.case.state is State.IN_PROGRESS
    assert story.replayed() == story.case


def test_the_requester_s_own_answer_needs_neither_number_nor_channel() -> None:
    assert said(asked().does("answer", MRS_LIU, text="Number 9")) == ["Number 9", None, None]


@pytest.mark.parametrize("officer", [town.CAO_LEI, town.CHEN_HUI, town.LI_NA])
def test_no_unit_answers_its_own_question(officer: str) -> None:
    refused(Code.NOT_PERMITTED, asked(), "answer", officer, text="Number 9")


def test_who_takes_calls_at_the_hotline_does_not_answer_what_the_hotline_asked() -> None:
    story = Story().opens("city_appearance").does("accept", town.CAO_LEI)
    reason = {"reason": "not_our_duty", "basis": "List", "text": "Yours"}
    story.does("hand-over", town.CAO_LEI, to_post="hotline-coordination", **reason)
    refused(Code.CALL_BACK_BY_HOLDER, story, "note", town.ZHAO_MIN, text="She said so", request=1)


def test_details_given_at_the_counter_are_the_requester_s_words_and_never_internal() -> None:
    story = Story().opens()
    story.does("note", town.ZHAO_MIN, text="Since Friday", channel="counter", internal=True)
    assert said(story) == ["Since Friday", 1, "counter"]
    assert not story.records[-1].event.internal


def test_whoever_works_on_the_case_writes_notes_of_their_own() -> None:
    story = Story().opens().does("note", town.LI_NA, text="Pump 3", internal=True)
    assert said(story) == ["Pump 3", None, None]
    assert story.records[-1].event.internal
    refused(Code.CALL_BACK_BY_HOLDER, story, "note", town.LI_NA, text="She agrees", request=1)


def test_it_is_said_whose_words_they_are_where_there_are_several() -> None:
    story = Story().opens(contact=REACHABLE)
    story.does("attach", town.ZHAO_MIN, text="Here too", phone="13800000001")
    refused(Code.FIELD_REQUIRED, story, "note", town.ZHAO_MIN, text="Since Friday")
    refused(Code.UNKNOWN_REQUEST, story, "note", town.ZHAO_MIN, text="x", request=3)
    story.does("note", town.ZHAO_MIN, text="Since Friday", request=2)
    assert said(story) == ["Since Friday", 2, "phone"]


def test_what_an_officer_set_has_no_requester_whose_words_could_be_taken_down() -> None:
    decision = Open(
        title="Lamps", text="Repair them", channel="counter", kind="decision",
        category="city_appearance",
    )  # fmt: skip
    story = Story().begins(decision, Actor.officer(town.CHEN_HUI))
    refused(Code.NOT_PERMITTED, story, "note", town.ZHAO_MIN, text="Somebody called")

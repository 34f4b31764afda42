"""How a requester is reached: changed and erased with the values that were there; other codes."""

import pytest

from dandang.ledger import audit
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.contact.actions import replace_lost_code
from dandang.lifecycle.contact.events import AccessCodeReplaced, ContactChanged, ContactErased
from dandang.lifecycle.contact.queries import contact_events, contacts_of
from dandang.lifecycle.intake.actions import attach_request, open_request
from dandang.lifecycle.intake.queries import opened_by
from dandang.lifecycle.intake.rules import Attach, Contact, Open
from dandang.lifecycle.perform import foresee, perform
from dandang.lifecycle.replay import replay
from dandang.lifecycle.states import State
from dandang.terms import Actor, Code, Refusal, new_access_code
from tests import town
from tests.everywhere import kept_somewhere
from tests.lifecycle.story import MRS_LIU, REACHABLE, Story, refused

CHECKED = "Called back under the number left"
CANARIES = {"name": "刘小鸽", "phone": "13900004711", "email": "canary.4711@example.org"}
NEW = {"name": "刘女士", "phone": "13900000002", "email": "liu@example.org"}


def test_a_requester_gives_another_contact_and_the_old_digests_are_named() -> None:
    story = Story().opens().does("change-contact", MRS_LIU, phone="13900000002")
    event = story.records[-1].event
    assert event == ContactChanged(1, reachable=True, digests=("digest",), phone="13900000002")
    assert story.case.requests[0].reachable
    assert story.replayed() == story.case


def test_an_officer_says_how_it_was_checked_who_asks() -> None:
    story = Story().opens()
    for verb, values in (("change-contact", {"phone": "1"}), ("replace-code", {})):
        refused(Code.FIELD_REQUIRED, story, verb, town.ZHAO_MIN, **values)
        refused(Code.NOT_PERMITTED, story, verb, town.LI_NA, checked=CHECKED, **values)
        refused(
            Code.UNKNOWN_REQUEST, story, verb, town.ZHAO_MIN, checked=CHECKED, request=2, **values
        )
    story.does("change-contact", town.ZHAO_MIN, phone="13900000002", checked=CHECKED)
    assert story.records[-1].event.checked == CHECKED
    story.does("replace-code", town.ZHAO_MIN, checked=CHECKED)
    assert story.records[-1].event == AccessCodeReplaced(1, how="officer", checked=CHECKED)
    assert story.replayed() == story.case


def test_what_a_requester_says_of_checking_is_not_kept() -> None:
    story = Story().opens().does("change-contact", MRS_LIU, email="liu@example.org", checked="me")
    assert story.records[-1].event.checked is None


def test_nothing_at_all_is_no_contact_but_an_erasure() -> None:
    refused(Code.FIELD_REQUIRED, Story().opens(), "change-contact", MRS_LIU)


def test_requesters_do_not_replace_their_code_without_a_one_time_code() -> None:
    refused(Code.NOT_PERMITTED, Story().opens(), "replace-code", MRS_LIU)


def test_nobody_but_the_requester_erases_a_contact_and_after_withdrawing_still() -> None:
    story = Story().opens()
    refused(Code.NOT_THE_REQUESTER, story, "erase-contact", town.ZHAO_MIN)
    story.does("withdraw", MRS_LIU).does("erase-contact", MRS_LIU)
    assert story.records[-1].event == ContactErased(1, reachable=False, digests=("digest",))


def test_what_an_officer_set_has_no_sender_to_reach() -> None:
    story = Story().opens()
    story.case = story.case.changed(set_by="dispatch")
    refused(Code.UNKNOWN_REQUEST, story, "change-contact", MRS_LIU, phone="1")


def test_silence_after_an_erasure_is_unreachable_where_nothing_leads_back_to_the_page() -> None:
    story = Story().opens("city_appearance", contact=REACHABLE).does("erase-contact", MRS_LIU)
    story.does("accept", town.CAO_LEI)
    story.does("propose", town.CAO_LEI, outcome="resolved", text="Swept", contacted_by="No")
    story.after(days=30).does("lapse", Actor.system())
    assert story.case.state is State.UNREACHABLE


@pytest.fixture
def city(db: None) -> None:
    town.build()


def sent(channel: str = "web", **contact: str) -> tuple[str, str]:
    wish = Open(
        title="The hole in Lane 9",
        text="A hole before my door",
        channel=channel,
        category="city_appearance",
        area="hudong",
        contact=Contact(**contact),
        can_follow=channel == "web",
    )
    receipt = open_request(wish, by=MRS_LIU, now=town.MONDAY)
    return receipt.reference, receipt.access_code


def does(verb: str, reference: str, by: Actor | str = MRS_LIU, **values: object) -> None:
    actor = Actor.officer(by) if isinstance(by, str) else by
    perform(verb, reference, values, by=actor, now=town.MONDAY)


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize("verb", ["change-contact", "erase-contact"])
def test_after_the_act_the_old_contact_is_in_no_table_and_all_of_it_is_still_proved(
    verb: str,
) -> None:
    reference, _ = sent(**CANARIES)
    other, _ = sent(phone="13900000099")
    assert kept_somewhere(*CANARIES.values()) == [*CANARIES.values()]
    does(verb, reference, **(NEW if verb == "change-contact" else {}))
    assert kept_somewhere(*CANARIES.values()) == []
    assert kept_somewhere("13900000099")
    assert kept_somewhere("A hole before my door")
    last, _ = history(find(reference).stream)[-1]
    assert len(last.fields["digests"]) == 3
    assert contacts_of([reference])[reference] == (NEW if verb == "change-contact" else {})
    assert contacts_of([other])[other] == {"phone": "13900000099"}
    assert list(audit.check_streams()) == []
    assert replay().differences == ()


@pytest.mark.usefixtures("city")
def test_a_contact_that_was_changed_twice_and_erased_leaves_nothing() -> None:
    reference, _ = sent(phone="13900000001")
    does("change-contact", reference, **CANARIES)
    does("change-contact", reference, phone="13900000003")
    assert not kept_somewhere(CANARIES["phone"])
    does("erase-contact", reference)
    assert contacts_of([reference]) == {reference: {}}
    assert len(contact_events([reference])[reference]) == 4
    with pytest.raises(Refusal) as caught:
        does("erase-contact", reference)
    assert caught.value.code is Code.NOTHING_TO_ERASE


@pytest.mark.usefixtures("city")
def test_of_several_requesters_each_has_a_contact_of_their_own_wherever_their_request_is() -> None:
    one, _ = sent(phone="13900000001")
    other, _ = sent(phone="13900000002")
    wish = Attach(text="Here too", phone="13900000003", channel="phone")
    _, joined = attach_request(one, wish, by=Actor.officer(town.ZHAO_MIN), now=town.MONDAY)
    does("merge", other, town.ZHAO_MIN, into=one, text="The same")
    number = find(other).request_number
    assert number > 1
    does("change-contact", other, Actor.requester(number), **CANARIES)
    found = contacts_of([one, other, joined.reference, "2222-2222"])
    assert found == {
        one: {"phone": "13900000001"},
        other: CANARIES,
        joined.reference: {"phone": "13900000003"},
    }
    does("erase-contact", other, Actor.requester(number))
    assert not kept_somewhere("13900000002")
    assert not kept_somewhere(CANARIES["phone"])
    assert find(one).state.request(number).reachable  # the page can be opened with the code


@pytest.mark.usefixtures("city")
def test_a_requester_without_a_code_is_out_of_reach_once_the_contact_is_gone() -> None:
    reference = open_request(
        Open(title="A", text="A", channel="phone", contact=Contact(phone="13900000001")),
        by=Actor.officer(town.ZHAO_MIN),
        now=town.MONDAY,
        access_code="",
    ).reference
    does("erase-contact", reference)
    assert not find(reference).state.requests[0].reachable


@pytest.mark.usefixtures("city")
def test_an_officer_replaces_a_code_and_only_the_new_one_opens_the_request() -> None:
    reference, old = sent(phone="13900000001")
    seen = foresee(
        "replace-code",
        reference,
        {"checked": CHECKED},
        by=Actor.officer(town.ZHAO_MIN),
        now=town.MONDAY,
    )
    assert [record.event.type_name() for record in seen.records] == ["access_code_replaced"]
    assert opened_by(reference, old) == reference
    performed = perform(
        "replace-code",
        reference,
        {"checked": CHECKED},
        by=Actor.officer(town.ZHAO_MIN),
        now=town.MONDAY,
    )
    assert performed.receipt is not None
    assert performed.receipt.reference == reference
    assert opened_by(reference, old) is None
    assert opened_by(reference, performed.receipt.access_code) == reference
    assert replay().differences == ()


@pytest.mark.usefixtures("city")
def test_an_officer_replaces_the_code_of_the_request_that_is_meant() -> None:
    one, first = sent(phone="13900000001")
    other, second = sent(phone="13900000002")
    does("merge", other, town.ZHAO_MIN, into=one, text="The same")
    officer = Actor.officer(town.ZHAO_MIN)
    by_reference = perform(
        "replace-code", other, {"checked": CHECKED}, by=officer, now=town.MONDAY
    ).receipt
    by_number = perform(
        "replace-code", one, {"checked": CHECKED, "request": 2}, by=officer, now=town.MONDAY
    ).receipt
    assert by_reference is not None
    assert by_number is not None
    assert {by_reference.reference, by_number.reference} == {other}
    assert opened_by(one, first) == one
    assert opened_by(other, second) is None
    assert opened_by(other, by_number.access_code) == other


@pytest.mark.usefixtures("city")
def test_a_requester_who_lost_the_code_gets_another_one() -> None:
    reference, old = sent(phone="13900000001")
    receipt = replace_lost_code(reference, new_access_code(), by=MRS_LIU, now=town.MONDAY)
    assert opened_by(reference, old) is None
    assert opened_by(reference, receipt.access_code) == reference
    last, _ = history(find(reference).stream)[-1]
    assert (last.type, last.fields["how"], last.actor) == (
        "access_code_replaced",
        "one_time_code",
        MRS_LIU,
    )


@pytest.mark.usefixtures("city")
def test_the_same_new_code_asked_for_twice_is_given_once() -> None:
    reference, _ = sent(phone="13900000001")
    code = new_access_code()
    first = replace_lost_code(reference, code, by=MRS_LIU, now=town.MONDAY)
    again = replace_lost_code(reference, code, by=MRS_LIU, now=town.MONDAY)
    assert (first.existing, again.existing) == (False, True)
    assert opened_by(reference, code) == reference
    types = [event.type for event, _ in history(find(reference).stream)]
    assert types.count("access_code_replaced") == 1

"""Looking at who sent a request: for a purpose, for a day, by four eyes where it is not one's work.

Security requirements R19 (access to identity is itself an event) and R21 (four eyes; whoever asks
does not approve).
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dandang.ledger.queries import StoredEvent
from dandang.lifecycle.archive.rules import Erase, erase
from dandang.lifecycle.casework.queries import find, history
from dandang.lifecycle.casework.rules.offering import possible_verbs
from dandang.lifecycle.casework.rules.particulars import kept_particulars, particulars_of
from dandang.lifecycle.casework.rules.permit import may_read
from dandang.lifecycle.contact.events import IdentityUnmasked
from dandang.lifecycle.contact.masking import HIDDEN, mask_email, mask_name, mask_phone, masked
from dandang.lifecycle.contact.unmasking import unmasked_for
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.replay import replay
from dandang.lifecycle.states import State
from dandang.organization.actions.accounts import create_account
from dandang.organization.models import Account
from dandang.terms import Actor, Code, Refusal, four_eyes
from tests import town
from tests.lifecycle.story import MRS_LIU, Story, refused

MIDNIGHT = town.MONDAY + timedelta(hours=15)
"""Monday 24:00 in Jiangcheng."""

CALL = {"purpose": "to_call"}


def last(story: Story) -> object:
    return story.records[-1].event


# masking


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        *(("王小明", "王*明"), ("王明", "王*"), ("王", "*"), ("欧阳小明", "欧**明"), ("", "")),
        *(("Mrs Liu", "M*** L***"), ("Li", "L***"), ("J. R. Smith", "*** S***"), ("  ", "")),
        *(("阿不都·热合曼", "阿***"), ("王 小明", "*** 小***"), ("김민수", "김*수"), ("X", "***")),
    ],
)
def test_a_name_keeps_its_ends_or_its_first_letters(given_: str, shown: str) -> None:
    assert mask_name(given_) == shown


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        *(("18612341402", "186****1402"), ("+86 186 1234 1402", "186****1402")),
        *(("0086 13900000000", "139****0000"), ("027-8712 3456", "027****3456")),
        *(("87123456", "87****56"), ("871234", "****34"), ("12345", HIDDEN), ("", "")),
        *(("１８６１２３４１４０２", "186****1402"), ("ask next door", HIDDEN)),
    ],
)
def test_a_number_keeps_three_digits_and_four(given_: str, shown: str) -> None:
    assert mask_phone(given_) == shown


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        *(("wang@example.org", "w***@example.org"), ("w@example.org", "***@example.org")),
        *(("a@b@example.org", "a***@example.org"), ("nonsense", HIDDEN), ("@x", HIDDEN), ("", "")),
    ],
)
def test_an_address_keeps_its_first_letter_and_its_domain(given_: str, shown: str) -> None:
    assert mask_email(given_) == shown


@given(st.text(max_size=30))
def test_never_more_than_two_characters_of_a_name_survive(name: str) -> None:
    shown = mask_name(name)
    assert len([char for char in shown if char not in "* "]) <= 2
    assert not shown or shown != " ".join(name.split()) or set(shown) <= {"*"}


@given(st.text(alphabet="0123456789+- ()abcx", max_size=30))
def test_never_more_than_seven_digits_survive_and_four_never_do(number: str) -> None:
    digits, kept = sum(map(str.isdigit, number)), sum(map(str.isdigit, mask_phone(number)))
    assert kept <= 7
    assert not kept or digits - kept >= 4


@given(st.text(alphabet="abc.@王", max_size=30))
def test_of_an_address_one_letter_survives_before_its_domain(address: str) -> None:
    local, _, domain = mask_email(address).rpartition("@")
    assert len(local.replace("*", "")) <= 1
    assert domain in address or domain == HIDDEN


def test_what_does_not_tell_who_somebody_is_stays() -> None:
    values = {"name": "王小明", "text": "王小明", "proxy_relation": "daughter", "phone": None}
    assert masked(values) == {**values, "name": "王*明", "proxy_relation": HIDDEN}


# looking


def test_the_holders_own_officers_look_for_a_purpose_until_the_end_of_the_day() -> None:
    story = Story().opens().does("unmask", town.LI_NA, **CALL)
    assert last(story) == IdentityUnmasked(1, "to_call", MIDNIGHT)
    assert story.replayed() == story.case
    assert unmasked_for(happened(story), town.LI_NA, story.now) == {1: MIDNIGHT}
    assert unmasked_for(happened(story), town.SUN_TAO, story.now) == {}
    assert unmasked_for(happened(story), town.LI_NA, MIDNIGHT) == {}


def happened(story: Story) -> list[object]:
    """Return the events of a story as the ledger gives them back."""
    return [
        StoredEvent(
            event_id=number,
            stream=b"",
            seq=number,
            type=one.event.type_name(),
            fields=one.event.to_fields(),
            actor=one.by,
            post=one.post,
            occurred_at=one.occurred_at,
            at=one.occurred_at,
            dues=(),
            leaf_hash=b"",
        )
        for number, one in enumerate(story.records)
    ]


@pytest.mark.parametrize("officer", [town.LI_NA, town.SUN_TAO, town.ZHAO_MIN, town.CHEN_HUI])
def test_whose_work_is_contact_needs_nobody(officer: str) -> None:
    story = Story().opens()
    refused(Code.NOT_PERMITTED, story, "ask-unmask", officer, **CALL)
    assert last(story.does("unmask", officer, **CALL)).second_officer is None


@pytest.mark.parametrize("officer", [town.WANG_QIANG, town.MA_LIN, town.XU_FANG, town.TANG_YU])
def test_nobody_else_looks_alone(officer: str) -> None:
    refused(Code.NOT_PERMITTED, Story().opens(), "unmask", officer, **CALL)


def test_another_purpose_needs_words_and_a_request_has_to_be_there() -> None:
    story = Story().opens()
    refused(Code.FIELD_REQUIRED, story, "unmask", town.LI_NA, purpose="other")
    refused(Code.VALUE_INVALID, story, "unmask", town.LI_NA, purpose="curiosity")
    refused(Code.UNKNOWN_REQUEST, story, "unmask", town.LI_NA, request=2, **CALL)
    story.does("unmask", town.LI_NA, purpose="other", text="A parcel was left here", request=1)
    assert last(story).text == "A parcel was left here"


def test_looking_is_no_work_on_the_case() -> None:
    story = Story().opens()
    before = story.case
    after = story.does("unmask", town.LI_NA, **CALL).case
    assert after == before.changed(seq=before.seq + 1)


# by four eyes


def asked(officer: str = town.MA_LIN) -> Story:
    return Story().opens().does("ask-unmask", officer, purpose="complaint_handling")


def test_an_onlooker_asks_and_supervision_allows_it_for_the_day() -> None:
    story = asked()
    refused(Code.ALREADY_ASKED, story, "ask-unmask", town.MA_LIN, **CALL)
    refused(Code.NOT_PERMITTED, story, "unmask", town.MA_LIN, **CALL)
    seq = story.case.unmaskings[0].seq
    refused(Code.UNKNOWN_EVENT, story, "allow-unmask", town.CHEN_HUI, asked_seq=seq + 1)
    story.does("allow-unmask", town.CHEN_HUI, asked_seq=seq)
    assert particulars_of(kept_particulars(story.case))["unmaskings"] == story.case.unmaskings
    refused(Code.UNKNOWN_EVENT, story, "allow-unmask", town.CHEN_HUI, asked_seq=seq)
    assert unmasked_for(happened(story), town.MA_LIN, story.now) == {}
    story.does("unmask", town.MA_LIN, **CALL)
    assert last(story).second_officer == town.CHEN_HUI
    assert story.replayed() == story.case
    refused(Code.NOT_PERMITTED, story.after(days=1), "unmask", town.MA_LIN, **CALL)
    story.does("ask-unmask", town.MA_LIN, **CALL)
    assert len(story.case.unmaskings) == 1


def test_what_was_allowed_for_one_request_is_not_for_another() -> None:
    story = Story().opens().does("attach", town.ZHAO_MIN, text="Nor here", phone="13900000002")
    story.does("ask-unmask", town.MA_LIN, request=2, **CALL)
    story.does("allow-unmask", town.CHEN_HUI, asked_seq=story.case.unmaskings[0].seq)
    refused(Code.SECOND_OFFICER_REQUIRED, story, "unmask", town.MA_LIN, request=1, **CALL)
    story.does("unmask", town.MA_LIN, request=2, **CALL)


def test_it_is_refused_with_reasons() -> None:
    story = asked()
    seq = story.case.unmaskings[0].seq
    story.does("refuse-unmask", town.CHEN_HUI, asked_seq=seq, text="Ask the bureau to call")
    assert last(story).officer == town.MA_LIN
    assert not story.case.unmaskings
    refused(Code.NOT_PERMITTED, story, "unmask", town.MA_LIN, **CALL)


@pytest.mark.parametrize("officer", [town.LI_NA, town.ZHAO_MIN, town.MA_LIN, town.XU_FANG])
def test_nobody_but_supervision_allows_it(officer: str) -> None:
    story = asked()
    seq = story.case.unmaskings[0].seq
    refused(Code.NOT_PERMITTED, story, "allow-unmask", officer, asked_seq=seq)


def about_housing() -> Story:
    story = Story().opens()
    return story.does("name-subject", town.CHEN_HUI, unit="housing", text="About them")


def test_where_the_complaint_is_about_a_unit_everybody_needs_a_second_officer() -> None:
    story = about_housing()
    for officer in (town.LI_NA, town.ZHAO_MIN, town.CHEN_HUI):
        refused(Code.NOT_PERMITTED, story, "unmask", officer, **CALL)
    story.does("ask-unmask", town.LI_NA, **CALL)
    story.does("ask-unmask", town.CHEN_HUI, **CALL)
    mine, hers = (one.seq for one in story.case.unmaskings)
    refused(Code.DECIDER_INVOLVED, story, "allow-unmask", town.CHEN_HUI, asked_seq=hers)
    refused(Code.DECIDER_INVOLVED, story, "refuse-unmask", town.CHEN_HUI, asked_seq=hers, text="No")
    story.does("allow-unmask", town.CHEN_HUI, asked_seq=mine)
    story.does("unmask", town.LI_NA, **CALL)
    assert last(story).second_officer == town.CHEN_HUI
    facts = story.facts(Actor.officer(town.WANG_QIANG))
    assert not may_read(facts)
    refused(Code.NOT_PERMITTED, story, "ask-unmask", town.WANG_QIANG, **CALL)


def test_supervision_does_not_decide_within_the_subtree_of_the_holder() -> None:
    story = asked()
    story.case = story.case.changed(holder="supervision-desk", holder_unit="supervision")
    seq = story.case.unmaskings[0].seq
    refused(Code.NOT_PERMITTED, story, "allow-unmask", town.CHEN_HUI, asked_seq=seq)


def test_it_is_offered_to_whom_it_is_open() -> None:
    def offered(story: Story, officer: str) -> set[str]:
        verbs = possible_verbs(story.facts(Actor.officer(officer)))
        return {one.name for one in verbs if "unmask" in one.name}

    story = asked()
    assert offered(story, town.LI_NA) == {"unmask"}
    assert offered(story, town.MA_LIN) == {"ask-unmask"}
    assert offered(story, town.CHEN_HUI) == {"unmask", "allow-unmask", "refuse-unmask"}
    assert offered(story, town.XU_FANG) == set()
    assert offered(story, town.TANG_YU) == set()


@given(st.sampled_from(sorted(town.directory().officers)))
def test_who_asked_never_allows(officer: str) -> None:
    with pytest.raises(Refusal) as caught:
        four_eyes(officer, Actor.officer(officer))
    assert caught.value.code is Code.DECIDER_INVOLVED


@pytest.mark.parametrize(
    ("asked_by", "by"),
    [("", Actor.officer("S-001")), ("S-001", Actor.system()), ("1", Actor.requester(2))],
)
def test_only_another_officer_is_a_second_pair_of_eyes(asked_by: str, by: Actor) -> None:
    with pytest.raises(Refusal):
        four_eyes(asked_by, by)
    four_eyes("S-001", Actor.officer("S-002"))


def test_an_erasure_too_needs_another_officer() -> None:
    story = Story().opens("city_appearance").does("withdraw", MRS_LIU)
    story.does("ask-erase", town.CHEN_HUI, basis="Article 47")
    facts = replace(story.facts(Actor.officer(town.CHEN_HUI)), post="mayor")
    with pytest.raises(Refusal) as caught:
        erase(facts, Erase())
    assert caught.value.code is Code.DECIDER_INVOLVED


# on rows


@pytest.fixture
def reference(db: None) -> str:
    town.build()
    wish = Open(
        "No water",
        "None since this morning",
        "web",
        category="water_supply",
        area="hudong",
        contact=Contact("王小明", "18612341402", ""),
    )
    return open_request(wish, by=MRS_LIU, now=town.MONDAY).reference


def test_every_look_stands_in_the_history_and_is_replayed(reference: str) -> None:
    by = Actor.officer(town.LI_NA)
    perform("unmask", reference, {**CALL, "text": "Back at 18612341402"}, by=by, now=town.MONDAY)
    view = find(reference)
    event, personal = history(view.stream)[-1]
    assert personal == {"text": "Back at 18612341402"}
    assert "18612341402" not in str(event.fields)
    assert unmasked_for([event], town.LI_NA, town.MONDAY) == {1: MIDNIGHT}
    assert replay().differing == 0
    assert view.state.state is State.ASSIGNED


def test_two_accounts_of_one_officer_are_one_pair_of_eyes(reference: str) -> None:
    """R21: another session and another account change nothing; rights are the officer's."""
    for name in ("chen", "chen-too"):
        create_account(name, by=Actor.system(), now=town.MONDAY, officer=town.CHEN_HUI)
    first, second = Account.objects.filter(officer_id=town.CHEN_HUI)
    perform("withdraw", reference, {}, by=MRS_LIU, now=town.MONDAY)
    ask = Actor.officer(first.officer_id)
    perform("ask-erase", reference, {"basis": "Article 47"}, by=ask, now=town.MONDAY)
    with pytest.raises(Refusal) as caught:
        perform("erase", reference, {}, by=Actor.officer(second.officer_id), now=town.MONDAY)
    assert caught.value.code is Code.DECIDER_INVOLVED


# the time a second officer has


def at_work() -> Story:
    """Ma Lin asks about a case in which nothing else is late."""
    story = Story().opens().does("accept", town.LI_NA)
    story.does("reply", town.LI_NA, text="On our way")
    return story.does("ask-unmask", town.MA_LIN, purpose="complaint_handling")


def test_an_ask_is_due_like_other_decisions_and_unanswered_it_goes_up() -> None:
    story = at_work()
    first = story.now + timedelta(hours=2)
    assert last(story).due_at == first, "as long as anything that a holder asks for"
    story.does("attach", town.ZHAO_MIN, text="Nor here", phone="13900000002").after(hours=1)
    before = story.case.next_due
    story.does("ask-unmask", town.MA_LIN, request=2, **CALL)
    second = first + timedelta(hours=1)
    assert story.case.clocks["unmasking_decision"].at == first
    assert story.case.next_due == before, "no deadline of the matter"
    story.lets_time_run(first)
    assert [(one.post, one.step) for one in story.case.calls] == [
        ("supervision-desk", "unmasking_decision")
    ]
    assert story.case.clocks["unmasking_decision"].at == second
    assert [one.missed for one in story.case.unmaskings] == [True, False]
    one, other = (one.seq for one in story.case.unmaskings)
    story.does("refuse-unmask", town.CHEN_HUI, asked_seq=other, text="Ask the bureau")
    assert story.case.calls, "about the first"
    assert "unmasking_decision" not in story.case.clocks
    story.does("allow-unmask", town.CHEN_HUI, asked_seq=one)
    assert not story.case.calls
    assert story.replayed() == story.case


def test_who_asked_waits_for_an_answer_through_the_end_of_the_case() -> None:
    story = at_work()
    due_at = story.case.unmaskings[0].due_at
    story.does("withdraw", MRS_LIU)
    assert story.case.clocks["unmasking_decision"].at == due_at
    story.lets_time_run(due_at)
    assert [one.step for one in story.case.calls] == ["unmasking_decision"]
    story.does("allow-unmask", town.CHEN_HUI, asked_seq=story.case.unmaskings[0].seq)
    assert not story.case.calls
    assert story.replayed() == story.case


def test_an_ask_of_an_earlier_ledger_has_no_time() -> None:
    story = asked()
    event = replace(last(story), due_at=None)
    story.written[story.tag][-1] = replace(story.records[-1], event=event, dues=())
    rebuilt = story.replayed()
    assert rebuilt.unmaskings[0].due_at is None
    assert "unmasking_decision" not in rebuilt.clocks
    story.case = rebuilt
    story.does("note", town.LI_NA, text="On my way")
    assert "unmasking_decision" not in story.case.clocks
    story.does("allow-unmask", town.CHEN_HUI, asked_seq=rebuilt.unmaskings[0].seq)

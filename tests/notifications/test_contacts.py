"""Where requesters are reached: wherever their request goes, and no longer once it is erased."""

import pytest

from dandang.ledger.erasure import erasable, erase
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.actions import attach_request
from dandang.lifecycle.intake.rules import Attach
from dandang.notifications.call_back.following import follow_once as follow_calls
from dandang.notifications.call_back.models import CallBack
from dandang.notifications.channels import Contact
from dandang.notifications.contacts import reached
from dandang.notifications.models import Message
from dandang.notifications.rules.notices import Kind, Recipient
from dandang.terms import Actor
from tests import town
from tests.notifications.city import HOUR, LIU_MAIL, LIU_PHONE, delivers, does, follows, opens

pytestmark = pytest.mark.usefixtures("city")
ZHOU_MAIL = "zhou@example.org"


def attached(reference: str) -> str:
    wish = Attach(text="Here too", channel="phone", name="周先生", email=ZHOU_MAIL)
    by = Actor.officer(town.ZHAO_MIN)
    _, receipt = attach_request(reference, wish, by=by, now=town.MONDAY)
    return receipt.reference


def contact(reference: str) -> Contact:
    recipient = Recipient(Kind.REQUESTER, reference)
    return reached([recipient])[recipient].contact


def test_each_requester_of_a_case_is_reached_where_they_said():
    reference = opens(email=LIU_MAIL)
    other = attached(reference)
    assert (contact(reference).email, contact(reference).phone) == (LIU_MAIL, LIU_PHONE)
    assert (contact(other).email, contact(other).phone) == (ZHOU_MAIL, "")


def test_a_request_that_was_merged_into_another_case_is_still_reached(settings):
    settings.EMAIL_HOST = "mail.example"
    one, other = opens(email=LIU_MAIL), opens(email=ZHOU_MAIL)
    does("merge", other, town.ZHAO_MIN, now=town.MONDAY, into=one, text="The same")
    assert contact(other).email == ZHOU_MAIL
    does("accept", one, town.CAO_LEI, now=town.MONDAY + HOUR)
    does("reply", one, town.CAO_LEI, now=town.MONDAY + HOUR, text="On our way")
    follows(town.MONDAY + HOUR)
    told = Message.objects.filter(template="reply").values_list("recipient", flat=True)
    people = [Recipient.parse(text) for text in told]
    assert {person.code for person in people} == {one, other}  # the references they know
    assert sorted(one.contact.email for one in reached(people).values()) == [LIU_MAIL, ZHOU_MAIL]


def test_what_was_erased_reaches_nobody():
    reference = opens(email=LIU_MAIL)
    stream = find(reference).stream
    erase(stream, erasable(stream))
    assert contact(reference) == contact("2222-2222")
    assert contact(reference).email == ""


def test_an_officer_without_an_address_and_a_stranger_are_reached_nowhere():
    nobody = Recipient(Kind.OFFICER, town.LI_NA)
    assert reached([nobody])[nobody].contact.addresses == {}
    known = Recipient(Kind.OFFICER, town.CAO_LEI)
    assert reached([known])[known].contact.addresses == {"mail": "cao@cityman.example"}


def test_many_requests_that_moved_cost_no_more_queries_than_few(django_assert_max_num_queries):
    one = opens(email=LIU_MAIL)
    moved = [opens(email=ZHOU_MAIL) for _ in range(6)]
    for other in moved:
        does("merge", other, town.ZHAO_MIN, now=town.MONDAY, into=one, text="The same")
    people = [Recipient(Kind.REQUESTER, reference) for reference in moved]
    with django_assert_max_num_queries(5):
        found = reached(people)
    assert {one.contact.email for one in found.values()} == {ZHOU_MAIL}


def test_whoever_sent_a_request_that_was_merged_is_called_about_the_case_it_is_in():
    one, other = opens(phone="", email=""), opens(phone="027 8765 4321")
    does("merge", other, town.ZHAO_MIN, now=town.MONDAY, into=one, text="The same")
    now = town.MONDAY + HOUR
    does("accept", one, town.CAO_LEI, now=now)
    does("contacted", one, town.CAO_LEI, now=now, how="phone", text="Hello")
    does("propose", one, town.CAO_LEI, now=now, outcome="resolved", text="Done")
    follows(now)
    delivers(now)
    call = CallBack.objects.get()
    assert (call.about, call.request.case.reference) == ("proposed", one)


def test_whoever_erased_their_contact_is_not_called(settings):
    settings.EMAIL_HOST = "mail.example"
    now = town.MONDAY + HOUR
    called, written = opens(phone="027 8765 4321"), opens(email=LIU_MAIL)
    for reference in (called, written):
        does("accept", reference, town.CAO_LEI, now=now)
        does("contacted", reference, town.CAO_LEI, now=now, how="phone", text="Hello")
        does("propose", reference, town.CAO_LEI, now=now, outcome="resolved", text="Done")
    follows(now)
    settings.EMAIL_HOST = ""
    delivers(now)
    assert CallBack.objects.get(result="").request.reference == called
    for reference in (called, written):
        does("erase-contact", reference, Actor.requester(1), now=now)
    follows(now)
    while follow_calls(now=now):
        pass
    assert CallBack.objects.get().result == "overtaken"


def test_a_message_to_a_contact_that_was_erased_is_stopped_and_nothing_is_wrong(mail):
    reference = opens(email=LIU_MAIL)
    follows()
    does("erase-contact", reference, Actor.requester(1), now=town.MONDAY)
    delivers()
    states = {one.state for one in Message.objects.filter(recipient=f"requester:{reference}")}
    assert states == {"stopped"}
    assert [one for one in mail.taken if str(one["To"]) == LIU_MAIL] == []


def test_a_message_to_a_mail_that_is_a_phone_now_goes_on_by_another_way(mail):
    reference = opens("city_appearance", email=LIU_MAIL)
    follows()
    does("change-contact", reference, Actor.requester(1), now=town.MONDAY, phone="027 8765 4321")
    delivers()
    found = Message.objects.filter(recipient=f"requester:{reference}")
    assert [(one.channel, one.state) for one in found] == [("mail", "stopped")]

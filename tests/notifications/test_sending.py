"""Stories of what is sent, with a real mail server that is down, slow of mind or breaks off."""

from datetime import timedelta

import pytest

from dandang.notifications import sending
from dandang.notifications.models import Address, ChannelState, Message
from dandang.notifications.sending import CLAIM, deliver_once
from dandang.notifications.writing import Writer
from tests import town
from tests.notifications.city import HOUR, LIU_MAIL, delivers, follows, opens
from tests.notifications.conftest import use_mail
from tests.notifications.smtp_server import smtp_server

pytestmark = pytest.mark.usefixtures("city")
DAY = timedelta(days=1)


def sent(**where: object) -> list[str]:
    rows = Message.objects.filter(channel="mail", **where).order_by("id")
    return list(rows.values_list("state", flat=True))


def test_a_receipt_arrives_with_its_reference_and_nothing_personal_in_its_subject(mail):
    reference = opens(email=LIU_MAIL)
    follows()
    assert delivers().sent == 2
    assert mail.recipients == [LIU_MAIL, "cao@cityman.example"]
    receipt = mail.taken[0]
    assert str(receipt["Subject"]).startswith(reference)
    assert reference in receipt.get_content()
    for personal in ("刘", "139", "Lane", "Burst", "liu@"):
        assert personal not in str(receipt["Subject"])
        assert personal not in receipt.get_content()


def test_a_server_that_is_down_for_a_day_loses_nothing_and_doubles_nothing(network, settings):
    with smtp_server() as server:
        port = server.port
    use_mail(settings, port)
    references = []
    now = town.MONDAY
    for _ in range(4):
        references.append(opens(email=LIU_MAIL, now=now))
        follows(now)
        for _ in range(6):
            delivers(now)
            now += HOUR
    assert set(sent()) == {"waiting"}
    assert set(Message.objects.filter(channel="mail").values_list("tries", flat=True)) == {0}
    assert ChannelState.objects.get().error == "connection_refused"
    with smtp_server(port) as server:
        now += HOUR
        delivers(now)
        to_liu = [
            subject.partition(":")[0]
            for subject, to in zip(server.subjects, server.recipients, strict=True)
            if to == LIU_MAIL
        ]
        assert to_liu == references
        for hour in range(24):
            delivers(now + hour * HOUR)
        assert set(sent()) == {"sent"}
        assert len(set(server.ids)) == len(server.ids) == 8
    assert ChannelState.objects.get().failures == 0


def test_a_server_that_is_down_is_left_alone_for_a_while(network, settings):
    with smtp_server() as server:
        use_mail(settings, server.port)
        server.greets = "421 later"
        for _ in range(20):
            opens(email=LIU_MAIL)
        follows()
        delivers()
        assert deliver_once(now=town.MONDAY).claimed == 0
        assert server.connections == 1
        delivers(town.MONDAY + timedelta(minutes=1))
        assert server.connections == 2
    assert ChannelState.objects.get().error == "smtp_421"


def test_what_was_accepted_before_the_server_broke_off_is_not_sent_again(mail):
    mail.breaks_after_data = 1
    opens(email=LIU_MAIL)
    follows()
    delivers()
    assert sorted(sent()) == ["sent", "waiting"]
    delivers(town.MONDAY + HOUR)
    assert len(set(mail.ids)) == len(mail.ids) == 2


def test_what_may_have_been_accepted_is_sent_again_under_the_same_id(mail):
    mail.breaks_before_answer = 1
    opens(email=LIU_MAIL)
    follows()
    delivers()
    assert set(sent()) == {"waiting"}
    before = Message.objects.get(template="received")
    delivers(town.MONDAY + HOUR)
    assert set(sent()) == {"sent"}
    assert before.tries == 0


def test_an_address_that_does_not_exist_is_given_up_at_once_and_named_nowhere(mail, caplog):
    mail.refuses[LIU_MAIL] = "550 no such user liu@example.org"
    opens(email=LIU_MAIL)
    follows()
    done = delivers()
    assert (done.sent, done.dead) == (1, 1)
    dead = Message.objects.get(state="dead")
    assert dead.error == "smtp_550"
    assert "liu" not in caplog.text
    assert "liu" not in str(Message.objects.values())


def test_a_full_mailbox_is_tried_again_later_and_later_and_given_up_in_the_end(mail):
    mail.refuses[LIU_MAIL] = "452 full"
    opens(email=LIU_MAIL)
    follows()
    tries, now = [], town.MONDAY
    while (row := Message.objects.get(template="received")).state == "waiting":
        now = row.next_try_at
        tries.append(now - town.MONDAY)
        delivers(now)
    assert row.state == "dead"
    minutes = [round(one.total_seconds() / 60) for one in tries]
    assert minutes == [0, 1, 6, 21, 81, 321, 1761, 3201, 4641]


def test_a_worker_that_died_leaves_its_claim_to_the_next(mail):
    opens(email=LIU_MAIL)
    follows()
    Message.objects.filter(channel="mail").update(next_try_at=town.MONDAY + CLAIM, tries=1)
    assert delivers().claimed == 0
    assert delivers(town.MONDAY + CLAIM).sent == 2


def test_a_flood_arrives_as_a_digest(mail):
    for _ in range(12):
        opens()
    follows()
    delivers()
    assert len(mail.taken) == 5
    delivers(town.MONDAY + 3 * HOUR)
    assert len(mail.taken) == 6
    digest = mail.taken[-1]
    assert str(digest["Subject"]) == "您的工单有7条消息"
    assert len([line for line in digest.get_content().splitlines() if ":" in line]) >= 7
    assert set(sent()) == {"sent"}


def test_after_an_outage_what_was_due_first_goes_out_first(network, settings):
    first, second = opens(email=LIU_MAIL), opens(email=LIU_MAIL)
    with smtp_server() as server:
        port = server.port
    use_mail(settings, port)
    follows()
    due = Message.objects.filter(channel="mail", reference=second)
    due.update(next_try_at=town.MONDAY - HOUR)
    delivers()
    with smtp_server(port) as server:
        delivers(town.MONDAY + HOUR)
        to_liu = [
            subject.partition(":")[0]
            for subject, to in zip(server.subjects, server.recipients, strict=True)
            if to == LIU_MAIL
        ]
    assert to_liu == [second, first]


def test_a_worker_whose_claim_ran_out_changes_nothing_any_more(mail):
    opens(email=LIU_MAIL)
    follows()
    slow = sending._claim(town.MONDAY, 50)
    assert delivers(town.MONDAY + CLAIM).sent == 2
    mail.refuses[LIU_MAIL] = "550 gone"
    for name, parcels in sending._by_channel(slow.messages).items():
        sending._deliver(name, parcels, Writer(), slow)
    assert slow.done.dead == 0
    assert set(sent()) == {"sent"}


def test_a_server_that_does_not_let_us_in_is_down(mail, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "12345", "wrong"
    opens(email=LIU_MAIL)
    follows()
    assert delivers().waiting == 2
    assert ChannelState.objects.get().error == "not_supported"


def test_requesters_are_told_how_to_stop_mails(mail, settings):
    settings.MAIL_STOP = "stop@jiangcheng.example"
    settings.PUBLIC_URL = "https://12345.jiangcheng.example"
    reference = opens(email=LIU_MAIL)
    follows()
    delivers()
    receipt, to_officer = mail.taken
    assert receipt["List-Unsubscribe"] == f"<mailto:stop@jiangcheng.example?subject={reference}>"
    assert "stop@jiangcheng.example" in receipt.get_content()
    assert "https://12345.jiangcheng.example/c/" in receipt.get_content()
    assert to_officer["List-Unsubscribe"] is None
    assert f"/desk/{reference}/" in to_officer.get_content()
    assert "江城市" in receipt.get_content()


def test_an_officer_reads_the_language_that_was_named_for_the_address(mail):
    Address.objects.filter(officer=town.CAO_LEI).update(language="en")
    opens()
    follows()
    delivers()
    (letter,) = mail.taken
    assert "assigned to your post" in str(letter["Subject"])
    assert letter["Content-Language"] == "en"


def test_an_address_that_is_gone_when_it_is_needed_ends_the_message(mail):
    opens()
    follows()
    Address.objects.all().delete()
    assert delivers().dead == 1
    assert Message.objects.get(state="dead").error == "no_address"


def test_a_message_without_words_is_given_up_and_the_others_go_out(mail):
    opens(email=LIU_MAIL)
    follows()
    Message.objects.filter(template="received").update(template="gone")
    done = delivers()
    assert (done.sent, done.dead) == (1, 1)
    assert Message.objects.get(state="dead").error == "no_words"

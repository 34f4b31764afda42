"""Messages on the command line: how the channels are, what was given up, who wants no more."""

import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.notifications.models import Address, Message, Stop
from tests import town
from tests.interfaces.cli.calling import call
from tests.notifications.city import LIU_MAIL, delivers, follows, opens
from tests.notifications.conftest import mail, network, use_mail  # noqa: F401 fixtures
from tests.notifications.smtp_server import smtp_server


@pytest.fixture(autouse=True)
def city(db):
    town.build()
    follows()


def test_the_status_says_what_waits_and_what_was_given_up(mail):  # noqa: F811 a fixture
    assert call("notify", "status", "--check").code == Exit.OK
    mail.refuses[LIU_MAIL] = "550 gone"
    opens(email=LIU_MAIL)
    called = call("notify", "status", "--json")
    assert (called.code, called.record["behind"]) == (Exit.OK, 2)
    follows()
    delivers()
    called = call("notify", "status", "--check", "--json")
    assert called.code == Exit.CHECK_FAILED
    channels = {one["channel"]: one for one in called.record["channels"]}
    assert channels["mail"]["dead"] == 1
    assert channels["sms"]["is_ready"] is False
    shown = call("notify", "status").out
    assert "not set up" in shown
    assert LIU_MAIL not in shown


def test_a_server_that_is_down_is_shown_with_its_next_try(network, settings):  # noqa: F811 a fixture
    with smtp_server() as server:
        use_mail(settings, server.port)
    opens(email=LIU_MAIL)
    follows()
    delivers()
    assert "down (connection_refused), next try 2026-10-12 09:01" in call("notify", "status").out


def test_what_was_given_up_is_listed_and_tried_again(mail):  # noqa: F811 a fixture
    mail.refuses[LIU_MAIL] = "550 gone"
    reference = opens(email=LIU_MAIL)
    follows()
    delivers()
    (line,) = call("notify", "dead", "--json").records
    assert (line["reference"], line["error"], line["tries"]) == (reference, "smtp_550", 1)
    assert "your request was received" in call("notify", "dead").out
    mail.refuses.clear()
    assert call("notify", "replay", str(line["id"]), "--json").record == {"replayed": 1}
    assert Message.objects.get(pk=line["id"]).state == "waiting"
    assert call("notify", "dead").err == "No message was given up.\n"
    assert call("notify", "replay", "--all", "--channel", "sms", "--json").record["replayed"] == 0


@pytest.mark.parametrize("words", [(), ("--all", "1")])
def test_a_replay_of_nothing_in_particular_is_not_understood(words):
    assert call("notify", "replay", *words).code == Exit.USAGE


def test_a_requester_who_wants_no_more_gets_no_more(settings):
    settings.EMAIL_HOST = "mail.example"
    reference = opens(email=LIU_MAIL)
    follows()
    assert call("notify", "stop", reference.lower(), "--json").record == {
        "stopped": True,
        "on_their_way": 1,
    }
    assert Message.objects.get(template="received").state == "stopped"
    assert call("notify", "stop", reference, "--undo", "--json").record == {"stopped": False}
    assert not Stop.objects.exists()
    assert call("notify", "stop", reference, "--channel", "sms").code == Exit.OK
    assert Stop.objects.get().channel == "sms"
    assert call("notify", "stop", "2222-2222").code == Exit.NOT_FOUND


def test_an_officer_s_address_is_kept_and_forgotten_and_never_shown():
    called = call("notify", "address", town.LI_NA, "mail", "lina@water.example", "--reads", "en")
    assert called.code == Exit.OK
    assert "lina@" not in called.out + called.err
    row = Address.objects.get()
    assert (row.address, row.language) == ("lina@water.example", "en")
    assert call("notify", "address", town.LI_NA, "mail", "--json").record["known"] is False
    assert not Address.objects.exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("W-999", "mail", "a@b.example"), Exit.NOT_FOUND),
        ((town.LI_NA, "mail", "nowhere"), Exit.REFUSED),
        ((town.LI_NA, "sms", "027 8888 1234"), Exit.REFUSED),
        ((town.LI_NA, "inbox", "page"), Exit.USAGE),
    ],
)
def test_an_address_nobody_could_reach_is_refused(words, code):
    assert call("notify", "address", *words).code == code


@pytest.mark.parametrize(("language", "word"), [("zh", "督查"), ("en", "reply")])
def test_every_message_can_be_seen_in_both_languages(language, word):
    called = call("notify", "preview", "--lang", language, "--json")
    records = {one["template"]: one for one in called.records}
    assert {"received", "proposed", "called_upon"} <= records.keys()
    assert all("7K4M-9Q2X" in one["subject"] for one in records.values())
    assert all(0 < one["segments"] <= 3 for one in records.values())
    shown = call("notify", "preview", "received", "--lang", language)
    assert "7K4M-9Q2X" in shown.out
    assert "[received]" in shown.out
    assert word not in shown.out


def test_a_message_that_does_not_exist_is_not_found():
    called = call("notify", "preview", "recieved", "--json")
    assert (called.code, called.record["error"]["code"]) == (Exit.NOT_FOUND, "unknown_template")


def test_a_channel_is_tried_out_with_a_test_message(mail):  # noqa: F811 a fixture
    assert call("notify", "test", "mail", "operator@jiangcheng.example").code == Exit.OK
    assert mail.subjects == ["Test message"]
    mail.refuses["operator@jiangcheng.example"] = "550 no"
    called = call("notify", "test", "mail", "operator@jiangcheng.example", "--json")
    assert called.code == Exit.CHECK_FAILED
    assert called.record["error"]["details"] == {"channel": "mail", "reason": "smtp_550"}


def test_a_channel_that_is_not_set_up_and_a_file_with_faults_are_said(settings, tmp_path):
    assert "not_set_up" in call("notify", "test", "mail", "a@b.example").err
    assert call("notify", "test", "mail", "nowhere").code == Exit.CHECK_FAILED
    path = tmp_path / "sms.toml"
    path.write_text("url = 1\ncolor = 2", encoding="utf-8")
    settings.SMS_FILE = str(path)
    called = call("notify", "test", "sms", "13900000000")
    assert called.code == Exit.USAGE
    assert "sms.toml, line 1" in called.err
    assert "sms.toml, line 2" in called.err
    settings.SMS_FILE = str(tmp_path / "gone.toml")
    assert call("notify", "test", "sms", "13900000000").code == Exit.USAGE

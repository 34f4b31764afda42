"""Text messages: which numbers, how many parts, what a gateway file may say, what gateways do."""

import json
from ipaddress import ip_network
from pathlib import Path

import pytest

from dandang.notifications.models import ChannelState, Message
from dandang.notifications.sms.gateway import Gateway, read_gateway
from dandang.notifications.sms.numbers import mobile
from dandang.notifications.sms.segments import segments
from dandang.terms import InputError
from tests import town
from tests.notifications.city import HOUR, delivers, follows, opens
from tests.notifications.web_server import web_server

FILE = """
url = "URL"
signature = "江城热线"
secret_from = "JIANGCHENG_SMS_KEY"
accepted_if = '"OK"'
timeout_seconds = 1

[headers]
Authorization = "Bearer {secret}"

[body]
to = ["{phone}"]
content = "{text}"
template = "{template}"
options = { id = "{id}", retry = 0 }

[templates]
"" = "T-000"
received = "T-001"
"""


@pytest.fixture
def gateway(city, network, settings, tmp_path, monkeypatch):
    settings.REACHABLE_NETWORKS = (ip_network("127.0.0.0/8"),)
    monkeypatch.setenv("JIANGCHENG_SMS_KEY", "s3cret")
    with web_server() as server:
        path = tmp_path / "sms.toml"
        path.write_text(FILE.replace("URL", server.url), encoding="utf-8")
        settings.SMS_FILE = str(path)
        yield server


def row() -> Message:
    return Message.objects.get(channel="sms")


def test_a_receipt_by_text_message_holds_the_reference_and_nothing_personal(gateway):
    reference = opens()
    follows()
    assert delivers().sent == 1
    (taken,) = gateway.taken
    body = json.loads(taken.body)
    assert body["to"] == ["13900000000"]
    assert body["template"] == "T-001"
    assert body["options"]["retry"] == 0
    assert body["content"].startswith("【江城热线】")
    assert reference in body["content"]
    for personal in ("刘", "139", "Lane", "Burst"):
        assert personal not in body["content"]
    assert taken.headers["Authorization"] == "Bearer s3cret"


@pytest.mark.parametrize("status", [500, 301, 302, 429])
def test_a_gateway_that_answers_so_is_down_and_nothing_is_lost(gateway, status):
    gateway.status, gateway.headers = status, {"Location": "/elsewhere"}
    opens()
    follows()
    delivers()
    assert (row().state, row().tries) == ("waiting", 0)
    assert ChannelState.objects.get().error == f"http_{status}"
    gateway.status = 200
    delivers(town.MONDAY + HOUR)
    assert row().state == "sent"


def test_a_gateway_that_hangs_is_down(gateway):
    gateway.hangs = 30
    opens()
    follows()
    delivers()
    assert ChannelState.objects.get().error == "timeout"
    assert row().state == "waiting"


def test_a_gateway_that_does_not_take_this_one_is_asked_again_later(gateway):
    gateway.answer = b'{"code": "isv.BUSINESS_LIMIT_CONTROL"}'
    opens()
    follows()
    assert delivers().failed == 1
    assert (row().error, row().tries) == ("not_accepted", 1)
    gateway.status = 400
    delivers(town.MONDAY + HOUR)
    assert row().error == "http_400"


def test_a_file_with_faults_holds_messages_back_and_loses_none(gateway, settings):
    path = Path(settings.SMS_FILE)
    good = path.read_text(encoding="utf-8")
    path.write_text("url = 1", encoding="utf-8")
    opens()
    follows()
    delivers()
    assert ChannelState.objects.get().error == "gateway_unusable"
    path.write_text(good + "# mended\n", encoding="utf-8")
    delivers(town.MONDAY + HOUR)
    assert row().state == "sent"


def test_a_secret_that_is_not_there_is_said_and_holds_messages_back(gateway, monkeypatch):
    monkeypatch.delenv("JIANGCHENG_SMS_KEY")
    opens()
    follows()
    delivers()
    assert ChannelState.objects.get().error == "secret_missing"
    assert gateway.taken == []


def test_whoever_left_a_mail_address_that_fails_is_reached_by_text_message(gateway, mail):
    mail.refuses["liu@example.org"] = "550 gone"
    opens(email="liu@example.org")
    follows()
    assert [one.channel for one in Message.objects.filter(template="received")] == ["mail"]
    done = delivers()
    assert (done.dead, len(gateway.taken)) == (1, 1)
    assert row().state == "sent"


def test_a_landline_gets_no_text_message(gateway):
    opens(phone="027 8888 1234")
    follows()
    assert not Message.objects.filter(channel="sms").exists()


def test_every_fault_of_a_file_is_named_with_its_line():
    text = """url = "ftp://x"
method = "GET"
format = "xml"
secret_from = "key"
country_code = "86"
timeout_seconds = 900
color = "red"
[headers]
A = "{secret} {nothing}"
B = 1
[templates]
recieved = "1"
"""
    with pytest.raises(InputError) as caught:
        read_gateway(text, "sms.toml")
    found = [(one.code, one.line) for one in caught.value.problems]
    assert found == [
        ("unknown_key", 7),
        ("wrong_type", 10),
        ("number_out_of_range", 6),
        ("url_invalid", 1),
        ("unknown_word", 2),
        ("unknown_word", 3),
        ("value_invalid", 4),
        ("value_invalid", 5),
        ("unknown_template", 12),
        ("unknown_placeholder", 9),
        ("placeholder_missing", 0),
        ("placeholder_missing", 0),
    ]


@pytest.mark.parametrize("text", ["", "body = 3", "url = 7", "headers = []", "x"])
def test_a_file_that_describes_no_gateway_is_refused(text):
    with pytest.raises(InputError):
        read_gateway(text, "sms.toml")


def test_a_secret_in_a_header_needs_to_be_named():
    text = 'url = "https://a.example/"\n[body]\np = "{phone}{text}{secret}"\n'
    with pytest.raises(InputError) as caught:
        read_gateway(text, "sms.toml")
    assert [one.code for one in caught.value.problems] == ["missing_key"]


def test_the_smallest_file_is_enough():
    text = 'url = "https://a.example/"\n[body]\np = "{phone}"\nt = "{text}"\n'
    assert read_gateway(text, "sms.toml") == Gateway(
        url="https://a.example/", body={"p": "{phone}", "t": "{text}"}
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("13900000000", "13900000000"),
        ("+86 139-0000-0000", "13900000000"),
        ("0086 139 0000 0000", "13900000000"),
        ("１３９００００００００", "13900000000"),
        ("+44 7700 900123", "+447700900123"),
        ("027-88881234", ""),
        ("+86 27 8888 1234", ""),
        ("12345", ""),
        ("12900000000", ""),
        ("", ""),
        ("call me", ""),
    ],
)
def test_only_mobile_numbers_take_text_messages(text, found):
    assert mobile(text) == found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("水" * 70, 1),
        ("水" * 71, 2),
        ("水" * 134, 2),
        ("水" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_a_text_is_charged_by_its_parts(text, parts):
    assert segments(text) == parts

"""Webhooks on the command line: made, listed, tried out, changed over, taken back."""

from ipaddress import ip_network

import pytest

from dandang.interfaces.cli.exits import Exit
from dandang.notifications.webhook.models import Delivery, Subscription
from dandang.notifications.webhook.signing import HEADER
from tests import town
from tests.interfaces.cli.calling import call
from tests.notifications.city import opens
from tests.notifications.receiver import receiver, unused_port

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
URL = "https://example.org/hook"


@pytest.fixture(autouse=True)
def city(db, settings):
    town.build()
    settings.REACHABLE_NETWORKS = (ip_network("127.0.0.0/8"),)


def added(*words: str) -> int:
    return call("webhook", "add", URL, "--json", *words).record["number"]


def gave_up(number: int) -> None:
    row = Subscription.objects.get(pk=number)
    for idx in (7, 8):
        Delivery.objects.create(
            subscription=row,
            idx=idx,
            stream=b"x",
            tries=9,
            next_try_at=town.MONDAY,
            state="dead",
            error="http_400",
        )


def test_a_webhook_is_added_and_its_secret_is_shown_this_once():
    called = call("webhook", "add", URL, "--event", "judged", "--event", "accepted")
    assert called.code == Exit.OK
    assert "secret: ddwh_" in called.out
    assert "not shown again" in called.err
    secret = called.out.strip().split(" ")[-1]
    listed = call("webhook", "list", "--json")
    assert secret not in listed.out
    assert listed.record["secret_ends"] == f"…{secret[-4:]}"
    assert listed.record["types"] == ["accepted", "judged"]


def test_the_list_says_in_words_how_each_stands():
    assert "No system is told anything." in call("webhook", "list").err
    added()
    Subscription.objects.create(
        url="https://down.example/",
        secret="s",
        created_at=town.MONDAY,
        idx=-1,
        failures=3,
        failing_since=town.MONDAY,
        error="timeout",
    )
    lines = call("webhook", "list").out.splitlines()
    assert lines[0].split()[:3] == ["No.", "Address", "Events"]
    assert "in order" in lines[-2]
    assert "timeout since 2026-10-12 09:00" in lines[-1]
    assert "全部" in call("webhook", "list", "--lang", "zh").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "gopher://example.org/"), Exit.REFUSED),
        (("add", URL, "--event", "nonsense"), Exit.REFUSED),
        (("add",), Exit.USAGE),
        (("remove", "77"), Exit.NOT_FOUND),
        (("rotate", "77"), Exit.NOT_FOUND),
        (("test", "77"), Exit.NOT_FOUND),
        (("replay", "77"), Exit.NOT_FOUND),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(words, code):
    assert call("webhook", *words).code == code
    assert not Subscription.objects.exists()


def test_a_test_event_says_what_the_receiver_answered():
    with receiver() as there:
        number = call("webhook", "add", there.url, "--json").record["number"]
        called = call("webhook", "test", str(number))
        assert (called.code, called.out) == (Exit.OK, "It answered 204.\n")
        assert HEADER in there.taken[0].headers
        there.answer = lambda _taken: 500
        called = call("webhook", "test", str(number))
    assert called.code == Exit.CHECK_FAILED
    assert "It answered 500" in called.err


def test_a_test_event_that_does_not_arrive_says_why():
    url = f"http://127.0.0.1:{unused_port()}/"
    number = call("webhook", "add", url, "--json").record["number"]
    called = call("webhook", "test", str(number))
    assert called.code == Exit.CHECK_FAILED
    assert "connection_refused" in called.err


def test_a_secret_is_changed_over():
    number = added()
    before = Subscription.objects.get().secret
    called = call("webhook", "rotate", str(number), "--json")
    row = Subscription.objects.get()
    assert called.record == {"number": number, "secret": row.secret}
    assert row.secret_before == before


def test_what_was_given_up_is_listed_and_tried_again():
    number = added()
    assert "Nothing was given up." in call("webhook", "dead").err
    gave_up(number)
    dead = call("webhook", "dead", "--json", "--number", str(number)).records
    assert [one["idx"] for one in dead] == [7, 8]
    assert "http_400" in call("webhook", "dead").out
    assert call("webhook", "replay", str(number), "8", "--json").record["events"] == 1
    assert "1 events" in call("webhook", "replay", str(number)).out
    assert not Delivery.objects.filter(state="dead").exists()


def test_one_is_removed():
    number = added()
    gave_up(number)
    assert call("webhook", "remove", str(number)).code == Exit.OK
    assert not Subscription.objects.exists()
    assert not Delivery.objects.exists()


def test_a_worker_sends_what_waits():
    with receiver() as there:
        call("webhook", "add", there.url, "--after", "-1")
        opens()
        done = call("work", "--once", "--json")
    assert done.code == Exit.OK
    assert done.record["webhooks"] >= 1

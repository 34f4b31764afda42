"""Webhooks against real servers: in order, at least once, and nobody waits for somebody else."""

import json
import subprocess
from datetime import datetime, timedelta
from ipaddress import ip_network

import pytest

from dandang.ledger.queries import last_index
from dandang.notifications import http
from dandang.notifications.webhook import sending
from dandang.notifications.webhook.models import Delivery, Subscription
from dandang.notifications.webhook.sending import Worked, deliver_once
from dandang.notifications.webhook.signing import HEADER, is_genuine
from dandang.notifications.webhook.subscriptions import (
    dead_letters,
    replay,
    subscribe,
    subscriptions,
)
from tests import town
from tests.notifications.city import opens
from tests.notifications.hooks import NOW, REAL, events, handed_over, indexed, told, works
from tests.notifications.receiver import receiver, unused_port

pytestmark = pytest.mark.usefixtures("city", "network")


@pytest.fixture(autouse=True)
def here_is_allowed(settings):
    settings.REACHABLE_NETWORKS = (ip_network("127.0.0.0/8"),)


def test_what_happens_from_now_on_is_sent_signed_and_in_order():
    opens()
    indexed()
    with receiver() as there:
        _, secret = subscribe(there.url, now=NOW)
        reference = handed_over()
        assert works().sent == 4
        assert told(there) == ["case_opened", "assigned", "accepted", "handed_over"]
        assert {one["subject"] for one in events(there)} == {reference}
        assert [int(one["id"]) for one in events(there)] == [
            *range(last_index() - 3, last_index() + 1)
        ]
        for one in there.taken:
            assert one.headers["Content-Type"].startswith("application/cloudevents+json")
            assert is_genuine(one.headers[HEADER], one.body, secret, REAL)
        assert not Delivery.objects.exists()
        assert works() == Worked()


def test_nothing_about_a_person_is_sent():
    with receiver() as there:
        subscribe(there.url, now=NOW)
        handed_over()
        works()
        content = b"".join(one.body for one in there.taken).decode()
    for word in ("Liu", "刘", "139", "Burst", "Lane", town.LI_NA, "List no. 3"):
        assert word not in content


def test_only_the_events_that_were_asked_for_are_sent_and_old_ones_where_it_says_so():
    handed_over()
    indexed()
    with receiver() as there:
        subscribe(there.url, ["accepted", "handed_over"], now=NOW, after=-1)
        works()
        assert told(there) == ["accepted", "handed_over"]


def test_a_receiver_that_answers_500_is_left_alone_and_gets_everything_later_in_order():
    with receiver(answer=lambda taken: 500 if taken.number < 2 else 204) as there:
        number, _ = subscribe(there.url, now=NOW)
        handed_over()
        assert (works().failed, len(there.taken)) == (1, 1)
        (kept,) = subscriptions(now=NOW)
        assert (kept.error, kept.failing_since, kept.waiting) == ("http_500", NOW, 4)
        assert works(NOW + timedelta(seconds=30)) == Worked()
        assert works(NOW + timedelta(minutes=1)).failed == 1
        assert works(NOW + timedelta(hours=1)).sent == 4
        assert told(there)[2:] == ["case_opened", "assigned", "accepted", "handed_over"]
        (kept,) = subscriptions(now=NOW)
        assert (kept.error, kept.failing_since, kept.delivered) == ("", None, 4)
        assert kept.number == number


def test_every_try_has_the_same_id_and_the_same_body():
    with receiver(answer=lambda taken: 204 if taken.number else 503) as there:
        subscribe(there.url, ["accepted"], now=NOW)
        handed_over()
        works()
        works(NOW + timedelta(hours=1))
        first, second = there.taken
        assert first.body == second.body


def test_a_worker_that_dies_after_sending_sends_it_again_under_the_same_id(monkeypatch):
    class Killed(BaseException):
        """What no code of ours catches."""

    def dies(*_args: object) -> None:
        raise Killed

    with receiver() as there:
        subscribe(there.url, ["accepted"], now=NOW)
        handed_over()
        with monkeypatch.context() as dying:
            dying.setattr(sending, "_delivered", dies)
            with pytest.raises(Killed):
                works()
        assert works().sent == 1
        first, second = there.taken
        assert first.body == second.body


def test_one_that_is_down_holds_up_no_other():
    with receiver() as there:
        subscribe(f"http://127.0.0.1:{unused_port()}/", now=NOW)
        subscribe(there.url, now=NOW)
        handed_over()
        done = works()
    assert (done.sent, done.failed) == (4, 1)
    assert [one.error for one in subscriptions(now=NOW)] == ["connection_refused", ""]


def test_one_event_that_is_never_taken_holds_up_its_own_case_alone():
    def picky(taken) -> int:
        return 422 if json.loads(taken.body)["subject"] == first else 204

    with receiver(answer=picky) as there:
        subscribe(there.url, now=NOW)
        first, second = opens("water_supply"), opens("water_supply")
        works()
        works(NOW + timedelta(minutes=1))
        sent = [one["subject"] for one in events(there)]
        assert sent.count(second) == 2
        assert "assigned" not in {
            one["type"].split(".")[-1] for one in events(there) if one["subject"] == first
        }


def test_after_days_of_no_it_is_given_up_the_case_goes_on_and_replay_brings_it():
    with receiver(answer=lambda _taken: 400) as there:
        number, _ = subscribe(there.url, ["accepted", "handed_over"], now=NOW)
        handed_over()
        at = NOW
        while not dead_letters(number):
            works(at)
            at += timedelta(hours=6)
        assert at - NOW > timedelta(days=2)
        (dead,) = dead_letters()
        assert (dead.number, dead.error, dead.tries) == (number, "http_400", 9)
        there.answer = lambda _taken: 204
        there.taken.clear()
        works(at + timedelta(days=1))
        assert told(there) == ["handed_over"]
        assert replay(number, [dead.idx], now=at + timedelta(days=1)) == 1
        works(at + timedelta(days=1))
        assert told(there) == ["handed_over", "accepted"]
        assert int(events(there)[1]["id"]) == dead.idx
        assert (dead_letters(), replay(number, now=at)) == ([], 0)


def test_gone_means_never_again():
    with receiver(answer=lambda _taken: 410) as there:
        number, _ = subscribe(there.url, ["accepted"], now=NOW)
        handed_over()
        assert works().dead == 1
        assert dead_letters(number)[0].error == "http_410"


def test_a_redirect_is_never_followed():
    with receiver() as elsewhere, receiver(answer=lambda _taken: 301) as there:
        there.location = elsewhere.url
        subscribe(there.url, now=NOW)
        handed_over()
        works()
        assert (len(there.taken), elsewhere.taken) == (1, [])
    assert subscriptions(now=NOW)[0].error == "http_301"


def test_a_receiver_that_hangs_costs_no_more_than_its_time(monkeypatch):
    monkeypatch.setattr(http.call, "__kwdefaults__", {**http.call.__kwdefaults__, "timeout": 0.2})
    with receiver(answer=lambda _taken: 0) as there:
        subscribe(there.url, now=NOW)
        handed_over()
        assert works().failed == 1
    assert subscriptions(now=NOW)[0].error == "timeout"


def test_an_answer_without_end_is_cut_off():
    with receiver(body=b"x" * 200_000, answer=lambda _taken: 200) as there:
        subscribe(there.url, now=NOW)
        handed_over()
        assert works().failed == 1
    assert subscriptions(now=NOW)[0].error == "answer_too_large"


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path):
    both = tmp_path / "both.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-days", "2", "-keyout", str(both), "-out", str(tmp_path / "cert.pem")),
        ],
        check=True,
        capture_output=True,
    )
    both.write_text(both.read_text() + (tmp_path / "cert.pem").read_text())
    with receiver(both) as there:
        subscribe(f"https://localhost:{there.port}/", now=NOW)
        handed_over()
        works()
        assert there.taken == []
    assert subscriptions(now=NOW)[0].error == "certificate"


def test_one_taken_back_while_it_is_being_sent_to_ends_quietly():
    with receiver() as there:
        number, _ = subscribe(there.url, now=NOW)
        there.answer = lambda _taken: 500
        handed_over()
        indexed()

        def ends() -> datetime:
            Subscription.objects.filter(pk=number).delete()
            return REAL

        assert deliver_once(now=NOW, clock=ends).failed == 0


def test_no_more_waits_than_the_limit_and_the_rest_follows(monkeypatch):
    monkeypatch.setattr(sending, "MOST_WAITING", 3)
    monkeypatch.setattr(sending, "BATCH", 2)
    with receiver() as there:
        subscribe(there.url, now=NOW)
        for _ in range(2):
            handed_over()
        indexed()
        deliver_once(now=NOW, clock=lambda: REAL)
        assert Delivery.objects.count() == 1
        assert works().sent == 6
        assert len({one["id"] for one in events(there)}) == 8


def test_a_claimed_subscription_is_left_to_the_one_that_has_it_until_the_claim_runs_out():
    with receiver() as there:
        number, _ = subscribe(there.url, now=NOW)
        handed_over()
        Subscription.objects.filter(pk=number).update(claimed_until=NOW + sending.CLAIM)
        assert works() == Worked()
        assert works(NOW + sending.CLAIM).sent == 4
        assert len(there.taken) == 4


def test_one_event_that_cannot_be_written_is_given_up_and_the_rest_go_on(monkeypatch):
    with receiver() as there:
        number, _ = subscribe(there.url, now=NOW)
        broken, fine = opens(), opens()
        indexed()
        deliver_once(now=NOW - timedelta(days=1), clock=lambda: REAL)
        write = sending.write_event

        def fails(origin, it):
            if it.reference == broken:
                raise KeyError("Mrs Liu")
            return write(origin, it)

        monkeypatch.setattr(sending, "write_event", fails)
        works()
        for hour in range(1, 4):
            works(NOW + timedelta(hours=hour))
        assert {one["subject"] for one in events(there)} <= {broken, fine}
        assert fine in {one["subject"] for one in events(there)}
        assert {one.error for one in dead_letters(number)} <= {"not_written"}


def test_what_belongs_to_no_case_is_not_sent():
    with receiver() as there:
        subscribe(there.url, now=NOW, after=-1)
        assert works().taken_in > 0  # the policy was adopted, the organisation loaded
        assert there.taken == []

"""Subscriptions of webhooks: who may be called, trying out, changing the secret, taking back."""

import json
from datetime import timedelta
from ipaddress import ip_network

import pytest

from dandang.notifications.http import CallFailed
from dandang.notifications.webhook.models import Delivery, Subscription
from dandang.notifications.webhook.signing import HEADER, is_genuine
from dandang.notifications.webhook.subscriptions import (
    OVERLAP,
    rotate,
    subscribe,
    subscriptions,
    try_out,
    unsubscribe,
)
from dandang.terms import Code, Refusal
from tests.notifications.hooks import NOW, REAL, handed_over, works
from tests.notifications.receiver import receiver

pytestmark = pytest.mark.usefixtures("city", "network")


@pytest.fixture(autouse=True)
def here_is_allowed(settings):
    settings.REACHABLE_NETWORKS = (ip_network("127.0.0.0/8"),)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "https://127.0.0.1:1/", "https://[::1]:1/", "https://10.0.0.8/"]
)
def test_addresses_of_our_own_networks_are_refused_unless_the_operator_allows_them(settings, url):
    settings.REACHABLE_NETWORKS = ()
    number, _ = subscribe(url, now=NOW)
    with pytest.raises(CallFailed, match="address_not_allowed"):
        try_out(number, now=REAL)
    handed_over()
    works()
    assert subscriptions(now=NOW)[0].error == "address_not_allowed"


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "https:///x", "https://me:word@example.org/", "not an address"]
)
def test_what_is_no_address_is_refused_and_nothing_is_kept(url):
    with pytest.raises(Refusal) as refused:
        subscribe(url, now=NOW)
    assert refused.value.code is Code.VALUE_INVALID
    assert not Subscription.objects.exists()


def test_an_unknown_event_is_refused_by_name_and_an_address_too_long():
    with pytest.raises(Refusal) as refused:
        subscribe("https://example.org/", ["accepted", "acepted"], now=NOW)
    assert refused.value.details["reason"] == "acepted"
    with pytest.raises(Refusal) as refused:
        subscribe("https://example.org/" + "x" * 500, now=NOW)
    assert refused.value.code is Code.TEXT_TOO_LONG


def test_a_test_event_goes_out_at_once_and_says_what_was_answered():
    with receiver(answer=lambda _taken: 418) as there:
        number, secret = subscribe(there.url, now=NOW)
        assert try_out(number, now=REAL).status == 418
        (taken,) = there.taken
    assert json.loads(taken.body)["type"] == "dandang.test"
    assert is_genuine(taken.headers[HEADER], taken.body, secret, REAL)


def test_both_secrets_sign_for_a_week_after_a_rotation():
    with receiver() as there:
        number, old = subscribe(there.url, now=REAL)
        new = rotate(number, now=REAL)
        assert new != old
        for at, passes in ((REAL + OVERLAP - timedelta(seconds=1), True), (REAL + OVERLAP, False)):
            try_out(number, now=at)
            taken = there.taken[-1]
            assert is_genuine(taken.headers[HEADER], taken.body, new, at)
            assert is_genuine(taken.headers[HEADER], taken.body, old, at) == passes
    assert [subscriptions(now=at)[0].is_changing_over for at in (REAL, REAL + OVERLAP)] == [
        True,
        False,
    ]


def test_a_subscription_that_was_taken_back_gets_nothing_and_leaves_nothing():
    with receiver(answer=lambda _taken: 500) as there:
        number, _ = subscribe(there.url, now=NOW)
        handed_over()
        works()
        unsubscribe(number)
        works(NOW + timedelta(hours=1))
        assert len(there.taken) == 1
    assert not Delivery.objects.exists()
    for missing in (lambda: unsubscribe(number), lambda: rotate(number, now=NOW)):
        with pytest.raises(Refusal) as refused:
            missing()
        assert refused.value.code is Code.NOT_FOUND
    with pytest.raises(Refusal):
        try_out(number, now=NOW)


def test_the_secret_is_not_in_what_is_listed():
    _, secret = subscribe("https://example.org/hook", now=NOW)
    (kept,) = subscriptions(now=NOW)
    assert secret not in repr(kept)
    assert secret.endswith(kept.secret_ends)

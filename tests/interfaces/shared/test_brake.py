"""What counts as one source of tries: an address, a home's network, what a trusted proxy says."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from dandang.interfaces.shared.brake import Brake

pytestmark = pytest.mark.django_db
BRAKE = Brake("tries-of-a-test", most=2, window=timedelta(minutes=1))


def comes(address, **more):
    return RequestFactory().get("/", REMOTE_ADDR=address, **more)


def test_who_tried_twice_has_to_wait_and_others_do_not():
    for _ in range(2):
        assert not BRAKE.holds(comes("192.0.2.1"))
        BRAKE.count(comes("192.0.2.1"))
    assert BRAKE.holds(comes("192.0.2.1"))
    assert not BRAKE.holds(comes("192.0.2.2"))


def test_a_home_that_changes_among_its_addresses_is_one_source():
    BRAKE.count(comes("2001:db8:0:7::1"))
    BRAKE.count(comes("2001:db8:0:7:ffff:1:2:3"))
    assert BRAKE.holds(comes("2001:db8:0:7::99"))
    assert not BRAKE.holds(comes("2001:db8:0:8::1"))


def test_an_address_is_the_same_source_however_it_is_written():
    BRAKE.count(comes("192.0.2.1"), by=2)
    assert BRAKE.holds(comes("::ffff:192.0.2.1"))


def test_a_proxy_that_is_not_ours_counts_for_nothing(settings):
    settings.PROXY_HOPS = 1
    for lie in ("198.51.100.1", "198.51.100.2"):
        BRAKE.count(comes("10.0.0.1", headers={"x-forwarded-for": f"{lie}, unknown"}))
    assert BRAKE.holds(comes("10.0.0.1", headers={"x-forwarded-for": "unknown"}))


def test_a_try_can_count_as_several():
    BRAKE.count(comes("192.0.2.1"))
    BRAKE.count(comes("192.0.2.1"), by=7)
    assert BRAKE.holds(comes("192.0.2.1"))

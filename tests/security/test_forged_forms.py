"""Forms sent from elsewhere, to another host, or that lead elsewhere, are refused."""

import pytest
from django.test import Client

from tests.interfaces.stories import browser, city, opens
from tests.interfaces.test_permission_matrix import MATRIX

pytestmark = pytest.mark.django_db

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    r"/\evil.example",
    "\thttps://evil.example",
    "javascript:alert(1)",
    "https:evil.example",
    "http://testserver@evil.example/",
)


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def _path(address: str, reference: str) -> str:
    path = address.replace("<reference>", reference).replace("<post>", "water-duty")
    return "/" + path.replace("<number>", "1").replace("<secret>", "x")


def test_no_address_takes_a_form_without_the_token_of_its_page():
    liu = browser()
    reference = opens(liu)
    forger = Client(enforce_csrf_checks=True)
    forger.cookies = liu.cookies
    taken = [address for address in MATRIX if _takes(forger, _path(address, reference))]
    assert taken == []


def _takes(client: Client, path: str) -> bool:
    """Say whether a POST gets past the protection: everything but 403, no such way (404, 405)."""
    return client.post(path, {"text": "forged"}).status_code not in {403, 404, 405}


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example"]
)
def test_a_host_that_is_not_ours_gets_no_page(host):
    for path in ("/", "/new/", "/c/", "/open/", "/login/"):
        answer = browser().get(path, headers={"host": host})
        assert answer.status_code == 400
        assert b"evil.example" not in answer.content


def test_forwarded_hosts_are_not_believed():
    liu = browser()
    own = f"/c/{opens(liu)}/"
    for path in (own, f"{own}receipt/", "/c/2222-2222/", "/open/"):
        answer = liu.get(path, headers={"x-forwarded-host": "evil.example"})
        assert answer.status_code == 200
        assert b"evil.example" not in answer.content


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nothing_leads_to_another_site(target):
    visitor = browser()
    switched = visitor.post("/language/setlang/", {"language": "en", "next": target})
    assert (switched.status_code, switched.url) == (302, "/")
    signing_in = visitor.get("/login/", {"next": target})
    assert target.encode() not in signing_in.content

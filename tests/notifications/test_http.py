"""Calling other servers: only where it is allowed, never elsewhere, never for long."""

from ipaddress import ip_network

import pytest

from dandang.notifications.http import ANSWER_LIMIT, CallFailed, call, is_reachable, split
from tests.notifications.web_server import web_server


@pytest.fixture
def server(network, settings):
    settings.REACHABLE_NETWORKS = (ip_network("127.0.0.0/8"),)
    with web_server() as found:
        yield found


def failure(url: str, **more: object) -> str:
    with pytest.raises(CallFailed) as caught:
        call(url, b"{}", **more)
    return caught.value.code


def test_a_server_gets_what_was_sent_and_its_answer_comes_back(server):
    answer = call(server.url, b"hello", headers={"X-Id": "7"})
    assert (answer.status, answer.body, answer.is_good) == (200, b'{"code": "OK"}', True)
    (taken,) = server.taken
    assert (taken.method, taken.path, taken.body) == ("POST", "/send", b"hello")
    assert taken.headers["X-Id"] == "7"
    assert taken.headers["Host"] == f"127.0.0.1:{server.port}"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed_and_is_no_yes(server, status):
    server.status, server.headers = status, {"Location": server.url}
    assert not call(server.url, b"").is_good
    assert len(server.taken) == 1


def test_an_error_is_an_answer(server):
    server.status = 500
    assert call(server.url, b"").status == 500


def test_a_server_that_hangs_is_left_after_the_time(server):
    server.hangs = 30
    assert failure(server.url, timeout=0.3) == "timeout"


def test_a_server_that_drips_is_left_after_the_time_too(server):
    server.drips, server.answer = True, b"x" * 600
    assert failure(server.url, timeout=0.5) == "timeout"


def test_an_endless_answer_is_not_read_to_its_end(server):
    server.answer = b"x" * (ANSWER_LIMIT + 1)
    assert failure(server.url) == "answer_too_large"


def test_nobody_listening_is_said(server):
    assert failure(server.url.replace(str(server.port), "9")) == "connection_refused"


def test_a_header_with_a_line_break_is_not_sent(server):
    assert failure(server.url, headers={"X": "a\r\nX-Admin: 1"}) == "header_invalid"
    assert server.taken == []


def test_this_machine_is_not_called_unless_the_settings_say_so(server, settings):
    settings.REACHABLE_NETWORKS = ()
    for url in (server.url, f"http://localhost:{server.port}/", f"http://2130706433:{server.port}"):
        assert failure(url) in ("address_not_allowed", "name_unknown")
    assert server.taken == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.2.3.4",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "ff02::1",
    ],
)
def test_addresses_that_are_not_public_are_not_called(address, settings):
    settings.REACHABLE_NETWORKS = ()
    assert not is_reachable(address)


def test_public_addresses_and_networks_that_were_named_are_called(settings):
    settings.REACHABLE_NETWORKS = (ip_network("10.2.0.0/16"),)
    assert is_reachable("114.114.114.114")
    assert is_reachable("2400:3200::1")
    assert is_reachable("10.2.3.4")
    assert is_reachable("::ffff:10.2.3.4")
    assert not is_reachable("10.3.0.1")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://a.example/",
        "file:///etc/passwd",
        "http://",
        "https://user:word@a.example/",
        "https://a.example:0/",
        "https://a.example:99999/",
        "https://a example/",
        "https://a.example/\r\nX: 1",
        "https://城.example/",
        "https://[::1/",
    ],
)
def test_what_is_no_address_of_a_server_is_not_called(url):
    with pytest.raises(CallFailed) as caught:
        split(url)
    assert caught.value.code == "url_invalid"


def test_a_public_server_is_called_by_https_alone(settings, network):
    settings.REACHABLE_NETWORKS = ()
    assert failure("http://114.114.114.114/") == "not_https"


def test_a_name_nobody_knows_is_said(settings, network):
    assert failure("https://nobody.invalid/") == "name_unknown"

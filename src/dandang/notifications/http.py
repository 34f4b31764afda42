"""Calling servers that others named, guarded: only where it is allowed, no longer and no more.

The standard library is enough, and lets us connect to the very address that was checked: a name
that answers with another address a moment later leads nowhere else. Redirects are never followed,
proxies of the environment not used. Nothing of an address, a header or a body is ever told in an
error: codes alone.
"""

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Event, Timer
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from typing_extensions import override

TIMEOUT = 10.0
"""Seconds that a whole call may take, from the connection to the end of the answer."""
ANSWER_LIMIT = 64 * 1024
"""Bytes of an answer that are read at most."""

_NAT64 = IPv6Network("64:ff9b::/96")
_PORTS = {"https": 443, "http": 80}
Ip = IPv4Address | IPv6Address


class CallFailed(Exception):
    """A server could not be called; `code` says why.

    Codes: url_invalid, name_unknown, address_not_allowed, not_https, connection_refused,
    connection_lost, timeout, certificate, tls, no_http, answer_too_large, header_invalid,
    unreachable.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    body: bytes

    @property
    def is_good(self) -> bool:
        """Whether it took what was sent. A redirect is no yes."""
        return 200 <= self.status < 300  # noqa: PLR2004 what HTTP calls successful


def call(
    url: str,
    body: bytes,
    *,
    method: str = "POST",
    headers: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
) -> Answer:
    """Send a request and return the answer, whatever its status. Raises CallFailed.

    `timeout` is in seconds, for everything together. The address must be public, or in one of the
    networks of `DANDANG_REACHABLE_NETWORKS`; only there may it be plain HTTP.
    """
    target = split(url)
    address = _allowed_address(target)
    connection = _Pinned(target, address, timeout)
    with _watched(connection, timeout) as out_of_time, _coded(out_of_time):
        try:
            connection.request(method, _path(target), body, dict(headers or {}))
            with connection.getresponse() as response:
                answer = _read(response)
            if out_of_time():
                raise TimeoutError
            return answer
        finally:
            connection.close()


def split(url: str) -> SplitResult:
    """Return the parts of an address that can be called. Raises CallFailed (url_invalid)."""
    try:
        parts = urlsplit(url)
        port_is_good = parts.port != 0
    except ValueError:
        raise CallFailed("url_invalid") from None
    is_plain = url.isascii() and url.isprintable() and " " not in url
    has_user = parts.username is not None or parts.password is not None
    good = parts.scheme in _PORTS and parts.hostname and port_is_good
    if not is_plain or has_user or not good:
        raise CallFailed("url_invalid")
    return parts


def is_reachable(text: str) -> bool:
    """Say whether servers at this numeric address may be called."""
    address = _meant(ip_address(text.partition("%")[0]))
    return _is_ours(address) or (address.is_global and not address.is_multicast)


def _allowed_address(target: SplitResult) -> str:
    """Return the address to connect to. Every one the name has must be allowed."""
    assert target.hostname
    try:
        found = socket.getaddrinfo(target.hostname, _port(target), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise CallFailed("name_unknown") from None
    addresses = [str(place[4][0]) for place in found]
    if not addresses or not all(map(is_reachable, addresses)):
        raise CallFailed("address_not_allowed")
    if target.scheme != "https" and not all(_is_ours(_meant(ip_address(a))) for a in addresses):
        raise CallFailed("not_https")
    return addresses[0]


def _meant(address: Ip) -> Ip:
    """Return the IPv4 address that an IPv6 address stands for, else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _is_ours(address: Ip) -> bool:
    return any(address in network for network in settings.REACHABLE_NETWORKS)


def _port(target: SplitResult) -> int:
    return target.port or _PORTS[target.scheme]


def _path(target: SplitResult) -> str:
    return (target.path or "/") + (f"?{target.query}" if target.query else "")


class _Pinned(HTTPConnection):
    """A connection to one address that was checked, whatever its name leads to now."""

    def __init__(self, target: SplitResult, address: str, timeout: float) -> None:
        assert target.hostname
        super().__init__(target.hostname, _port(target), timeout=timeout)
        self._address = address
        self._opened: socket.socket | None = None
        self._is_tls = target.scheme == "https"
        self.default_port = _PORTS[target.scheme]

    def break_off(self) -> None:
        """End what is under way, from another thread: whoever reads finds the end."""
        # `sock` is gone as soon as the head of an answer is read, the connection is not.
        if self._opened is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._opened, socket.SHUT_RDWR)

    @override
    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._is_tls:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
        self._opened = self.sock


@contextmanager
def _watched(connection: _Pinned, seconds: float) -> Iterator[Callable[[], bool]]:
    """End the connection when the time is over, however slowly the server goes on talking."""
    over = Event()

    def end() -> None:
        over.set()
        connection.break_off()

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield over.is_set
    finally:
        timer.cancel()


def _read(response: HTTPResponse) -> Answer:
    body = response.read(ANSWER_LIMIT + 1)
    if len(body) > ANSWER_LIMIT:
        raise CallFailed("answer_too_large")
    if response.length:
        raise ConnectionError  # less came than was announced
    return Answer(response.status, body)


@contextmanager
def _coded(out_of_time: Callable[[], bool]) -> Iterator[None]:
    """Turn errors into codes. Those of the library could name what was sent."""
    try:
        yield
    except (OSError, HTTPException, ValueError) as error:
        raise CallFailed("timeout" if out_of_time() else _code(error)) from None


def _code(error: Exception) -> str:
    for kind, code in _CODES.items():
        if isinstance(error, kind):
            return code
    return "unreachable"


_CODES: Mapping[type[Exception], str] = {
    TimeoutError: "timeout",
    ConnectionRefusedError: "connection_refused",
    ConnectionError: "connection_lost",
    ssl.SSLCertVerificationError: "certificate",
    ssl.SSLError: "tls",
    HTTPException: "no_http",
    OSError: "unreachable",
    ValueError: "header_invalid",
}
"""The more special kinds stand first."""

"""A brake on guessing: tries are counted by source, and for some time no more is taken.

All processes count together. A source is kept as a hash under the server's key for as long as it
counts, so no address stands anywhere. It is the second line, after codes and passwords that cannot
be guessed in time.

Of IPv6 the first 64 bits are the source: every home has that many addresses and may change among
them with each try.
"""

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from dandang.notifications.access import attempts

_ONE_SOURCE = 64
"""How many bits of an IPv6 address name its network."""


@dataclass(frozen=True, slots=True)
class Brake:
    """Counts tries of one kind: after `most` within `window` the source has to wait."""

    kind: str
    most: int = 10
    window: timedelta = timedelta(minutes=1)

    def count(self, request: HttpRequest, by: int = 1) -> None:
        """Count a try against its source, as `by` of them."""
        attempts.count(self.kind, _source(request), window=self.window, by=by)

    def holds(self, request: HttpRequest) -> bool:
        """Say whether this source tried too often."""
        return attempts.tries(self.kind, _source(request)) >= self.most


def _source(request: HttpRequest) -> str:
    """Return the address, or the network, that counts as one source."""
    address = _address(request)
    try:
        known = ip_address(address)
    except ValueError:  # what a proxy wrote instead: it counts as it is
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or ip_network((int(known), _ONE_SOURCE), strict=False))


def _address(request: HttpRequest) -> str:
    address = str(request.META.get("REMOTE_ADDR", ""))
    hops: int = settings.PROXY_HOPS
    if hops:
        # Each trusted proxy adds the address it was called from at the end; earlier ones can lie.
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        address = forwarded[-hops].strip() if len(forwarded) >= hops else address
    return address

"""Where a request comes from: the address, or the network, that counts as one source."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

_ONE_SOURCE = 64
"""How many bits of an IPv6 address name its network: every home has that many addresses."""


def source_of(request: HttpRequest) -> str:
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

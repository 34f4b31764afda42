"""A brake on guessing: tries are counted by source, and for some time no more is taken.

All processes count together. A source is kept as a hash under the server's key for as long as it
counts, so no address stands anywhere. It is the second line, after codes and passwords that cannot
be guessed in time.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest

from dandang.notifications.access import attempts


@dataclass(frozen=True, slots=True)
class Brake:
    """Counts tries of one kind: after `most` within `window` the source has to wait."""

    kind: str
    most: int = 10
    window: timedelta = timedelta(minutes=1)

    def count(self, request: HttpRequest) -> None:
        """Count a try against its source."""
        attempts.count(self.kind, _address(request), window=self.window)

    def holds(self, request: HttpRequest) -> bool:
        """Say whether this source tried too often."""
        return attempts.tries(self.kind, _address(request)) >= self.most


def _address(request: HttpRequest) -> str:
    address = str(request.META.get("REMOTE_ADDR", ""))
    hops: int = settings.PROXY_HOPS
    if hops:
        # Each trusted proxy adds the address it was called from at the end; earlier ones can lie.
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        address = forwarded[-hops].strip() if len(forwarded) >= hops else address
    return address

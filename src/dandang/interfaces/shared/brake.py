"""A brake on guessing: tries are counted by source, and for some time no more is taken.

All processes count together. A source is kept as a hash under the server's key for as long as it
counts, so no address stands anywhere. It is the second line, after codes that cannot be guessed in
time. Passwords of officers have locks of their own (`organization.access.locks`).
"""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest

from dandang.notifications.access import attempts
from dandang.organization.access.sources import source_of


@dataclass(frozen=True, slots=True)
class Brake:
    """Counts tries of one kind: after `most` within `window` the source has to wait."""

    kind: str
    most: int = 10
    window: timedelta = timedelta(minutes=1)

    def count(self, request: HttpRequest, by: int = 1) -> None:
        """Count a try against its source, as `by` of them."""
        attempts.count(self.kind, source_of(request), window=self.window, by=by)

    def holds(self, request: HttpRequest) -> bool:
        """Say whether this source tried too often."""
        return attempts.tries(self.kind, source_of(request)) >= self.most

"""Forgetting what opens nothing any more."""

from datetime import datetime

from dandang.notifications.access import attempts, codes, links


def prune(*, now: datetime) -> int:
    """Forget codes, links and tries that count no more; return how many rows that were."""
    return codes.prune(now=now) + links.prune(now=now) + attempts.forget()

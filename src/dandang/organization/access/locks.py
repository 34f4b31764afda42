"""Waiting after wrong passwords and codes: counted by name and source, by name, and by source.

The wait grows with every further failure up to a limit and then ends, so that no stranger can lock
anybody out for good. Names and sources are kept as digests that only this server can make, and for
a day. Nothing of a form is kept.
"""

import base64
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.db.models import Max, Q, Sum
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from typing_extensions import override

from dandang.organization.access.kinds import Happened
from dandang.organization.access.sealing import fingerprint
from dandang.organization.access.sources import source_of
from dandang.organization.models import Account, SignInEvent

REMEMBERED = timedelta(hours=24)
"""How long a failure counts."""

_FIRST_WAIT = timedelta(minutes=1)
_DOUBLINGS = 12


@dataclass(frozen=True, slots=True)
class Limit:
    """After `free` failures one has to wait: a minute first, then twice as long, up to `most`."""

    free: int
    most: timedelta

    def wait(self, failures: int) -> timedelta:
        """Return how long to wait after the last of so many failures."""
        if failures < self.free:
            return timedelta(0)
        doublings = min(failures - self.free, _DOUBLINGS)
        return min(_FIRST_WAIT * (1 << doublings), self.most)


BOTH = Limit(5, timedelta(hours=1))
"""One source that tries one name."""

NAME = Limit(20, timedelta(minutes=15))
"""Many sources that try one name: whose name it is may be among them, so the wait stays short."""

SOURCE = Limit(50, timedelta(minutes=15))
"""One source that tries many names: an office behind one address is one, too."""


def name_digest(_request: object, credentials: Mapping[str, str] | None = None) -> str:
    """Return what stands for the name somebody gave; also for one that no account has."""
    return named(str((credentials or {}).get("username") or ""))


def named(username: str) -> str:
    """Return what stands for this name."""
    # Accounts are found by capital letters: what looks the same to the database counts as one name.
    name = Account.normalize_username(username).upper().casefold()
    return base64.b32encode(fingerprint("sign-in-name", name)).decode("ascii").rstrip("=")


def source_digest(request: HttpRequest) -> str:
    """Return what stands for the source of a request, written as `axes` keeps addresses."""
    digest = fingerprint("sign-in-source", source_of(request))
    # A private address (fd00::/8), so that nobody takes it for anybody's.
    return str(IPv6Address(b"\xfd" + digest[1:]))


def nobody(*_: object) -> str:
    """Return what `axes` may say of whoever tried in the log: nothing."""
    return "somebody"


class Locks(AxesDatabaseHandler):  # type: ignore[misc]  # axes carries no types
    """Counts failures in the database of all processes."""

    @override
    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        return self.locked_until(request, credentials) is not None

    def locked_until(
        self, request: HttpRequest, credentials: Mapping[str, Any] | None
    ) -> datetime | None:
        """Return when the next try is taken, or None where it is now.

        What strangers try elsewhere keeps nobody out of where they signed in before.
        """
        now = timezone.now()
        source, name = source_digest(request), name_digest(request, credentials)
        asked = ((BOTH, Q(username=name, ip_address=source)), (SOURCE, Q(ip_address=source)))
        ends = [end for limit, which in asked if (end := _end(limit, which, now)) is not None]
        end = _end(NAME, Q(username=name), now)
        if end is not None and not _signed_in_before(request, credentials):
            ends.append(end)
        return max(ends, default=None)

    @override
    def user_login_failed(
        self,
        sender: object,
        credentials: dict[str, Any],
        request: HttpRequest | None = None,
        **more: object,
    ) -> None:
        """Count a failure, without anything that stood in the form or in the browser's name."""
        if request is None:
            return
        bare = copy(request)
        bare.GET, bare.POST = QueryDict(), QueryDict()
        for name in ("user_agent", "http_accept", "path_info"):
            setattr(bare, f"axes_{name}", "")
        super().user_login_failed(sender, credentials, bare, **more)

    @override
    def reset_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        """Forget failures of this name from this source alone: others go on counting."""
        which = {
            "username": name_digest(request, credentials),
            "ip_address": source_digest(request),
        }
        return int(AccessAttempt.objects.filter(**which).delete()[0])


def _signed_in_before(request: HttpRequest, credentials: Mapping[str, Any] | None) -> bool:
    name = Account.normalize_username(str((credentials or {}).get("username") or ""))
    return SignInEvent.objects.filter(
        account__username__iexact=name,
        kind=Happened.SIGNED_IN.value,
        source=fingerprint("sign-in-source", source_of(request)),
    ).exists()


def _end(limit: Limit, which: Q, now: datetime) -> datetime | None:
    since = AccessAttempt.objects.filter(which, attempt_time__gt=now - REMEMBERED)
    found = since.aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    if not found["failures"]:
        return None
    end: datetime = found["last"] + limit.wait(found["failures"])
    return end if end > now else None


def locked_names(usernames: list[str], now: datetime) -> set[str]:
    """Return those of the names that have to wait at present, wherever they come from."""
    digests = {named(one): one for one in usernames}
    rows = (
        AccessAttempt.objects.filter(username__in=digests, attempt_time__gt=now - REMEMBERED)
        .values("username")
        .annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    )
    return {
        digests[row["username"]] for row in rows if row["last"] + BOTH.wait(row["failures"]) > now
    }


def forget(now: datetime) -> int:
    """Forget failures that count no more; return how many rows that were."""
    return int(AccessAttempt.objects.filter(attempt_time__lte=now - REMEMBERED).delete()[0])
